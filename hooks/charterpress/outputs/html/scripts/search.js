// Searches the site in the reader's browser: nothing that is typed leaves it. The index and MiniSearch, which searches it,
// are fetched when the field is first used. Every word of a result goes into the page as text, never as HTML.
(() => {
  const search = document.querySelector("[data-search]");
  const form = search.querySelector("form"), field = form.elements.query;
  const panel = search.querySelector(".search__panel"), said = search.querySelector("[role=status]");
  const list = search.querySelector("[data-search-results]");
  const MOST = 50; // pages that are listed
  const AROUND = 160; // letters of a text that are shown about what was found

  // --- Words -----------------------------------------------------------------------------------------------------

  const WORD = /[\p{L}\p{M}\p{N}]+(?:['’][\p{L}\p{M}\p{N}]+)*/gu;
  const words = (text) => text.match(WORD) ?? [];
  const folding = { letters: {}, alone: /(?!)/gu }; // comes with the index
  const letter = (one) => folding.letters[one];
  const fold = (word) => word.normalize("NFKC").toLowerCase().replace(folding.alone, letter)
    .normalize("NFKD").replace(/\p{M}+/gu, "").replace(folding.alone, letter);

  // --- The index -------------------------------------------------------------------------------------------------

  let ready;
  const load = () => {
    ready ??= prepared().catch((error) => { ready = undefined; throw error; });
    return ready;
  };
  const prepared = async () => {
    const [{ default: MiniSearch }, answer] = await Promise.all([
      import(new URL(search.dataset.searchLibrary, location.href)), fetch(search.dataset.searchIndex),
    ]);
    if (!answer.ok) throw new Error(`${answer.status}`);
    const { letters, pages } = await answer.json();
    Object.assign(folding, { letters, alone: new RegExp(`[${Object.keys(letters).join("")}]`, "gu") });
    const engine = new MiniSearch({
      fields: ["title", "label", "heading", "text"],
      tokenize: words,
      processTerm: fold,
      searchOptions: { prefix: true, boost: { title: 3, heading: 2 }, boostDocument: (id) => pages[parts[id][0]].weight },
    });
    const parts = pages.flatMap((page, at) => page.parts.map((part) => [at, part]));
    engine.addAll(parts.map(([at, [, heading, text]], id) => ({ id, title: pages[at].title, label: pages[at].label, heading, text })));
    return { engine, pages, parts };
  };

  // All the words near one another, or else words like them, or else as many of them as stand anywhere together.
  const matching = (engine, query) => {
    for (const options of [{ combineWith: "AND" }, { combineWith: "AND", fuzzy: 0.2 }]) {
      const found = engine.search(query, options);
      if (found.length) return { found, all: true };
    }
    const some = engine.search(query);
    const most = Math.max(0, ...some.map((each) => each.queryTerms.length));
    return { found: some.filter((each) => each.queryTerms.length === most), all: false };
  };

  // The pages that were found, best first; a page is as good as the best of its parts, and better where the very phrase is.
  const ranked = ({ engine, pages, parts }, query) => {
    const phrase = words(query).map(fold).join(" ");
    const { found, all } = matching(engine, query);
    const by = new Map();
    for (const { id, score, terms, match } of found) {
      const [at, part] = parts[id];
      const whole = words(part[2]).map(fold).join(" ").includes(phrase) ? 2 : 1;
      if (!by.has(at)) by.set(at, { page: pages[at], score: 0, parts: [] });
      const page = by.get(at);
      // A word of the page's title or label is found with each of its parts: is one in this part itself?
      const own = Object.values(match).some((fields) => fields.includes("text") || fields.includes("heading"));
      page.parts.push({ part, terms, own, score: score * whole });
      page.score = Math.max(page.score, score * whole);
    }
    return { found: [...by.values()].sort((one, other) => other.score - one.score), all };
  };

  // --- What is shown ---------------------------------------------------------------------------------------------

  const element = (tag, values, ...children) => {
    const made = document.createElement(tag);
    Object.assign(made, values);
    made.append(...children);
    return made;
  };
  const marked = (text, terms) => {
    const pieces = [];
    let end = 0;
    for (const { 0: word, index } of text.matchAll(WORD)) {
      if (!terms.has(fold(word))) continue;
      pieces.push(text.slice(end, index), element("mark", {}, word));
      end = index + word.length;
    }
    return [...pieces, text.slice(end)];
  };

  // The stretch of a text in which most of the words stand; nothing where none does.
  const excerpt = (text, terms) => {
    const places = [...text.matchAll(WORD)].filter(([word]) => terms.has(fold(word)));
    let best = { count: 0 };
    for (const [at, { index }] of places.entries()) {
      const near = places.slice(at, at + 40).filter((each) => each.index < index + AROUND);
      const count = new Set(near.map(([word]) => fold(word))).size;
      if (count > best.count) best = { count, from: index, to: near.at(-1).index + near.at(-1)[0].length };
    }
    if (!best.count) return [];
    const spare = Math.max(0, (AROUND - (best.to - best.from)) / 2);
    const from = best.from - spare <= 0 ? 0 : text.indexOf(" ", best.from - spare - 1) + 1;
    const last = text.lastIndexOf(" ", best.to + spare);
    const to = best.to + spare >= text.length ? text.length : Math.max(last, best.to);
    return [from ? "… " : "", ...marked(text.slice(from, to), terms), to < text.length ? " …" : ""];
  };
  const result = ({ page, parts }, root) => {
    const address = new URL(page.address, root).href;
    const [{ part, terms }] = [...parts].sort((one, other) => other.own - one.own || other.score - one.score);
    const sought = new Set(terms);
    const shown = [element("strong", { className: "search__title" }, ...marked(page.title, sought))];
    if (page.label) shown.push(element("span", { className: "search__theme" }, page.label));
    const near = excerpt(part[2], sought);
    if (near.length) shown.push(element("span", { className: "search__excerpt" }, ...near));
    const line = element("li", {}, element("a", { href: address }, ...shown));
    const under = parts.filter((each) => each.own && each.part[0]);
    if (under.length)
      line.append(element("ul", {}, ...under.map((each) =>
        element("li", {}, element("a", { href: `${address}#${encodeURIComponent(each.part[0])}` }, ...marked(each.part[1], new Set(each.terms)))))));
    return line;
  };
  const told = (count, all) => {
    if (!count) return "Nothing found";
    const pages = `${count.toLocaleString("en-GB")} page${count === 1 ? "" : "s"} found`;
    return [pages, all ? "" : " with some of these words", count > MOST ? `; the first ${MOST} are shown` : ""].join("");
  };

  // --- Together --------------------------------------------------------------------------------------------------

  let turn = 0;
  const answer = async () => {
    const mine = ++turn, query = field.value.trim();
    panel.hidden = false;
    if (!words(query).length) {
      said.textContent = "Type to start searching";
      list.replaceChildren();
      return load().catch(() => {}); // it is told of once something is looked for
    }
    try {
      const known = await load();
      if (mine !== turn) return;
      const { found, all } = ranked(known, query);
      const root = new URL(search.dataset.search, location.href);
      list.replaceChildren(...found.slice(0, MOST).map((each) => result(each, root)));
      said.textContent = told(found.length, all);
      panel.scrollTop = 0;
    } catch {
      if (mine !== turn) return;
      list.replaceChildren();
      said.textContent = "Sorry, the search didn’t load. Type another letter to try again.";
    }
  };
  const shut = () => {
    turn++;
    panel.hidden = true;
  };
  const step = (by) => {
    const stops = [field, ...list.querySelectorAll("a")];
    const at = stops.indexOf(document.activeElement) + by;
    stops[(at + stops.length) % stops.length].focus();
  };

  field.addEventListener("focus", answer);
  field.addEventListener("input", answer);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    list.querySelector("a")?.click();
  });
  form.addEventListener("reset", () => setTimeout(() => field.focus()));
  search.addEventListener("keydown", (event) => {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (by && !panel.hidden) {
      event.preventDefault();
      step(by);
    } else if (event.key === "Escape" && !panel.hidden) {
      event.preventDefault();
      field.focus();
      shut();
    }
  });
  search.addEventListener("focusout", (event) => {
    if (event.relatedTarget && !search.contains(event.relatedTarget)) shut();
  });
  document.addEventListener("pointerdown", (event) => { if (!search.contains(event.target)) shut(); });
})();
