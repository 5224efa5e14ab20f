// Finds pages: all the words as they are typed, then some of them; where a word stands nowhere, what was meant by it.
import MiniSearch from "../vendor/minisearch.js";
import { STOP, asked, fold, foldBy, isUnspaced, meant, pieces, stem, words } from "./words.js";

export { wordsIn } from "./words.js";
const BOOST = { number: 12, title: 3, heading: 2, address: 1.5, label: 0.5 };
const TAIL = 10; // pages with only some of the words that are shown after those with all
const asIs = { tokenize: (term) => [term], processTerm: (term) => term };
const isNumber = (word) => /\p{N}/u.test(word);

export const open = ({ letters, synonyms = {}, pages }) => {
  foldBy(letters);
  const vocabulary = new Set(), spelt = new Map(); // the words and roots of the index; a word for each root
  const parts = pages.flatMap((page) => page.parts.map((part, at) => ({ page, part, at })));
  const engine = new MiniSearch({
    fields: ["number", "title", "label", "address", "heading", "text"],
    tokenize: (text) => words(text),
    processTerm: (word) => {
      vocabulary.add(word);
      const root = stem(word);
      if (root) vocabulary.add(root);
      if (root && !spelt.has(root)) spelt.set(root, word);
      return root ? [word, root] : word;
    },
    searchOptions: { boost: BOOST, boostDocument: (id) => parts[id].page.weight * (parts[id].part[3] ?? 1) },
  });
  engine.addAll(parts.map(({ page, part: [, heading, text], at }, id) => {
    const number = page.number ?? "", own = number && heading.startsWith(`${number} `); // a commitment’s: “1.1 b”
    const version = /^\p{N}+\.\p{N}+\.\p{N}+$/u.test(number) ? ["", "v"].map((v) => ` ${v}${number} ${v}${number.replace(/\.\p{N}+$/u, "")}`).join("") : "";
    return {
      id, title: page.title, label: page.label ?? "", text, heading: own ? "" : heading,
      address: at ? "" : page.address.split("/").at(-2) ?? "",
      number: own ? heading.replace(" ", "") : at ? "" : version || number,
    };
  }));
  const listed = new Map(); // what a charter lists, by the stems of what is typed
  const roots = (those) => ` ${those.flatMap(pieces).map((word) => stem(word) || word).join(" ")} `;
  for (const [typed, others] of Object.entries(synonyms)) listed.set(roots(words(typed)), others);
  const longest = Math.max(0, ...[...listed.keys()].map((key) => key.trim().split(" ").length));
  const plain = [...vocabulary].filter((word) => word[0] !== "=");

  // Whether a part, or the title of its page, has these roots of words one after another.
  const rooted = new Map();
  const has = (text, phrase) => {
    if (!rooted.has(text)) rooted.set(text, text.split(" · ").map((block) => roots(words(block))).join("·"));
    return rooted.get(text).includes(phrase);
  };
  const says = (id, phrase) => has(parts[id].part[2], phrase) || has(parts[id].part[1], phrase);
  const titles = (id, phrase) => has(parts[id].page.title, phrase);

  // --- What one word finds: by part, how well, and which of its words ----------------------------------------------

  const add = (into, id, score, terms, fields) => {
    const known = into.get(id) ?? { score: 0, terms: new Set(), fields: new Set() };
    for (const term of terms) known.terms.add(term);
    for (const field of fields) known.fields.add(field);
    into.set(id, { ...known, score: Math.max(known.score, score) });
  };
  const look = (into, term, weight, options) => {
    for (const { id, score, terms, match } of engine.search(term, { ...asIs, ...options }))
      add(into, id, score * weight, terms, Object.values(match).flat());
  };
  const blend = (into, those, weight) => those.forEach(({ score, terms, fields }, id) => add(into, id, score * weight, terms, fields));
  const single = (word, { prefix = false } = {}) => {
    const found = new Map(), whole = word.replaceAll("-", "");
    for (const [term, weight] of [[whole, 1], [stem(whole), 0.9]])
      if (vocabulary.has(term)) look(found, term, weight);
    if (word.includes("-")) blend(found, together(pieces(word).slice(0, -1)), 1);
    if (!isNumber(word) && whole.length > 2 && (prefix || !found.size)) look(found, whole, found.size ? 0.3 : 0.6, { prefix: true });
    if (!found.size && isUnspaced(word)) within(found, word);
    return found;
  };
  // Where words are divided without spaces, one may be within a longer one, or be divided otherwise in a text than alone.
  const within = (found, word) => {
    for (const longer of plain) if (longer.includes(word)) look(found, longer, 0.5);
    parts.forEach(({ part: [, , text] }, id) => { if (!found.has(id) && fold(text).includes(word)) add(found, id, 0.5, [word], ["text"]); });
  };
  // Several words that stand one after another, in the title of a page or in a part of it.
  const together = (those) => {
    const useful = those.filter((word) => !STOP.has(word));
    const [first = new Map(), ...rest] = (useful.length ? useful : those).map((word) => single(word));
    for (const other of rest) {
      for (const id of first.keys()) if (!other.has(id)) first.delete(id);
      for (const [id, { score, terms, fields }] of first)
        first.set(id, { score: score + other.get(id).score, terms: new Set([...terms, ...other.get(id).terms]), fields: new Set([...fields, ...other.get(id).fields]) });
    }
    const phrase = those.length > 1 ? roots(those) : "";
    for (const [id, each] of phrase ? first : []) {
      each.fields = new Set([...(says(id, phrase) ? ["text"] : []), ...(titles(id, phrase) ? ["title"] : [])]);
      if (!each.fields.size) first.delete(id);
    }
    return first;
  };

  // The words of a query as what each of them finds. A word that stands nowhere is taken for what was meant by it.
  const conceive = (query) => {
    const typed = asked(query, (word) => vocabulary.has(word));
    const all = typed.every((word) => STOP.has(word));
    const concepts = [], corrected = [], missing = [];
    for (let at = 0, count; at < typed.length; at += Math.max(count, 1)) {
      count = Math.min(longest, typed.length - at);
      while (count && !listed.has(roots(typed.slice(at, at + count)))) count--;
      if (!count && !all && STOP.has(typed[at])) continue;
      const others = count ? listed.get(roots(typed.slice(at, at + count))) : [];
      const own = typed.slice(at, at + Math.max(count, 1));
      const isLast = at + own.length === typed.length && /[\p{L}\p{M}]$/u.test(query);
      const found = own.length > 1 ? together(own) : single(own[0], { prefix: isLast && !others.length });
      for (const other of others) blend(found, together(words(other)), 1.5);
      if (!found.size && own.length === 1) {
        const exact = meant(own[0], plain), near = exact.length ? exact : meant(stem(own[0]), spelt.keys());
        for (const term of near) blend(found, term[0] === "=" ? single(spelt.get(term)) : single(term), 0.8);
        if (near.length) corrected.push([own[0], spelt.get(near[0]) ?? near[0]]);
      }
      if (!found.size) missing.push(own.join(" "));
      concepts.push(found);
    }
    return { concepts, corrected, missing, typed };
  };

  // --- What all of them find ---------------------------------------------------------------------------------------

  const search = (query) => {
    const { concepts, corrected, missing, typed } = conceive(query);
    const phrase = typed.length > 1 ? roots(typed) : "";
    const found = new Map();
    concepts.forEach((concept, number) => {
      for (const [id, { score, terms, fields }] of concept) {
        const { page, part } = parts[id];
        if (!found.has(page)) found.set(page, { page, parts: new Map(), concepts: new Map(), titled: new Set() });
        const of = found.get(page);
        const one = of.parts.get(id) ?? { id, part, score: 0, terms: new Set(), has: new Set(), own: false };
        one.score += score;
        one.has.add(number);
        terms.forEach((term) => one.terms.add(term));
        // A word of the page's title or label is found with each of its parts: is one in this part itself?
        one.own ||= fields.has("text") || fields.has("heading") || (fields.has("number") && Boolean(part[0]));
        if (fields.has("title") || fields.has("address")) of.titled.add(number);
        of.parts.set(id, one);
        of.concepts.set(number, Math.max(of.concepts.get(number) ?? 0, score));
      }
    });
    const all = [...found.values()].map((of) => {
      const those = [...of.parts.values()];
      for (const one of those) {
        one.exact = Boolean(phrase) && says(one.id, phrase);
        if (one.exact) one.score *= 3;
        one.score *= one.has.size / concepts.length;
      }
      those.sort((one, other) => other.score - one.score || one.id - other.id);
      const length = words(of.page.title).filter((word) => !STOP.has(word)).length;
      const titled = of.titled.size / concepts.length;
      const rest = [...of.concepts].reduce((sum, [number, score]) => sum + (those[0].has.has(number) ? 0 : score * 0.3), 0);
      const same = phrase && roots(words(of.page.title)) === phrase ? 3 : 1;
      const has = of.concepts.size;
      const below = of.page.weight < 0.5 && titled < 1 ? 0.5 : 0; // what is for editors, and who signed
      return {
        page: of.page, parts: those, all: has === concepts.length, titled: titled === 1 && (!those[0].exact || titles(those[0].id, phrase)), has,
        rank: (has === concepts.length ? 2 : has / concepts.length) - below,
        score: (those[0].score + rest + 0.1 * those.slice(1).reduce((sum, { score, own }) => sum + (own ? score : 0), 0)) * (1 + 2 * titled * Math.min(1, of.titled.size / length)) * same,
      };
    });
    all.sort((one, other) => other.rank - one.rank || other.score - one.score);
    const whole = all.filter((each) => each.all);
    const some = all.filter((each) => !each.all && each.has * 2 >= concepts.length);
    const most = Math.max(0, ...all.map((each) => each.has));
    const shown = whole.length ? [...whole, ...some.slice(0, TAIL)] : all.filter((each) => each.has * 2 >= most).slice(0, 2 * TAIL);
    return { found: shown, whole: whole.length, corrected, missing };
  };

  // Whether a word of a text is one of those that were found.
  const hits = (terms) => (word) => [...pieces(word), fold(word)].some((each) => terms.has(each) || terms.has(stem(each)));
  return { search, hits, pages };
};
