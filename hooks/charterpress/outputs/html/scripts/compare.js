// Shows what differs between any two versions, out of their own pages and data: the parts of both are paired by their anchors, their
// paragraphs and items by their words, and the words by jsdiff. Every word goes into the page as text, never as HTML.
(() => {
  const { format, gettext, language, ngettext, number: figure, pgettext, pieces } = globalThis.interface;
  const form = document.querySelector("[data-pair]");
  const said = document.querySelector("[data-pair-said]");
  const shown = document.querySelector("[data-pair-shown]");
  const known = JSON.parse(document.querySelector("[data-pair-known]").textContent);
  const place = new Map(known.versions.map(([version], at) => [version, at]));
  const here = new URL("./", location.href.split(/[?#]/)[0]);
  // On a page in a further language, the texts compared are those in the language that the charter is written in.
  const texts = new URL(known.texts ?? "../", here);
  const BLOCKS = "p, li, dt, dd, h1, h2, h3, h4, h5, h6, pre, blockquote, ul, ol, dl, div, section, header";
  const MARKS = { EM: "em", STRONG: "strong", CODE: "code", A: "a" };
  const ONCE = { Title: gettext("Title"), Summary: gettext("Summary"), Licence: gettext("Licence") }; // a part has one of each
  const CLASSES = { commitment: gettext("commitment"), guidance: gettext("guidance"), editorial: gettext("editorial") };
  const NEAR = 0.3; // how alike two paragraphs are, from 0 to 1, if one is the other reworded
  const FAR = 0.6; // the same where it was put in another place
  const WORDS = {
    insert: ["ins", "", gettext("inserted:"), gettext("end of insertion")],
    delete: ["del", "", gettext("deleted:"), gettext("end of deletion")],
    new: ["ins", "moved", gettext("moved here:"), gettext("end of moved text")],
    old: ["del", "moved", gettext("moved away from here:"), gettext("end of moved text")],
  };

  const element = (tag, values = {}, ...children) => {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(values)) if (value) made.setAttribute(name, value);
    made.append(...children);
    return made;
  };
  const link = (words, address) => element("a", { href: address }, words);
  const tell = (...words) => said.replaceChildren(...(words.length ? [element("p", {}, ...words)] : []));

  // --- One version's page → its parts, each with its paragraphs and items ----------------------------------------

  // The words of an element, each with the space after it and what it is marked up as; links to anchors and the letters
  // of items are no words of it.
  const WORD = /([\p{L}\p{N}\p{M}](?:[\p{L}\p{N}\p{M}'’.,:/%-]*[\p{L}\p{N}\p{M}%])?|\S)?(\s*)/gu;
  // What has no space between its words is divided by the browser's dictionaries.
  const UNSPACED = /[\p{scx=Thai}\p{scx=Lao}\p{scx=Mymr}\p{scx=Khmr}\p{scx=Han}\p{scx=Hira}\p{scx=Kana}]/u;
  const segmenter = Intl.Segmenter && new Intl.Segmenter(language, { granularity: "word" });
  const divided = (text) => (segmenter && UNSPACED.test(text) ? [...segmenter.segment(text)].map(({ segment }) => segment) : [text]);
  const found = (node, marks) => {
    if (node.nodeType === Node.TEXT_NODE)
      return [...node.data.matchAll(WORD)].filter(([all]) => all).flatMap(([, text = "", space]) => {
        const words = divided(text);
        return words.map((word, at) => ({ text: word, space: at === words.length - 1 && space ? " " : "", marks }));
      });
    if (node.nodeType !== Node.ELEMENT_NODE || node.matches(".permalink, .letter, .visually-hidden")) return [];
    if (node.tagName === "BR") return [{ text: "", space: " ", marks }];
    const name = MARKS[node.tagName];
    const inner = name ? [...marks, name === "a" ? `a ${node.getAttribute("href") ?? ""}` : name] : marks;
    return [...node.childNodes].flatMap((child) => found(child, inner));
  };
  const tokens = (node) => {
    const words = [];
    for (const token of found(node, [])) {
      if (token.text) words.push(token);
      else if (words.length) words.at(-1).space = " ";
    }
    return words;
  };
  const key = (token) => JSON.stringify([token.text, token.marks]);
  const plain = (words) => words.map((token) => token.text + token.space).join("").trim();

  const block = (words, field, tag, letter = "") =>
    ({ field, letter, tag, words, key: words.map(key).join(" "), text: plain(words) });

  // The blocks of words in a part, in their order; those of parts within it, and its own heading, are not among them.
  const blocks = (part, field = "") => {
    const found = [];
    for (const node of part.children) {
      if (node.matches(".permalink, .principle, .more, .successor, .theme__heading, .preamble > h2, .principle > h3")) continue;
      if (/^H[1-6]$/.test(node.tagName)) {
        field = plain(tokens(node));
        continue;
      }
      if (node.matches(".lead")) {
        found.push(block(tokens(node), "Summary", "P"));
        continue;
      }
      const letter = node.querySelector(":scope > .letter")?.textContent ?? "";
      if (node.querySelector(BLOCKS)) found.push(...blocks(node, field).map((each) => ({ ...each, letter: each.letter || letter })));
      else {
        const words = tokens(node);
        if (plain(words)) found.push(block(words, field, node.tagName, letter));
      }
    }
    return found;
  };

  // What a version's data says and its page does not: lines of plain words.
  const lines = (texts, field, tag) =>
    texts.filter(Boolean).map((text) => block(tokens(document.createTextNode(text)), field, tag));
  const unseen = (data) => {
    const found = new Map();
    for (const theme of data.themes) {
      found.set(theme.id, lines([theme.summary], "Summary", "P"));
      for (const each of theme.principles) found.set(each.id, lines(each.sources, gettext("Where it comes from"), "LI"));
    }
    return found;
  };
  const charter = (data) => ({
    id: "charter", title: data.charter, theme: "", blocks: [
      ...lines([data.charter], "Title", "H"), ...lines([data.summary], "Summary", "P"), ...lines([data.licence], "Licence", "P"),
      ...lines(data.questions, gettext("Questions"), "LI"), ...lines(data.signatory_kinds, gettext("Kinds of signatory"), "LI"),
      ...lines(data.sections.map(({ heading, binding }) => format(binding ? gettext("{heading} (binds)") : gettext("{heading} (does not bind)"), { heading })), gettext("Sections"), "LI"),
    ],
  });

  const parts = (page, data) => {
    const found = new Map([["charter", charter(data)]]), more = unseen(data);
    for (const part of page.querySelectorAll("main .preamble, main .theme, main .principle")) {
      const heading = part.querySelector("h2, h3");
      found.set(part.id, {
        id: part.id, title: plain(tokens(heading)), theme: part.matches(".principle") ? part.closest(".theme").id : "",
        blocks: [block(name(heading), "Title", "H"), ...blocks(part), ...(more.get(part.id) ?? [])],
      });
    }
    return found;
  };
  // A title without its number: a number alone is no change of words.
  const name = (heading) => {
    const copy = heading.cloneNode(true);
    for (const part of copy.querySelectorAll(".number, .permalink")) part.remove();
    return tokens(copy);
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

  const alike = (was, is) => {
    if (was.field !== is.field || was.tag !== is.tag) return 0;
    return Object.hasOwn(ONCE, was.field) ? 1 : likeness(was, is);
  };

  const pair = (old, now) => {
    const rows = [];
    let gone = [], come = [];
    const settle = () => {
      const paired = new Map(), taken = new Set();
      const found = gone.flatMap((was) => come.map((is) => [alike(was, is), was, is]));
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
      const free = rows.filter((each) => each.op === "insert" && each.is.field === row.was.field);
      const twin = free.find((each) => each.is.key === row.was.key) ?? free.find((each) => likeness(each.is, row.was) >= FAR);
      if (!twin) continue;
      const same = twin.is.key === row.was.key;
      Object.assign(twin, { op: same ? "new" : "change", was: row.was, moved: true });
      row.op = "old";
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
    words.forEach(({ text, space, marks }, at) => {
      const last = made.at(-1), whole = text + (at < words.length - 1 ? space : "");
      if (last && last.marks.join(" ") === marks.join(" ")) last.text += whole;
      else made.push({ text: whole, marks });
    });
    return made.map(({ text, marks }) => marks.reduceRight((inner, mark) => {
      if (!mark.startsWith("a ")) return element(mark, {}, inner);
      const href = mark.slice(2);
      return element("a", { href: target(href, version), class: relinked ? "address" : "", "data-address": relinked ? href : "" }, inner);
    }, document.createTextNode(text)));
  };
  const wrapped = (op, ...content) => {
    const [tag, kind, start, end] = WORDS[op];
    const hidden = (words) => element("span", { class: "visually-hidden" }, words);
    return element(tag, { class: kind }, hidden(`${start} `), ...content, hidden(` ${end}`));
  };
  const redline = (row, from, to) => {
    if (row.op === "same") return marked(row.is.words, to);
    if (row.op !== "change") return [wrapped(row.op, ...marked((row.is ?? row.was).words, row.is ? to : from))];
    return hunks(row.was.words, row.is.words).flatMap(({ same, old, now }) => {
      const after = (now.at(-1) ?? old.at(-1)).space;
      if (same) return [...marked(now, to), after];
      const relinked = plain(old) === plain(now);
      return [
        ...(old.length ? [wrapped("delete", ...marked(old, from, relinked))] : []),
        ...(now.length ? [wrapped("insert", ...marked(now, to, relinked))] : []),
        after,
      ];
    });
  };

  // Two rows of words as stretches that stayed and that changed; one short word between two changes is a part of them.
  const hunks = (was, is) => {
    const made = [];
    for (const piece of Diff.diffArrays(was, is, { comparator: (a, b) => key(a) === key(b) })) {
      const same = !piece.added && !piece.removed;
      if (!made.length || made.at(-1).same !== same) made.push({ same, old: [], now: [] });
      if (!piece.added) made.at(-1).old.push(...piece.value);
      if (!piece.removed) made.at(-1).now.push(...piece.value);
    }
    for (let at = made.length - 2; at > 0; at -= 1) {
      if (!made[at].same || made[at].now.length > 1 || plain(made[at].now).length > 3) continue;
      const three = made.slice(at - 1, at + 2);
      made.splice(at - 1, 3, { same: false, old: three.flatMap((each) => each.old), now: three.flatMap((each) => each.now) });
    }
    return made;
  };

  // Translators: each of these is what a sentence is about, as in “{what} was put in”.
  const named = ({ field, letter, tag }) => {
    if (field === "Title") return pgettext("what was changed", "the title");
    if (field === "Summary") return pgettext("what was changed", "the summary");
    if (field === "Licence") return pgettext("what was changed", "the licence");
    if (letter) return field ? pgettext("what was changed", "item {letter} of “{field}”") : pgettext("what was changed", "item {letter}");
    if (tag === "LI" || tag === "DD") return field ? pgettext("what was changed", "an item of “{field}”") : pgettext("what was changed", "an item");
    return field ? pgettext("what was changed", "a paragraph of “{field}”") : pgettext("what was changed", "a paragraph");
  };
  const sentence = (row, title) => {
    const block = row.is ?? row.was;
    const what = format(named(block), block);
    const does = {
      insert: gettext("{title}: {what} was put in."),
      delete: gettext("{title}: {what} was taken out."),
      change: row.moved ? gettext("{title}: {what} was changed and put in another place.") : gettext("{title}: {what} was changed."),
      new: gettext("{title}: {what} was put in another place."),
    };
    return format(does[row.op], { title, what });
  };

  // Blocks as they stand, under the names of their sections.
  const listed = (all, version) => all.flatMap((each, at) => [
    ...(each.field && each.field !== all[at - 1]?.field ? [element("p", { class: "field" }, ONCE[each.field] ?? each.field)] : []),
    element("p", {}, each.letter ? `${each.letter} ` : "", ...marked(each.words, version)),
  ]);
  const edit = (title, words, ...content) => ({ said: words, content, title });
  const happened = (was, is, from, to) => {
    const title = (is ?? was).title;
    if (!was || !is) {
      const op = is ? "insert" : "delete";
      const whole = wrapped(op, ...listed((is ?? was).blocks.slice(1), is ? to : from));
      whole.classList.add("whole");
      whole.prepend(element("span", { class: "whole__name", "aria-hidden": "true" }, is ? gettext("All of this is new") : gettext("All of this was removed")));
      return [edit(title, format(is ? gettext("{title} was added.") : gettext("{title} is no longer there."), { title }), whole)];
    }
    const found = [];
    if (was.id !== is.id) found.push(edit(title, format(gettext("{title} was renamed: its address was “{old}” and is “{now}”."), { title, old: was.id, now: is.id })));
    if (was.theme !== is.theme) found.push(edit(title, format(gettext("{title} was moved from the theme “{old}” to “{now}”."), { title, old: was.themeTitle, now: is.themeTitle })));
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
        const fields = [...new Set(each.fold.map(({ field }) => ONCE[field] ?? (field || pgettext("words without a heading", "Text"))))];
        section.append(element("details", { class: "fold fold--same" },
          element("summary", {}, element("span", { class: "fold__name" }, gettext("Not changed:")), " ", fields.join(pgettext("between clauses", "; "))),
          element("div", { class: "unchanged-text" }, ...listed(each.fold, to))));
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
    const sections = [], entries = [], same = [];
    for (const id of ids) {
      const found = happened(became.get(id), now.get(id), from, to);
      if (!found.length) { if (id !== "charter") same.push(now.get(id).title); continue; }
      sections.push(group(id, found, to, () => (count += 1)));
      entries.push(...found.filter((each) => each.anchor).map((each) => element("li", {}, link(each.said, `#${each.anchor}`))));
    }
    const between = known.versions.slice(place.get(from) + 1, place.get(to) + 1);
    shown.replaceChildren(
      element("p", { class: "legend" }, ...pieces(gettext("Added words are {added}, removed words are {removed}. The pages of the versions in between give the reasons: {versions}."), {
        added: element("ins", {}, gettext("underlined")), removed: element("del", {}, gettext("struck through")),
        versions: between.flatMap(([version, , class_], at) => [at ? ", " : "", link(version, `../${version}/changes/`), ` (${CLASSES[class_] ?? class_})`]),
      }).flat()),
    );
    if (!count) shown.prepend(element("p", {}, gettext("The words of the two versions are the same.")));
    else {
      const list = element("section", { class: "summary" }, element("h2", { tabindex: "-1" }, format(ngettext("{count} change from {from} to {to}", "{count} changes from {from} to {to}", count), { count: figure(count), from, to })), element("ul", {}, ...entries));
      shown.prepend(list);
      const changes = document.querySelector("[data-changes]");
      changes.querySelector(".groups").replaceChildren(...sections);
      if (same.length) changes.querySelector(".groups").append(element("p", { class: "unchanged" }, element("strong", {}, gettext("Not changed:")), " ", same.join(pgettext("between clauses", "; ")), "."));
      for (const words of known.language ? changes.querySelectorAll(".redline, .unchanged-text") : []) Object.assign(words, { lang: known.language, dir: known.direction });
      changes.hidden = false;
      changes.dispatchEvent(new Event("changes"));
    }
    shown.hidden = false;
    document.title = [format(gettext("What changed from {from} to {to}"), { from, to }), document.title].join(" – ");
    tell(count ? format(ngettext("{count} change from version {from} to version {to}, listed below.", "{count} changes from version {from} to version {to}, listed below.", count), { count: figure(count), from, to })
      : format(gettext("Version {from} and version {to} say the same."), { from, to }));
  };

  // --- The pair that the address names ---------------------------------------------------------------------------

  const read = async (version) => {
    const answers = await Promise.all(["", "charter.json"].map((file) => fetch(new URL(`${version}/${file}`, texts))));
    for (const answer of answers) if (!answer.ok) throw new Error(`${answer.status} ${answer.statusText}`.trim());
    const [page, data] = await Promise.all([answers[0].text(), answers[1].json()]);
    const found = parts(new DOMParser().parseFromString(page, "text/html"), data);
    if (found.size < 2) throw new Error(gettext("the page has no text of a version"));
    for (const part of found.values()) part.themeTitle = found.get(part.theme)?.title ?? "";
    return found;
  };

  const start = async () => {
    const asked = new URLSearchParams(location.search);
    if (!asked.has("from") && !asked.has("to")) return;
    let from = asked.get("from") ?? "", to = asked.get("to") ?? "";
    const strange = [from, to].filter((version) => !place.has(version));
    if (strange.length) return tell(format(gettext("There is no version “{version}”. Choose two from the lists."), { version: strange[0] }));
    form.elements.from.value = from;
    form.elements.to.value = to;
    if (from === to) return tell(gettext("You chose the same version twice. Choose two different ones."));
    if (place.get(from) > place.get(to)) [from, to] = [to, from];
    if (to === known.current) return location.replace(new URL(`${from}..${to}/`, here));
    if (place.get(to) - place.get(from) === 1) return location.replace(new URL(`../${to}/changes/`, here));
    tell(format(gettext("Comparing version {from} with version {to} …"), { from, to }));
    try {
      const [old, now] = await Promise.all([read(from), read(to)]);
      show(from, to, old, now);
    } catch (error) {
      const [one, other] = [from, to].map((version) => link(format(gettext("version {version}"), { version }), `../${version}/`));
      tell(...pieces(gettext("Sorry, the two versions couldn’t be compared ({error}). You can read them side by side yourself: {one} and {other}."), { error: error.message, one, other }));
    }
  };
  start();
})();
