// Finds pages: all the words as they are typed, then some of them; where a word stands nowhere, what was meant by it.
import MiniSearch from "../vendor/minisearch.js";
import { asked, asks, fold, foldBy, isEmpty, isUnspaced, meant, pieces, resembling, speak, stem, words } from "./words.js";

export { wordsIn } from "./words.js";
const BOOST = { number: 12, title: 3, heading: 2, questions: 0.1, address: 1.5, label: 0.5 };
// Pages with only some of the words that are shown after those with all.
const TAIL = 10;
// How much of a query a question has to be.
const ENOUGH = 0.5;
const asIs = { tokenize: (term) => [term], processTerm: (term) => term };
const isNumber = (word) => /\p{N}/u.test(word);

export const open = ({ letters, synonyms = {}, questions = {}, pages }, language, stemmer) => {
  foldBy(letters);
  speak(language, stemmer);
  const vocabulary = new Set(), spelt = new Map(); // the words and roots of the index; a word for each root
  const parts = pages.flatMap((page) => page.parts.map((part, at) => ({ page, part, at })));
  const engine = new MiniSearch({
    fields: ["number", "title", "label", "address", "heading", "questions", "text"],
    tokenize: (text) => words(text),
    processTerm: (word) => {
      vocabulary.add(word);
      const stemmed = stem(word);
      if (stemmed) vocabulary.add(stemmed);
      if (stemmed && !spelt.has(stemmed)) spelt.set(stemmed, word);
      return stemmed ? [word, stemmed] : word;
    },
    searchOptions: { boost: BOOST, boostDocument: (id) => parts[id].page.weight * (parts[id].part[3] ?? 1) },
  });
  const answered = (id) => questions[parts[id].page.address + (parts[id].part[0] && `#${parts[id].part[0]}`)] ?.split(", ") ?? [];
  engine.addAll(parts.map(({ page, part: [, heading, text], at }, id) => {
    const number = page.number ?? "", own = number && heading.startsWith(`${number} `); // a commitment’s: “1.1 b”
    const version = /^\p{N}+\.\p{N}+\.\p{N}+$/u.test(number) ? ["", "v"].map((v) => ` ${v}${number} ${v}${number.replace(/\.\p{N}+$/u, "")}`).join("") : "";
    return {
      id, title: page.title, label: page.label ?? "", text, heading: own ? "" : heading, questions: answered(id).join(" "),
      address: at ? "" : page.address.split("/").at(-2) ?? "",
      number: own ? heading.replace(" ", "") : at ? "" : version || number,
    };
  }));
  const listed = new Map(); // what a charter lists, by the stems of what is typed
  const root = (word) => stem(word) || word;
  const roots = (those) => ` ${those.flatMap(pieces).map(root).join(" ")} `;
  const useful = (those) => (those.every((word) => isEmpty(word)) ? those : those.filter((word) => !isEmpty(word)));
  for (const [typed, others] of Object.entries(synonyms)) listed.set(roots(words(typed)), others);
  const longest = Math.max(0, ...[...listed.keys()].map((key) => key.trim().split(" ").length));
  const plain = [...vocabulary].filter((word) => word[0] !== "=");
  // What people ask, and the place that answers it: the roots that have to be in a query, and its question words.
  const answers = parts.flatMap((_, id) => answered(id).map((question) => {
    const those = words(question);
    return { id, roots: useful(those).map(root), asks: those.filter((word) => asks(word)), whole: roots(those) };
  }));

  const name = words(pages.find(({ address }) => !address)?.title ?? "").map(root);

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
    if (/^v\p{N}+\.\p{N}+\./u.test(word)) blend(found, single(word.slice(1)), 0.5);
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
    const [first = new Map(), ...rest] = useful(those).map((word) => single(word));
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
    const all = typed.every((word) => isEmpty(word));
    const concepts = [], corrected = [], missing = [];
    for (let at = 0, count; at < typed.length; at += Math.max(count, 1)) {
      count = Math.min(longest, typed.length - at);
      while (count && !listed.has(roots(typed.slice(at, at + count)))) count--;
      if (!count && !all && isEmpty(typed[at])) continue;
      const others = count ? listed.get(roots(typed.slice(at, at + count))) : [];
      const own = typed.slice(at, at + Math.max(count, 1));
      const isLast = at + own.length === typed.length && /[\p{L}\p{M}]$/u.test(query);
      const meanings = new Set([...own, ...others.flatMap(words)].flatMap(pieces).map(root));
      const found = own.length > 1 ? together(own) : single(own[0], { prefix: isLast && !others.length });
      for (const other of others) blend(found, together(words(other)), 1.5);
      const guessed = !found.size;
      if (guessed && own.length === 1) {
        const exact = meant(own[0], plain), near = exact.length ? exact : meant(stem(own[0]), spelt.keys());
        for (const term of near) blend(found, term[0] === "=" ? single(spelt.get(term)) : single(term), 0.8);
        if (near.length) corrected.push([own[0], spelt.get(near[0]) ?? near[0]]);
        near.forEach((term) => meanings.add(root(term)));
      }
      if (!found.size) missing.push({ word: own.join(" "), near: resembling(own.join(" "), plain) });
      // A word that is everywhere, or in the name of the site, says little of what is meant; so does a guess.
      const spread = new Set([...found.keys()].map((id) => parts[id].page)).size || 2;
      const rarity = Math.log(1 + pages.length / spread) * (own.some((word) => name.includes(root(word))) ? 0.3 : 1);
      concepts.push({ found, meanings, rarity, weight: guessed ? rarity / 2 : rarity });
    }
    return { concepts, corrected, missing, typed };
  };

  // --- What all of them find ---------------------------------------------------------------------------------------

  const search = (query) => {
    const { concepts, corrected, missing, typed } = conceive(query);
    const phrase = typed.length > 1 ? roots(typed) : "";
    const sum = concepts.reduce((total, { weight }) => total + weight, 0);
    const share = (numbers) => [...numbers].reduce((total, number) => total + concepts[number].weight, 0) / sum;
    const found = new Map(), replies = replied(concepts, typed);
    concepts.forEach((concept, number) => {
      for (const [id, { score, terms, fields }] of concept.found) {
        const { page, part } = parts[id];
        if (fields.size === 1 && fields.has("questions") && !replies.has(id)) continue; // a word of another question
        if (!found.has(page)) found.set(page, { page, parts: new Map(), concepts: new Map(), titled: new Set() });
        const of = found.get(page);
        const one = of.parts.get(id) ?? { id, part, score: 0, terms: new Set(), has: new Set(), headed: new Set(), own: new Set() };
        one.score += score;
        one.has.add(number);
        terms.forEach((term) => one.terms.add(term));
        // A word of the page's title or label is found with each of its parts: is one in this part itself?
        if (fields.has("heading") || fields.has("questions") || fields.has("number")) one.headed.add(number);
        if (fields.has("text") || one.headed.has(number)) one.own.add(number);
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
        one.score *= share(one.has);
        one.reply = replies.get(one.id) ?? 0;
      }
      those.sort((one, other) => other.reply - one.reply || other.score - one.score || one.id - other.id);
      const length = words(of.page.title).filter((word) => !isEmpty(word)).length;
      const titled = share(of.titled);
      const rest = [...of.concepts].reduce((total, [number, score]) => total + (those[0].has.has(number) ? 0 : score * 0.3), 0);
      const same = phrase && roots(words(of.page.title)) === phrase ? 3 : 1;
      const has = of.concepts.size, whole = has === concepts.length;
      // What is for editors, and who signed, comes below; what has the very words in its title, above.
      const below = of.page.weight < 0.5 && titled < 1 ? 0.5 : 0, above = phrase && titles(those[0].id, phrase) ? 0.25 : 0;
      return {
        page: of.page, parts: those, all: whole, has, titled: of.titled,
        place: placed(of, those, phrase, concepts.length),
        rank: Math.max(...those.map((one) => share(one.has) + 0.25 * Math.max(share(one.own), titled))) + (whole ? 0.5 : 0) + 2 * those[0].reply + above - below,
        score: (those[0].score + rest + 0.1 * those.slice(1).reduce((total, { score, own }) => total + (own.size ? score : 0), 0)) * (1 + 2 * titled * Math.min(1, of.titled.size / length)) * same,
      };
    });
    all.sort((one, other) => other.rank - one.rank || other.score - one.score);
    const whole = all.filter((each) => each.all);
    const some = all.filter((each) => !each.all && each.has * 2 >= concepts.length);
    const most = Math.max(0, ...all.map((each) => each.has));
    const shown = whole.length ? [...whole, ...some.slice(0, TAIL)] : all.filter((each) => each.has * 2 >= most).slice(0, 2 * TAIL);
    shown.sort((one, other) => other.rank - one.rank || other.score - one.score);
    return { found: shown, whole: whole.length, corrected, missing };
  };

  // The parts that answer what is asked, each with how much of it their questions are.
  const replied = (concepts, typed) => {
    const whole = roots(typed), known = new Map(), found = new Map();
    for (const { id, roots: needed, asks, whole: question } of answers) {
      const hit = needed.map((each) => concepts.findIndex(({ meanings }) => meanings.has(each)));
      if (question === whole) found.set(id, 1);
      else if (!hit.includes(-1) && asks.every((word) => typed.includes(word))) {
        const before = known.get(id);
        known.set(id, { hit: new Set([...hit, ...(before?.hit ?? [])]), asks: before?.asks || asks.length > 0 });
      }
    }
    const sum = concepts.reduce((total, { rarity }) => total + rarity, 0);
    for (const [id, { hit, asks }] of known) {
      const share = [...hit].reduce((total, number) => total + concepts[number].rarity, 0) / sum;
      const much = (2 * share + hit.size / concepts.length) / 3;
      if (much >= ENOUGH && !found.has(id)) found.set(id, (asks ? 0.95 : 0.9) * much);
    }
    return found;
  };
  // The place on a page that is meant: its top where its title has every word, or is typed itself and no part is named besides.
  const placed = ({ page, titled }, those, phrase, count) => {
    const top = page.parts[0], [first] = those.filter((one) => one.own.size);
    if (!first || first.reply) return first?.part ?? top;
    if (titled.size === count) return first.exact && !titles(first.id, phrase) ? first.part : top;
    const typed = titled.size && titled.size >= useful(words(page.title)).length;
    const named = first.exact || (first.part[3] ?? 1) > 1 || [...first.headed].some((number) => !titled.has(number));
    return typed && !named ? top : first.part;
  };

  // Whether a word of a text is one of those that were found.
  const hits = (terms) => (word) => [...pieces(word), fold(word)].some((each) => terms.has(each) || terms.has(stem(each)));
  return { search, hits, pages };
};
