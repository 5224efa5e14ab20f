// What several rules need: patterns of the table, and words in quotation marks, as the program writes them.

import "../interface.js";

const { format, list, ngettext, number, pgettext } = globalThis.interface;

/** A pattern of the table, [source, flags], as an expression for a whole text, or with "g" for every match in it. */
const made = new Map();
export const expression = ([source, flags], use = "") => {
  const key = `${use} ${flags} ${source}`;
  if (!made.has(key)) made.set(key, use === "whole" ? new RegExp(`^(?:${source})$`, flags) : new RegExp(source, flags + use));
  return made.get(key);
};
export const whole = (pattern, text) => expression(pattern, "whole").exec(text);
export const found = (pattern, text) => expression(pattern).exec(text);
export const all = (pattern, text) => [...text.matchAll(expression(pattern, "g"))].map(([match]) => match);

/** The number of characters, not of halves of them. */
export const length = (text) => [...text].length;

/** Words in quotation marks, cut where they are long. */
export const quote = (words, most = 60) => {
  const letters = [...words];
  return format(pgettext("words that were typed", "“{words}”"), { words: letters.length <= most ? words : `${letters.slice(0, most - 1).join("")}…` });
};

/** “a”, “b” and “c”; of very many the first ones, and how many more there are. */
export const quoteList = (names, most = 30) => {
  const quoted = names.map((name) => quote(name));
  const more = names.length - most;
  if (more > 0) quoted.splice(most, Infinity, format(ngettext("{count} more", "{count} more", more), { count: number(more) }));
  return list(quoted);
};

/** Words without the space at their ends, whichever space that is. */
export const stripped = (words) => words.replace(/^[\s\x1c-\x1f\x85]+|[\s\x1c-\x1f\x85]+$/gu, "");

/** A text in small letters without accents, as the search folds it. */
export const fold = (text, table) => {
  const plain = (words) => [...words].map((letter) => table.foldedLetters[letter] ?? letter).join("");
  return plain(plain(text.normalize("NFKC").toLowerCase()).normalize("NFKD").replace(/(?![\u0900-\u1aaf\u1b00-\u1cff\u3099\u309a\ua800-\uabff\u{11000}-\u{11fff}])\p{M}/gu, ""));
};

/** How much two words have in common, from 0 to 1, as Python’s difflib counts it. */
const likeness = (one, other) => {
  const shared = (a, b) => {
    let best = [0, 0, 0];
    for (let at = 0; at < a.length; at += 1) {
      for (let to = 0; to < b.length; to += 1) {
        let size = 0;
        while (at + size < a.length && to + size < b.length && a[at + size] === b[to + size]) size += 1;
        if (size > best[2]) best = [at, to, size];
      }
    }
    const [at, to, size] = best;
    return size ? size + shared(a.slice(0, at), b.slice(0, to)) + shared(a.slice(at + size), b.slice(to + size)) : 0;
  };
  return one.length + other.length ? (2 * shared(other, one)) / (one.length + other.length) : 1;
};

/** The word that another is most likely a slip for, or undefined. */
export const closest = (word, known, least = 0.6) => known.map((each) => [likeness(word.toLowerCase(), each.toLowerCase()), each]).filter(([much]) => much >= least).sort((a, b) => b[0] - a[0] || (a[1] < b[1] ? 1 : -1))[0]?.[1];
