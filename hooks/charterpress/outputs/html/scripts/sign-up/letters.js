// Letters that do harm: they hide, turn the text round, or pass for others. The rules are those of the check.
import "../interface.js";
import { all, found, quote } from "./words.js";

const { format, gettext, ngettext, number, pgettext } = globalThis.interface;
const ACCENT = /^\p{Script=Inherited}$/u;

/** A letter by its number, and by its name where the table has it. */
const named = (letter, table) => {
  const code = letter.codePointAt(0), name = table.names[letter] ?? (code >= 0xe0100 ? `variation selector-${code - 0xe0100 + 17}` : "");
  return `U+${code.toString(16).toUpperCase().padStart(4, "0")}${name ? ` (${name})` : ""}`;
};

const emoji = (letter) => letter === "\ufe0f" || /^[\p{So}\p{Sk}]$/u.test(letter);

/** Whether an invisible letter does its work where it stands: joining letters, or making an emoji. */
const needed = (letters, at, { joining, unspaced }) => {
  const letter = letters[at], before = letters[at - 1], after = letters[at + 1];
  if ("\u200c\u200d".includes(letter) && before && after) {
    const both = [before, after];
    if (both.every((each) => joining.test(each) || ACCENT.test(each)) && both.some((each) => joining.test(each))) return true;
    return letter === "\u200d" && emoji(before) && emoji(after);
  }
  if (letter === "\u200b" && before && after) return unspaced.test(before) && unspaced.test(after);
  if (letter >= "\u{e0020}" && letter <= "\u{e007f}") return letters.slice(0, at).join("").replace(/[\u{e0020}-\u{e007f}]+$/u, "").endsWith("\u{1f3f4}");
  return "\u180b\u180c\u180d\u180e".includes(letter) && /^\p{Script=Mongolian}$/u.test(before ?? "");
};

/** What is wrong with letters that cannot be seen, as [message, fix] each. */
export const hiddenLetters = (value, table) => {
  const faults = [], turning = found(table.patterns.turning, value), letters = [...value];
  if (turning) faults.push([format(gettext("there is a character that changes the direction of text here, {character}"), { character: named(turning[0], table) }), gettext("delete it")]);
  const at = letters.findIndex((letter, place) => found(table.patterns.invisible, letter) && !needed(letters, place, table.scripts));
  if (at >= 0) faults.push([format(gettext("there is an invisible character here, {character}"), { character: named(letters[at], table) }), gettext("delete it")]);
  return faults;
};

/** What is wrong with letters that pass for others, as [message, fix], or null. */
export const deceptiveLetters = (value, table) => {
  for (const word of all(table.patterns.word, value)) {
    const scripts = table.scripts.alike.filter(([, script]) => [...word].some((letter) => !table.sharedLetters.includes(letter) && script.test(letter))).map(([name]) => name).sort();
    if (scripts.length > 1) return [format(gettext("it has letters of {scripts} in one word, {word}"), { scripts: scripts.reduce((start, end) => format(pgettext("scripts", "{start} and {end}"), { start, end })), word: quote(word) }), gettext("type the word again on one keyboard")];
  }
  if (found(table.patterns.marks, value.normalize("NFD"))) return [format(ngettext("it has more than {count} mark on one letter", "it has more than {count} marks on one letter", table.mostMarks), { count: number(table.mostMarks) }), gettext("delete the extra marks")];
  const styled = found(table.patterns.styled, value);
  if (styled) return [format(gettext("it has mathematical letters, such as {letters}"), { letters: quote(styled[0]) }), format(gettext("write ordinary letters: {words}"), { words: quote(value.normalize("NFKC")) })];
  const own = found(table.patterns.own, value);
  if (own) return [format(gettext("it has a private-use character, {character}"), { character: `U+${own[0].codePointAt(0).toString(16).toUpperCase().padStart(4, "0")}` }), gettext("write it in characters that every font has")];
  return null;
};

/** Whether every letter of a text is a Latin one. */
export const isLatin = (text) => [...text.normalize("NFKC")].every((letter) => !/^\p{L}$/u.test(letter) || /^[\p{Lm}\p{Script=Latin}]$/u.test(letter));
