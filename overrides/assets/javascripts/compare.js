// Shows what differs between any two versions, out of their own pages: the parts of both are paired by their anchors, their
// paragraphs and items by their words, and the words by jsdiff. Every word goes into the page as text, never as HTML.
(() => {
  const form = document.querySelector("[data-pair]");
  const said = document.querySelector("[data-pair-said]");
  const shown = document.querySelector("[data-pair-shown]");
  const known = JSON.parse(document.querySelector("[data-pair-known]").textContent);
  const place = new Map(known.versions.map(([version], at) => [version, at]));
  const here = new URL("./", location.href.split(/[?#]/)[0]);
  const BLOCKS = "p, li, dt, dd, h1, h2, h3, h4, h5, h6, pre, blockquote, ul, ol, dl, div, section, header";
  const MARKS = { EM: "em", STRONG: "strong", CODE: "code", A: "a" };
  const NEAR = 0.3; // how alike two paragraphs are, from 0 to 1, if one is the other reworded
  const WORDS = {
    insert: ["ins", "", "inserted: ", " end of insertion"],
    delete: ["del", "", "deleted: ", " end of deletion"],
    new: ["ins", "moved", "moved here: ", " end of moved text"],
    old: ["del", "moved", "moved away from here: ", " end of moved text"],
  };

  const element = (tag, values = {}, ...children) => {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(values)) if (value) made.setAttribute(name, value);
    made.append(...children);
    return made;
  };
  const link = (words, address) => element("a", { href: address }, words);
  const tell = (...words) => said.replaceChildren(...(words.length ? [element("p", {}, ...words)] : []));
  const plural = (count, word) => `${count} ${word}${count === 1 ? "" : "s"}`;

  // --- One version's page → its parts, each with its paragraphs and items ----------------------------------------

  // The words of an element with what each is marked up as; links to anchors and letters of items are no words of it.
  const tokens = (node, marks = []) => {
    if (node.nodeType === Node.TEXT_NODE)
      return (node.data.match(/[\p{L}\p{N}\p{M}][\p{L}\p{N}\p{M}'’.,:/%-]*[\p{L}\p{N}\p{M}%]|[\p{L}\p{N}\p{M}]|\s+|[^\s]/gu) ?? [])
        .map((text) => ({ text: /^\s+$/.test(text) ? " " : text, marks }));
    if (node.nodeType !== Node.ELEMENT_NODE || node.matches(".here, .letter, .vh")) return [];
    if (node.tagName === "BR") return [{ text: " ", marks }];
    const name = MARKS[node.tagName];
    const inner = name ? [...marks, name === "a" ? `a ${node.getAttribute("href") ?? ""}` : name] : marks;
    return [...node.childNodes].flatMap((child) => tokens(child, inner));
  };
  const key = (token) => JSON.stringify([token.text, token.marks]);
  const plain = (words) => words.map((token) => token.text).join("").replace(/\s+/g, " ").trim();

  // The blocks of words in a part, in their order; those of parts within it are not its own.
  const blocks = (part, field = "") => {
    const found = [];
    for (const node of part.children) {
      if (node.matches(".here, .principle, .more, section.theme")) continue;
      if (/^H[1-6]$/.test(node.tagName)) {
        field = plain(tokens(node));
        continue;
      }
      const letter = node.querySelector(":scope > .letter")?.textContent ?? "";
      if (node.querySelector(BLOCKS)) found.push(...blocks(node, field).map((each) => ({ ...each, letter: each.letter || letter })));
      else {
        const words = tokens(node);
        if (plain(words)) found.push({ field, letter, tag: node.tagName, words, key: words.map(key).join(" "), text: plain(words) });
      }
    }
    return found;
  };

  const parts = (page) => {
    const found = new Map();
    for (const part of page.querySelectorAll("main .preamble, main .theme, main .principle")) {
      const heading = part.querySelector("h2, h3");
      found.set(part.id, {
        id: part.id, title: plain(tokens(heading)), theme: part.matches(".principle") ? part.closest(".theme").id : "",
        blocks: [{ field: "Title", letter: "", tag: "H", words: tokens(heading.cloneNode(true)), text: name(heading), key: name(heading) }, ...blocks(part)],
      });
    }
    return found;
  };
  // A title without its number: a number alone is no change of words.
  const name = (heading) => {
    const copy = heading.cloneNode(true);
    for (const part of copy.querySelectorAll(".number, .here")) part.remove();
    return plain(tokens(copy));
  };

  // --- Two lists of blocks → which became which ------------------------------------------------------------------

  const likeness = (one, other) => {
    const words = (block) => block.words.map((token) => token.text.toLowerCase()).filter((text) => /[\p{L}\p{N}]/u.test(text));
    const left = words(one), right = words(other), counts = new Map();
    for (const word of left) counts.set(word, (counts.get(word) ?? 0) + 1);
    let both = 0;
    for (const word of right) if (counts.get(word)) { both += 1; counts.set(word, counts.get(word) - 1); }
    return left.length + right.length ? (2 * both) / (left.length + right.length) : 0;
  };

  const pair = (old, now) => {
    const rows = [];
    let gone = [], come = [];
    const settle = () => {
      const paired = new Map(), taken = new Set();
      const found = gone.flatMap((was) => come.map((is) => [was.field === is.field && was.tag === is.tag ? likeness(was, is) : 0, was, is]));
      for (const [score, was, is] of found.sort((a, b) => b[0] - a[0]))
        if (score >= NEAR && !paired.has(is) && !taken.has(was)) { paired.set(is, was); taken.add(was); }
      rows.push(...gone.filter((was) => !taken.has(was)).map((was) => ({ op: "delete", was })));
      rows.push(...come.map((is) => (paired.has(is) ? { op: "change", was: paired.get(is), is } : { op: "insert", is })));
      gone = [];
      come = [];
    };
    for (const piece of Diff.diffArrays(old, now, { comparator: (a, b) => a.key === b.key && a.field === b.field })) {
      if (piece.removed) gone.push(...piece.value);
      else if (piece.added) come.push(...piece.value);
      else { settle(); rows.push(...piece.value.map((is) => ({ op: "same", is }))); }
    }
    settle();
    for (const row of rows.filter((each) => each.op === "delete")) {
      const twin = rows.find((each) => each.op === "insert" && each.is.key === row.was.key);
      if (twin) { row.op = "old"; twin.op = "new"; }
    }
    return rows;
  };

  // --- What became of a block → what is shown --------------------------------------------------------------------

  const target = (href, version) => {
    if (href.startsWith("#")) return `../${version}/${href}`;
    return /^(https?:\/\/|mailto:)/i.test(href) ? href : "";
  };
  const marked = (words, version, relinked) => {
    const made = [];
    for (const { text, marks } of words) {
      const last = made.at(-1);
      if (last && last.marks.join(" ") === marks.join(" ")) last.text += text;
      else made.push({ text, marks });
    }
    return made.map(({ text, marks }) => marks.reduceRight((inner, mark) => {
      if (!mark.startsWith("a ")) return element(mark, {}, inner);
      const href = mark.slice(2);
      return element("a", { href: target(href, version), class: relinked ? "address" : "", "data-address": relinked ? href : "" }, inner);
    }, document.createTextNode(text)));
  };
  const wrapped = (op, ...content) => {
    const [tag, kind, start, end] = WORDS[op];
    const hidden = (words) => element("span", { class: "vh" }, words);
    return element(tag, { class: kind }, hidden(start), ...content, hidden(end));
  };
  const redline = (row, from, to) => {
    if (row.op === "same") return marked(row.is.words, to);
    if (row.op !== "change") return [wrapped(row.op, ...marked((row.is ?? row.was).words, row.is ? to : from))];
    const pieces = Diff.diffArrays(row.was.words, row.is.words, { comparator: (a, b) => key(a) === key(b) });
    const texts = (piece) => piece?.value.map((token) => token.text).join("");
    return pieces.flatMap((piece, at) => {
      if (!piece.added && !piece.removed) return marked(piece.value, to);
      const other = [pieces[at - 1], pieces[at + 1]].find((each) => each && (each.added || each.removed));
      return [wrapped(piece.added ? "insert" : "delete", ...marked(piece.value, piece.added ? to : from, texts(other) === texts(piece)))];
    });
  };

  const sentence = (row, title) => {
    const block = row.is ?? row.was;
    const what = block.letter ? `${block.field}, ${block.letter}` : block.field || "the text";
    const does = { insert: "was put in", delete: "was taken out", change: "was changed", new: "was put in another place" }[row.op];
    return `${title}: ${block.field === "Title" ? "the title" : `“${what}”`} ${does}.`;
  };

  const edit = (title, words, ...content) => ({ said: words, content, title });
  const happened = (was, is, from, to) => {
    const title = (is ?? was).title;
    if (!was || !is) {
      const op = is ? "insert" : "delete";
      const all = (is ?? was).blocks.slice(1).map((block) => element("p", {}, ...marked(block.words, is ? to : from)));
      const whole = wrapped(op, ...all);
      whole.classList.add("whole");
      return [edit(title, `${title} ${is ? "was added" : "is no longer there"}.`, whole)];
    }
    const found = [];
    if (was.id !== is.id) found.push(edit(title, `${title} was renamed: its address was “${was.id}” and is “${is.id}”.`));
    if (was.theme !== is.theme) found.push(edit(title, `${title} was moved from the theme “${was.themeTitle}” to “${is.themeTitle}”.`));
    let same = [];
    const fold = () => {
      if (same.length) found.push({ fold: same });
      same = [];
    };
    for (const row of pair(was.blocks, is.blocks)) {
      if (row.op === "same") { if (row.is.tag !== "H") same.push(row.is); continue; }
      fold();
      if (row.op === "old") continue;
      found.push(edit(title, sentence(row, title), element("div", { class: "redline" }, element("p", {}, ...redline(row, from, to)))));
    }
    fold();
    return found.some((each) => !each.fold) ? found : [];
  };

  const group = (id, found, to, number) => {
    const section = element("section", { class: "change", id }, element("h2", {}, found.find((each) => each.title).title));
    for (const each of found) {
      if (each.fold) {
        const fields = [...new Set(each.fold.map((block) => block.field || "Text"))];
        section.append(element("details", { class: "fold fold--same" },
          element("summary", {}, element("span", { class: "fold__name" }, "Not changed:"), ` ${fields.join("; ")}`),
          element("div", { class: "same" }, ...each.fold.map((block) => element("p", {}, block.letter ? `${block.letter} ` : "", ...marked(block.words, to))))));
        continue;
      }
      const anchor = `change.${number()}`;
      each.anchor = anchor;
      section.append(element("article", { class: "edit", tabindex: "-1", "aria-labelledby": anchor },
        element("h3", { id: anchor }, each.said), ...each.content));
    }
    return section;
  };

  const show = (from, to, old, now) => {
    const renamed = (id) => {
      const seen = new Set();
      while (!now.has(id) && known.renamed[id] && !seen.has(id)) { seen.add(id); id = known.renamed[id]; }
      return id;
    };
    const became = new Map([...old.values()].map((part) => [renamed(part.id), part]));
    const ids = [...now.keys()];
    let last = -1;
    for (const [id] of became) {
      if (ids.includes(id)) last = ids.indexOf(id);
      else ids.splice(last += 1, 0, id);
    }
    let count = 0;
    const sections = [], lines = [], same = [];
    for (const id of ids) {
      const found = happened(became.get(id), now.get(id), from, to);
      if (!found.length) { same.push(now.get(id).title); continue; }
      sections.push(group(id, found, to, () => (count += 1)));
      lines.push(...found.filter((each) => each.anchor).map((each) => element("li", {}, link(each.said, `#${each.anchor}`))));
    }
    const between = known.versions.slice(place.get(from) + 1, place.get(to) + 1);
    shown.replaceChildren(
      element("p", { class: "key" }, "Words that were put in are ", element("ins", {}, "underlined"), ", words that were taken out are ",
        element("del", {}, "struck through"), ". The reasons stand on the pages of the versions between: ",
        ...between.flatMap(([version, , class_], at) => [at ? ", " : "", link(version, `../${version}/changes/`), ` (${class_})`]), "."),
    );
    if (!count) shown.prepend(element("p", {}, "The words of the two versions are the same."));
    else {
      const list = element("section", { class: "summary" }, element("h2", { tabindex: "-1" }, `${plural(count, "change")} from ${from} to ${to}`), element("ol", {}, ...lines));
      shown.prepend(list);
      const changes = document.querySelector("[data-changes]");
      changes.querySelector(".groups").replaceChildren(...sections);
      if (same.length) changes.querySelector(".groups").append(element("p", { class: "unchanged" }, element("strong", {}, "Not changed: "), `${same.join("; ")}.`));
      changes.hidden = false;
      changes.dispatchEvent(new Event("changes"));
    }
    shown.hidden = false;
    document.title = `What changed from ${from} to ${to} – ${document.title}`;
    tell(count ? `${plural(count, "change")} from version ${from} to version ${to}, listed below.` : `Version ${from} and version ${to} say the same.`);
  };

  // --- The pair that the address names ---------------------------------------------------------------------------

  const read = async (version) => {
    const answer = await fetch(new URL(`../${version}/`, here));
    if (!answer.ok) throw new Error(`${answer.status} ${answer.statusText}`);
    const found = parts(new DOMParser().parseFromString(await answer.text(), "text/html"));
    if (!found.size) throw new Error("the page has no text of a version");
    for (const part of found.values()) part.themeTitle = found.get(part.theme)?.title ?? "";
    return found;
  };

  const start = async () => {
    const asked = new URLSearchParams(location.search);
    if (!asked.has("from") && !asked.has("to")) return;
    let from = asked.get("from") ?? "", to = asked.get("to") ?? "";
    const strange = [from, to].filter((version) => !place.has(version));
    if (strange.length) return tell(`There is no version “${strange[0]}”. Choose two from the lists.`);
    form.elements.from.value = from;
    form.elements.to.value = to;
    if (from === to) return tell("You chose the same version twice. Choose two that differ.");
    if (place.get(from) > place.get(to)) [from, to] = [to, from];
    if (to === known.current) return location.replace(new URL(`${from}..${to}/`, here));
    if (place.get(to) - place.get(from) === 1) return location.replace(new URL(`../${to}/changes/`, here));
    tell(`Comparing version ${from} with version ${to} …`);
    try {
      const [old, now] = await Promise.all([read(from), read(to)]);
      show(from, to, old, now);
    } catch (error) {
      tell(`The two versions could not be compared (${error.message}). You can read them side by side yourself: `,
        link(`version ${from}`, `../${from}/`), " and ", link(`version ${to}`, `../${to}/`), ".");
    }
  };
  start();
})();
