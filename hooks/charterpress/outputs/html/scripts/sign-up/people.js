// A person’s name, a way to reach somebody, or an address that sells, among an organisation’s words. What is found is not
// certain: a person looks at it. The rules are those of the check.
import "../interface.js";
import { all, expression, fold, found, quote, whole } from "./words.js";

const { format, gettext } = globalThis.interface;

/** What a word of a role is: T of an office, C a courtesy title, G a given name, P one that is a place too, I initials, S a saint’s name, F a particle, O any other. */
const kind = (word, table) => {
  const plain = fold(word.replace(/[’']s$/, ""), table).replace(/\.+$/, ""), pieces = plain.split("-");
  if (whole(table.patterns.initials, word) && (/\p{L}/u.test(word) && word === word.toUpperCase() || word.includes(".")) && word.length < 6) return "I";
  if (table.courtesyTitles.has(plain) && !/^m\.*$/i.test(word)) return "C";
  if (pieces.some((each) => table.officeWords.has(each)) || table.saints.has(plain)) return "T";
  if (table.placeNames.has(plain)) return "P";
  if (table.givenNames.has(plain) || (pieces.length > 1 && table.givenNames.has(pieces[0]))) return "G";
  return table.particles.has(plain) ? "F" : "O";
};
const kinds = (part, table) => {
  const made = [];
  for (const word of all(table.patterns.token, part)) {
    const before = made.at(-1);
    made.push([word, before && table.saints.has(fold(before[0], table).replace(/\.+$/, "")) ? "S" : kind(word, table)]);
  }
  return made;
};
const upper = (word) => /^\p{Lu}/u.test(word);
const isName = (word, table) => whole(table.patterns.capitalised, word) && upper(word) && (word.length < 3 || word !== word.toUpperCase());

const isPerson = (tokens, alone, table) => {
  const pattern = tokens.map(([, each]) => each).join(""), words = tokens.map(([word]) => fold(word, table).replace(/\.+$/, ""));
  if (pattern === "P") return alone;
  for (const [at, each] of [...pattern].entries()) {
    const after = pattern[at + 1] ?? "";
    if (each === "C" && after && after !== "T") return true;
    if (each === "G" && !(at && table.ofPlaces.has(words[at - 1]) && (after === "" || after === "T"))) return true;
    if (each === "G" && words[at - 2] === "behalf" && words[at - 1] === "of") return true;
    if (each === "I" && (after === "O" || after === "P") && upper(tokens[at + 1][0])) return true;
  }
  const named = tokens.filter(([, each]) => each !== "F").map(([word]) => word);
  if (!/[TCS]/.test(pattern) && named.length >= 2 && named.length <= 4 && named.every((word) => isName(word, table))) return true;
  return (pattern === "TO" || pattern === "TP") && table.officesAndNames.has(words[0]) && upper(tokens[1][0]);
};

/** The part of a role that looks like a person’s name, or "". */
const personIn = (role, table) => {
  const parts = role.replaceAll(expression(table.patterns.joined, "g"), " ").replace(/\)+$/, "").split(expression(table.patterns.parts)).filter((part) => part.trim());
  const known = parts.map((part) => kinds(part, table));
  const at = known.findIndex((tokens) => tokens.length && isPerson(tokens, parts.length === 1, table));
  if (at >= 0) return parts[at].trim();
  if (known.length === 2 && known.every((tokens) => tokens.length === 1) && known[0][0][1] === "O" && known[1][0][1] === "I" && upper(known[0][0][0])) return role;
  return "";
};

/** What a person has to look at in a role, as [message, fix], or null. */
export const roleQuestion = (role, table) => {
  const person = personIn(role, table);
  return person ? [format(gettext("{words} looks like a person's name"), { words: quote(person) }), gettext("write the role alone, such as “Chief Executive”; if it is not a name, a person accepts it")] : null;
};

const signature = (words, table, capital) => {
  const person = personIn(words, table);
  const known = all(table.patterns.token, person).filter((word) => upper(word) || !capital).map((word) => fold(word, table).replace(/\.+$/, ""));
  return known.some((word) => table.givenNames.has(word) || table.courtesyTitles.has(word)) ? person : "";
};

/** What a person has to look at in a pledge, as [message, fix] each. */
export const pledgeQuestions = (pledge, table) => {
  const asked = all(table.patterns.telephone, pledge).map((words) => [words.trim(), gettext("{words} looks like a telephone number")]);
  for (const words of all(table.patterns.spelledEmail, pledge)) asked.push([words, gettext("{words} looks like an e-mail address")]);
  for (const match of pledge.matchAll(expression(table.patterns.host, "g"))) {
    const host = match[1].toLowerCase().replace(/^www\./, ""), pieces = host.split(".");
    const ends = [host, pieces.slice(-2).join("."), pieces.at(-1), `${pieces[0]}.*`];
    if (ends.some((each) => table.askedHosts.has(each))) asked.push([match[0], gettext("{words} is the address of a shop, or of a service that shortens addresses")]);
  }
  const signed = found(table.patterns.signOff, pledge), person = signed ? signature(signed[1].trim(), table, /^\s*(?:signed|from)/i.test(signed[0])) : "";
  if (person) asked.push([person, gettext("{words} looks like a person's signature")]);
  return asked.map(([words, looks]) => [format(looks, { words: quote(words) }), gettext("leave it out; if it is something else, a person accepts it")]);
};
