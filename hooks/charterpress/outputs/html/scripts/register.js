// Searches and filters the list of signatories, and keeps what was asked for in the address of the page, so that it can be
// linked to. Where the whole list stands on the page, the lines that do not match are hidden; where it is too long for one
// page, the lines are fetched from small files beside it (hooks/charterpress/outputs/html/signatories/register_search.py says what is in them).
// Nothing that is typed leaves the reader's computer but the first letters of words, as the names of such files. Every word
// of a signatory goes into the page as text, never as HTML.
(() => {
  const { format, gettext, ngettext, number } = globalThis.interface;
  const register = document.querySelector("[data-register]");
  const part = (name) => register.querySelector(`[data-register-${name}]`);
  const form = register.querySelector("form"), said = part("said"), all = part("all");
  const found = part("found"), more = part("more"), filters = part("filters"), clear = part("clear");
  const { apart, folded, ignored, files } = JSON.parse(part("known").textContent);
  const SHOWN = 20; // lines that are fetched and shown at a time

  // --- Words, as register_search.py splits them ----------------------------------------------------------------------

  const letters = Object.keys(folded).join("");
  const alone = new RegExp(`[${letters}]`, "gu");
  const fold = (text) => text.normalize("NFKC").toLowerCase().replace(alone, (letter) => folded[letter])
    .normalize("NFKD").replace(/(?![\u0900-\u1aaf\u1b00-\u1cff\u3099\u309a\ua800-\uabff\u{11000}-\u{11fff}])\p{M}/gu, "").replace(alone, (letter) => folded[letter]);
  const WORDS = new RegExp(`[${apart}]|(?:(?![${apart}])[\\p{L}\\p{N}\\p{M}])+`, "gu");
  const words = (text) => (fold(text).match(WORDS) ?? []).filter((word) => !ignored.includes(word));

  // --- What is asked for -----------------------------------------------------------------------------------------

  const NAMES = ["words", "kind", "area", "version", "standing", "report"].filter((name) => form.elements[name]);
  const asked = () => Object.fromEntries(NAMES.map((name) => [name, form.elements[name].value.trim()]));
  const address = () => {
    const query = new URLSearchParams();
    for (const [name, value] of Object.entries(asked())) if (value) query.set(name, value);
    return `${location.pathname}${query.size ? `?${query}` : ""}${location.hash}`;
  };
  const read = () => {
    const query = new URLSearchParams(location.search);
    for (const name of NAMES) {
      const field = form.elements[name];
      field.value = query.get(name) ?? "";
      if (field.value !== (query.get(name) ?? "")) field.value = ""; // a value that is not offered
      if (field.value && filters.contains(field)) filters.open = true; // what hides a name is seen
    }
  };
  const tell = (count, total) => {
    said.textContent = count === total ? format(ngettext("All {count} organisation", "All {count} organisations", total), { count: number(total) })
      : count ? format(ngettext("{count} of {total} organisation", "{count} of {total} organisations", total), { count: number(count), total: number(total) })
      : gettext("No organisation matches. Try fewer words, or another filter.");
  };
  const starts = (those, query) => query.every((word) => those.some((other) => other.startsWith(word)));

  // --- A list that stands on the page ----------------------------------------------------------------------------

  const parts = [...all.querySelectorAll("[data-part]")].map((section) => ({
    section,
    lines: [...section.querySelectorAll("li")].map((line) => ({
      line,
      values: line.dataset,
      words: words([line.querySelector("a").textContent, line.querySelector("a + span")?.textContent ?? "", line.dataset.area].join(" ")),
    })),
  }));
  const hide = async () => {
    const { words: typed, ...filters } = asked();
    const query = words(typed);
    let shown = 0, total = 0;
    for (const { section, lines } of parts) {
      let some = 0;
      for (const { line, values, words: own } of lines) {
        const fits = starts(own, query) && Object.entries(filters).every(([name, value]) => !value || values[name] === value);
        line.hidden = !fits;
        some += fits;
      }
      section.hidden = !some;
      shown += some;
      total += lines.length;
    }
    all.querySelector(".letters")?.toggleAttribute("hidden", shown < total);
    tell(shown, total);
  };

  // --- A list that is too long for the page ----------------------------------------------------------------------

  const home = new URL("filter/", location.href.split(/[?#]/)[0]);
  const kept = new Map();
  const fetched = (path) => {
    if (!kept.has(path))
      kept.set(path, fetch(new URL(path, home)).then((answer) => {
        if (answer.status === 404) return {}; // no word begins so
        if (!answer.ok) throw new Error(`${answer.status}`);
        return answer.json();
      }).catch((error) => { kept.delete(path); throw error; }));
    return kept.get(path);
  };
  const SAFE = /[a-z0-9]/;
  const name = (word) => [...word].slice(0, files.letters).map((each) => (SAFE.test(each) ? each : `_${each.codePointAt(0).toString(16)}`)).join("");
  const short = (word) => [...word].length < files.letters;
  const whole = new RegExp(`^[${apart}]`, "u"); // a letter of a script without spaces is a word
  const cut = (word) => short(word) && !whole.test(word);

  // Places of those who have a word that begins so. A shorter one than names a file is a whole word.
  const having = async (word) => {
    const places = new Set();
    for (const [other, distances] of Object.entries(await fetched(`words/${name(word)}.json`))) {
      if (short(word) ? other !== word : !other.startsWith(word)) continue;
      let place = 0;
      for (const distance of distances.split(" ")) places.add(place += parseInt(distance, 36));
    }
    return places;
  };
  const fitting = async (places, filters) => {
    const wanted = Object.entries(filters).filter(([, value]) => value)
      .map(([column, value]) => [column, files.choices[column].indexOf(value).toString(36).padStart(2, "0")]);
    if (!wanted.length) return places;
    const needed = [...new Set(places.map((place) => Math.floor(place / files.part)))];
    const asked = needed.flatMap((part) => wanted.map(([column]) => `${column}/${part}`));
    const columns = new Map(await Promise.all(asked.map(async (each) => [each, await fetched(`filters/${each}.json`)])));
    return places.filter((place) => {
      const part = Math.floor(place / files.part), at = 2 * (place % files.part);
      return wanted.every(([column, value]) => columns.get(`${column}/${part}`).startsWith(value, at));
    });
  };
  const element = (tag, values, ...children) => {
    const made = document.createElement(tag);
    Object.assign(made, values);
    made.append(...children);
    return made;
  };
  const line = ([slug, title, kind, area, signed, standing, report]) => {
    const status = element("span", { className: `standing standing--${standing}` }, files.standings[standing] ?? standing);
    return element("li", {},
      element("a", { href: `${encodeURIComponent(slug)}/` }, element("bdi", {}, title)),
      element("span", {}, `${kind}, `, element("bdi", {}, area)),
      element("span", {}, format(gettext("signed {signed}"), { signed })),
      report ? element("span", {}, status, element("span", { className: "standing standing--report" }, report)) : status);
  };
  const lines = async (places) => {
    const needed = [...new Set(places.map((place) => Math.floor(place / files.rows)))];
    const rows = new Map(await Promise.all(needed.map(async (each) =>
      [each, await fetched(`lines/${Math.floor(each / files.folder)}/${each}.json`)])));
    return places.map((place) => line(rows.get(Math.floor(place / files.rows))[place % files.rows]));
  };
  let turn = 0, results = [];
  const show = async (from) => {
    const mine = turn;
    const next = await lines(results.slice(from, from + SHOWN));
    if (mine !== turn) return;
    if (!from) found.replaceChildren();
    found.append(...next);
    if (from) next[0]?.querySelector("a").focus();
    more.hidden = found.children.length >= results.length;
  };
  const ask = async () => {
    const mine = ++turn;
    const { words: typed, ...filters } = asked();
    const query = words(typed);
    const any = query.length || Object.values(filters).some(Boolean);
    all.hidden = Boolean(any);
    found.hidden = more.hidden = !any;
    if (!any) {
      results = [];
      found.replaceChildren();
      tell(files.count, files.count);
      return;
    }
    const sets = (await Promise.all(query.map(having))).sort((one, other) => one.size - other.size);
    const named = sets.length ? [...sets[0]].filter((place) => sets.every((set) => set.has(place))) : [...Array(files.count).keys()];
    const fit = await fitting(named.sort((one, other) => one - other), filters);
    if (mine !== turn) return;
    results = fit;
    await show(0);
    if (mine !== turn) return;
    tell(results.length, files.count);
    if (!query.some(cut)) return;
    const hint = ngettext("Type at least {count} letter to match longer words.", "Type at least {count} letters to match longer words.", files.letters);
    said.textContent = `${said.textContent.replace(/\.$/u, "")}. ${format(hint, { count: number(files.letters) })}`;
  };
  more.querySelector("button").addEventListener("click", () => answer(() => show(found.children.length)));

  // --- Together --------------------------------------------------------------------------------------------------

  const answer = async (how = files ? ask : hide) => {
    clear.hidden = !Object.values(asked()).some(Boolean);
    try { await how(); } catch { said.textContent = gettext("Sorry, you can’t search the list just now. It’s all below, by letter."); all.hidden = false; }
  };
  let waiting = 0, typing = false; // all that is typed at a time is one step back
  form.elements.words.addEventListener("input", () => {
    answer();
    clearTimeout(waiting); // browsers refuse a page that changes its address at every letter
    waiting = setTimeout(() => {
      history[typing ? "replaceState" : "pushState"](null, "", address());
      typing = true;
    }, 120);
  });
  form.elements.words.addEventListener("blur", () => { typing = false; });
  form.addEventListener("change", (event) => {
    if (event.target === form.elements.words) return;
    history.pushState(null, "", address());
    answer();
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(() => {
    history.pushState(null, "", address());
    answer();
    form.elements.words.focus();
  }));
  addEventListener("popstate", () => { read(); answer(); });
  form.hidden = false;
  read();
  answer();
})();
