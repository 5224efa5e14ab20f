// Searches the site in the reader's browser: nothing that is typed leaves it. The index and the engine that searches it
// (search/engine.js) are fetched when something is first typed. Every word of a result goes into the page as text, never as HTML.
(() => {
  const { format, gettext, language, ngettext, number: figure, pgettext, pieces } = globalThis.interface;
  const search = document.querySelector("[data-search]");
  const form = search.querySelector("form"), field = form.elements.query;
  const panel = search.querySelector(".search__panel"), said = search.querySelector("[role=status]");
  const list = search.querySelector("[data-search-results]");
  const here = search.querySelector("[data-search-here]"), more = search.querySelector("[data-search-more]");
  const root = new URL(search.dataset.search, location.href);
  const MOST = 50; // pages that are listed
  const UNDER = 6; // parts of a page that are listed under it, and places in an older version
  const AROUND = 160; // letters of a text that are shown about what was found
  const BREAK = "\f", ENDS = ".,:;!?…”’)—–·"; // what parts blocks of text, and what needs no dot before or after it

  // --- The index -------------------------------------------------------------------------------------------------

  let ready;
  const load = () => {
    ready ??= prepared().catch((error) => { ready = undefined; throw error; });
    return ready;
  };
  const prepared = async () => {
    const engine = new URL(search.dataset.searchEngine, location.href), { searchLanguage = "en", searchStemmer } = search.dataset;
    const english = searchLanguage === "en" && new URL("../vendor/stemmer.js", engine);
    const its = english || searchStemmer && new URL(searchStemmer, location.href);
    const [{ open, wordsIn }, { stemmer }, answer] = await Promise.all([import(engine), its ? import(its) : {}, fetch(search.dataset.searchIndex)]);
    if (!answer.ok) throw new Error(`${answer.status}`);
    const index = await answer.json();
    const opened = (found) => open(found, searchLanguage, stemmer);
    return { site: opened(index), older: search.dataset.searchVersion && opened({ ...index, pages: olderVersion() }), wordsIn };
  };

  // Blocks of text one after another, parted by a dot where a sentence does not end, as in the index.
  const joined = (blocks) => blocks.map((each) => each.replace(/\s+/g, " ").trim()).filter(Boolean)
    .reduce((text, block) => text + (!text ? "" : ENDS.includes(text.at(-1)) || ENDS.includes(block[0]) ? " " : " · ") + block, "");

  // The text of an older version, which is all on this page, as the index would have it: principle by principle.
  const olderVersion = () => {
    const page = (title, number = "") => ({ address: location.pathname, title, number, weight: 1, parts: [["", "", ""]] });
    const pages = [page(document.querySelector("main h1").innerText)];
    const inline = "a, abbr, b, bdi, bdo, cite, code, del, dfn, em, i, ins, kbd, mark, q, s, small, span, strong, sub, sup, time, u, var, wbr";
    const own = (node) => [...node.childNodes].filter((each) => !each.matches?.(".number, .permalink")).map((each) => each.textContent).join("").trim();
    const read = (node) => {
      const parts = pages.at(-1).parts, block = node.matches && !node.matches(inline);
      if (block) parts.at(-1)[2] += BREAK;
      if (node.nodeType === Node.TEXT_NODE) parts.at(-1)[2] += node.data;
      else if (node.matches?.(":not(.overview, .permalink, .letter, .successor, .notice, nav, script, svg, h1)")) {
        const heading = node.matches("h2, h3, h4, h5") ? node : node.matches("section[id], header[id]") && node.querySelector("h2, h3, h4");
        const number = heading && heading.querySelector(".number")?.innerText;
        if (number && pages.at(-1).number !== number) pages.push({ ...page(own(heading), number), parts: [[node.id, "", ""]] });
        else if (node.id && heading && !number) parts.push([node.id, own(heading), ""]);
        else if (node.id && node.matches(".commitments > li")) parts.push([node.id, `${pages.at(-1).number} ${node.querySelector(".letter").innerText}`.trim(), "", 2]);
        if (heading !== node) node.childNodes.forEach(read);
      }
      if (block) pages.at(-1).parts.at(-1)[2] += BREAK;
    };
    read(document.querySelector("main article"));
    for (const part of pages.flatMap(({ parts }) => parts)) part[2] = joined(part[2].split(BREAK));
    return pages;
  };

  // --- What is shown ---------------------------------------------------------------------------------------------

  const element = (tag, values, ...children) => {
    const made = document.createElement(tag);
    Object.assign(made, values);
    made.append(...children);
    return made;
  };
  const marked = (text, hit, wordsIn) => {
    const cut = [];
    let end = 0;
    for (const { word, index } of wordsIn(text)) {
      if (index < end || !hit(word)) continue;
      cut.push(text.slice(end, index), element("mark", {}, word));
      end = index + word.length;
    }
    return [...cut, text.slice(end)];
  };

  // The stretch of a text in which most of the words stand, or else its beginning.
  const excerpt = (text, hit, wordsIn) => {
    const all = wordsIn(text), places = all.filter(({ word }) => hit(word));
    let best = { count: 0, from: 0, to: 0 };
    for (const [at, { index }] of places.entries()) {
      const near = places.slice(at, at + 40).filter((each) => each.index < index + AROUND);
      const count = new Set(near.map(({ word }) => word.toLowerCase())).size;
      if (count > best.count) best = { count, from: index, to: near.at(-1).index + near.at(-1).word.length };
    }
    const spare = Math.max(0, (AROUND - (best.to - best.from)) / 2);
    const start = best.from - spare, end = best.to + spare + Math.max(0, spare - best.from);
    // Cut at a space, or at a word where no space is near.
    const before = text.indexOf(" ", start - 1) + 1, after = text.lastIndexOf(" ", end);
    const from = start <= 0 ? 0 : before && before <= best.from ? before : all.find(({ index }) => index >= start)?.index ?? 0;
    const last = all.findLast(({ word, index }) => index + word.length <= end);
    const to = end >= text.length ? text.length : after >= best.to ? after : Math.max(best.to, last ? last.index + last.word.length : 0);
    return text && [from ? "… " : "", ...marked(text.slice(from, to), hit, wordsIn), to < text.length ? " …" : ""];
  };
  // The page and the place on it that is meant, and the other places below.
  const result = ({ page, parts, place: part }, { engine: { hits }, wordsIn }) => {
    const address = new URL(page.address, root).href;
    const place = (part) => (part[0] ? `${address}#${encodeURIComponent(part[0])}` : address);
    const own = parts.filter((each) => each.own.size);
    const hit = hits((parts.find((each) => each.part === part) ?? parts[0]).terms);
    const shown = [element("strong", { className: "search__title" }, ...marked(page.title, hit, wordsIn))];
    if (page.number && !page.title.includes(page.number))
      shown.unshift(element("span", { className: "search__number" }, ...marked(page.number, hit, wordsIn)), " ");
    const where = [page.label, part[1]].filter(Boolean).join(" · ");
    if (where) shown.push(element("span", { className: "search__theme" }, ...marked(where, hit, wordsIn)));
    const near = excerpt(part[2], hit, wordsIn);
    if (near) shown.push(element("span", { className: "search__excerpt" }, ...near));
    const line = element("li", {}, element("a", { href: place(part) }, ...shown));
    const under = own.filter((each) => each.part[0] && each.part !== part && each.has.size === Math.max(...own.map(({ has }) => has.size))).slice(0, UNDER);
    if (under.length)
      line.append(element("ul", {}, ...under.map((each) =>
        element("li", {}, element("a", { href: place(each.part) }, ...marked(each.part[1], hits(each.terms), wordsIn))))));
    return line;
  };
  // Words in quotation marks, joined by a pattern such as “{start} or {end}”.
  const quoted = (those, pattern) => those.map((each) => format(pgettext("words that were typed", "“{words}”"), { words: each }))
    .reduce((start, end) => format(pattern, { start, end }));
  // How many there are, of which how many have all of the words; and what was looked for where that was not what was typed.
  const counted = (count, whole, places) => {
    if (!count) return gettext("Nothing found");
    if (whole === count) return places ? ngettext("{count} place found", "{count} places found", count) : ngettext("{count} page found", "{count} pages found", count);
    if (!whole) return places ? ngettext("{count} place found with some of these words", "{count} places found with some of these words", count)
      : ngettext("{count} page found with some of these words", "{count} pages found with some of these words", count);
    return places ? ngettext("{count} place found, {whole} with all of these words", "{count} places found, {whole} with all of these words", count)
      : ngettext("{count} page found, {whole} with all of these words", "{count} pages found, {whole} with all of these words", count);
  };
  const countedFor = (count, whole, places) => {
    if (!count) return gettext("Nothing found for {words}");
    if (whole === count) return places ? ngettext("{count} place found for {words}", "{count} places found for {words}", count) : ngettext("{count} page found for {words}", "{count} pages found for {words}", count);
    if (!whole) return places ? ngettext("{count} place found for {words} with some of these words", "{count} places found for {words} with some of these words", count)
      : ngettext("{count} page found for {words} with some of these words", "{count} pages found for {words} with some of these words", count);
    return places ? ngettext("{count} place found for {words}, {whole} with all of these words", "{count} places found for {words}, {whole} with all of these words", count)
      : ngettext("{count} page found for {words}, {whole} with all of these words", "{count} pages found for {words}, {whole} with all of these words", count);
  };
  const told = ({ found, whole, corrected, missing }, places = false, most = MOST) => {
    const count = found.length, fixed = corrected.map(([, word]) => word);
    const message = (fixed.length ? countedFor : counted)(count, whole, places);
    const words = fixed.length ? quoted(fixed, pgettext("words that were looked for", "{start} and {end}")) : "";
    const lost = count ? [...corrected.map(([typed]) => typed), ...missing.map(({ word }) => word)] : [];
    return [
      format(message, { count: figure(count), whole: figure(whole), words }),
      ...(lost.length ? [format(gettext("nothing has {words}"), { words: quoted(lost, pgettext("words that stand nowhere", "{start} or {end}")) })] : []),
      ...(count > most ? [format(ngettext("the first {count} is shown", "the first {count} are shown", most), { count: figure(most) })] : []),
    ].join(pgettext("between clauses", "; "));
  };
  const link = (address, ...text) => element("a", { href: new URL(address, root).href }, ...text);
  // What else may help: words that look like one that stands nowhere, the list of who signed, and where nothing is found,
  // where to start.
  const meant = ([one, two, three]) => {
    // A mark that follows a button stays with it where lines break.
    const whole = (parts) => parts.flatMap((part, at) => (part instanceof Node ? element("span", {}, part, /^\S/.test(parts[at + 1] ?? "") ? parts[at + 1][0] : "")
      : parts[at - 1] instanceof Node && /^\S/.test(part) ? part.slice(1) : part));
    if (three) return whole(pieces(gettext("Did you mean {one}, {two} or {three}?"), { one, two, three }));
    return whole(two ? pieces(gettext("Did you mean {one} or {two}?"), { one, two }) : pieces(gettext("Did you mean {one}?"), { one }));
  };
  const others = ({ found, missing }, query, pages) => {
    const lines = [];
    for (const { word, near } of missing.filter((each) => each.near.length))
      lines.push(element("p", {}, ...meant(near.map((other) =>
        element("button", { type: "button", className: "search__meant", onclick: () => ask(query.replace(word, other)) }, other)))));
    if (!found.length) {
      const starts = search.dataset.searchStarts.split(" ").flatMap((address) => pages.find((page) => page.address === address) ?? []);
      lines.push(element("p", {}, gettext("Try other words, or fewer of them. These pages may help:")),
        element("ul", {}, ...starts.map((page) => element("li", {}, link(page.address, page.title)))));
    }
    if (search.dataset.searchRegister)
      lines.push(element("p", {}, link(`${search.dataset.searchRegister}?words=${encodeURIComponent(query)}`, format(gettext("Look for “{words}” among those who signed"), { words: query }))));
    return lines;
  };
  // On a page of an older version: what it says itself, and that everything below is another version's.
  const { searchVersion: version, searchCurrent: current } = search.dataset;
  const ofVersion = (found, { older, wordsIn }) => [
    element("p", {}, format(found.length ? gettext("In {version}, which you’re reading:") : gettext("Nothing found in {version}, which you’re reading."), { version })),
    element("ol", { className: "search__list" }, ...found.slice(0, UNDER).map((each) => result(each, { engine: older, wordsIn }))),
    element("p", {}, format(gettext("In the current version, {version}:"), { version: current })),
  ];

  // --- Together --------------------------------------------------------------------------------------------------

  let turn = 0;
  const lowered = (words) => words.slice(0, 1).toLocaleLowerCase(language) + words.slice(1);
  const clear = () => [here, list, more].forEach((each) => each.replaceChildren());
  const answer = async () => {
    const mine = ++turn, query = field.value.trim();
    panel.hidden = false;
    if (!/[\p{L}\p{N}]/u.test(query)) {
      said.textContent = gettext("Type to start searching");
      return clear();
    }
    try {
      const known = await load();
      if (mine !== turn) return;
      const answers = known.site.search(query);
      const own = known.older?.search(query);
      here.replaceChildren(...(own ? ofVersion(own.found, known) : []));
      list.replaceChildren(...answers.found.slice(0, MOST).map((each) => result(each, { engine: known.site, wordsIn: known.wordsIn })));
      more.replaceChildren(...others(answers, query, known.site.pages));
      said.textContent = own
        ? format(gettext("In {version}: {found}. In {current}: {others}."), { version, current, found: lowered(told(own, true, UNDER)), others: lowered(told(answers)) }) : told(answers);
      panel.scrollTop = 0;
    } catch {
      if (mine !== turn) return;
      clear();
      said.textContent = location.protocol === "file:"
        ? gettext("The search only works on the site, and this page was opened as a file.")
        : gettext("Sorry, the search didn’t load. Type another letter to try again.");
    }
  };
  const ask = (query) => {
    field.value = query;
    field.focus();
    answer();
  };
  const shut = () => {
    turn++;
    panel.hidden = true;
  };
  const step = (by) => {
    const stops = [field, ...panel.querySelectorAll("a, button")];
    const at = stops.indexOf(document.activeElement) + by;
    stops[(at + stops.length) % stops.length].focus();
  };

  field.addEventListener("click", () => { if (field.value.trim()) answer(); });
  field.addEventListener("input", answer);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    panel.querySelector(".search__list a, .search__meant")?.click();
  });
  form.addEventListener("reset", () => setTimeout(() => { answer(); shut(); field.focus(); }));
  panel.addEventListener("click", (event) => { if (event.target.closest("a")?.hash && !event.ctrlKey && !event.metaKey) shut(); });
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
