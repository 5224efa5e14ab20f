// What `charter check` will say of an answer, as far as that can be told without the register: by the patterns and lists
// of a table that the program made of its own rules.
import "../interface.js";
import { addressFault } from "./address.js";
import { deceptiveLetters, hiddenLetters, isLatin } from "./letters.js";
import { registrationFault } from "./registration.js";
import { pledgeQuestions, roleQuestion } from "./people.js";
import { expression, found, length, quote, quoteList, stripped, whole } from "./words.js";

const { format, gettext, ngettext, number } = globalThis.interface;
const WORDS = ["name", "name_latin", "new_name", "area", "pledge", "role", "note"]; // an organisation's own
const HIDDEN = /[\p{Cc}\p{Cs}\p{Cn}\p{Zl}\p{Zp}]/u;

const MARGIN = /^[ \u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]+|[ \u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]+$/gu;

/** An answer with single spaces, in the form in which it is kept: without marks around it that nobody sees. */
export const tidy = (words) => words.replace(/[ \t\n\u00a0]+/g, " ").normalize("NFC").replace(MARGIN, "");

/** Whether words answer a question that may be left empty: “none” does not. */
export const isAnswer = (words, table) => Boolean(tidy(words)) && !table.noAnswer.includes(tidy(words).toLowerCase());

const lowerFirst = (sentence) => sentence.slice(0, 1).toLowerCase() + sentence.slice(1).replace(/\.$/, "");

/** An answer as it is kept, and what is wrong with it as an answer, as [message, fix], or null. */
const parsed = (field, words, table, required) => {
  let value = tidy(words);
  if (!required && !isAnswer(value, table)) return ["", null];
  if (!value) return ["", [gettext("this has to be answered"), field.choices.length ? format(gettext("write one of {choices}"), { choices: quoteList(field.choices) }) : lowerFirst(field.help)]];
  if (length(value) > table.mostOfAll) return [value, [format(ngettext("it has {count} character", "it has {count} characters", length(value)), { count: number(length(value)) }), gettext("say it more briefly")]];
  const hidden = HIDDEN.exec(value);
  if (hidden) return [value, [format(gettext("it has a character in it that ends a line or hides, {character}"), { character: `U+${hidden[0].codePointAt(0).toString(16).toUpperCase().padStart(4, "0")}` }), gettext("type it again")]];
  if (new RegExp(`^(?:${table.patterns.formula[0]})`, table.patterns.formula[1]).test(value)) return [value, [format(gettext("{value} is a formula of a spreadsheet"), { value: quote(value) }), gettext("write the words or the figures themselves")]];
  if ((field.key === "website" || field.key === "link") && value.startsWith("<") && value.endsWith(">")) value = value.slice(1, -1);
  if (field.key === "version") value = value.replace(expression(table.patterns.beforeNumber), "");
  return [field.choices.find((choice) => choice.toLowerCase() === value.toLowerCase()) ?? value, null];
};

/** An e-mail address in words, or "". */
const email = (words, table) => {
  if (!found(table.patterns.at, words)) return "";
  return found(table.patterns.email, words.normalize("NFKC").replaceAll(expression(table.patterns.authority, "g"), "://"))?.[0] ?? "";
};

/** A value as it is read back from its file: without space and letters that only format at its end. */
const asRead = (value) => {
  const letters = [...stripped(value)];
  while (/^\p{Cf}$/u.test(letters.at(-1) ?? "")) letters.pop();
  return stripped(letters.join(""));
};

const strayed = (value) => {
  if (value === stripped(value)) return "";
  return /^[\s\x1c-\x1f\x85]/u.test(value) ? gettext("it has a space before its first word") : gettext("it has a space after its last word");
};

const IN_WORDS = gettext("write year, month and day, as 2027-03-01, or the month in words, as 1 March 2027");

/** What is wrong with a day, written as 2027-03-01, as [message, fix], or null. `how` says how to write one where it was asked. */
export const dayFault = (day, today, version = "", released = "", how = IN_WORDS) => {
  const [year, month, number] = day.split("-").map(Number), date = new Date(Date.UTC(year, month - 1, number));
  const real = /^\d{4}-\d{2}-\d{2}$/.test(day) && year > 0 && date.getUTCMonth() === month - 1 && date.getUTCDate() === number;
  if (!real) return [format(gettext("{day} is not a day in the calendar"), { day: quote(day) }), how];
  if (day > today) return [format(gettext("{day} is in the future"), { day }), gettext("write the day on which it was done, if this computer’s clock is right")];
  if (released && day < released) return [format(gettext("{day} is before {released}, the day on which {version} was released"), { day, released, version }), gettext("write the day on which it was signed")];
  return null;
};

/** All that is wrong with the answer to a question, which is `required` or not, as [message, fix] each. */
export const verdict = (key, words, table, required) => {
  const field = table.fields.find((each) => each.key === key);
  const [value, wrong] = parsed(field, words, table, required);
  if (wrong) return [wrong];
  if (!value) return [];
  const faults = [], say = (fault) => { if (fault) faults.push(fault); };
  if (stripped(value) === "~") return [[format(gettext("there is nothing after “{key}”"), { key }), gettext("write it")]];
  const space = strayed(value);
  if (space) say([space, gettext("write it on one line, with single spaces between words")]);
  hiddenLetters(value, table).forEach(say);
  const address = email(value, table);
  if (address) say([format(gettext("{value} is an e-mail address"), { value: quote(address) }), key === "website" ? table.ownPage : gettext("leave it out: the organisation's website says how to write to it")]);
  const most = table.most[key], own = asRead(value);
  if (most && length(own) > most) say([format(ngettext("it has {count} character; {most} is the most", "it has {count} characters; {most} is the most", length(own)), { count: length(own), most }), gettext("say it more briefly")]);
  if (WORDS.includes(key)) {
    const deceptive = deceptiveLetters(value, table);
    if (deceptive) say(deceptive);
    else if (key === "name_latin" && !isLatin(value)) say([format(gettext("{value} has letters that are not Latin"), { value: quote(own) }), gettext("write the name in Latin letters, as on the organisation's website")]);
  }
  if (["name", "name_latin", "new_name"].includes(key) && !/[\p{L}\p{N}]/u.test(value)) say([format(gettext("{value} is not a name"), { value: quote(value) }), gettext("write the organisation's name")]);
  if (key === "kind" && field.choices.length && !field.choices.includes(value)) say([format(gettext("{value} is not a kind of organisation that this charter knows"), { value: quote(value) }), format(gettext("choose from {choices}"), { choices: quoteList(field.choices) })]);
  if (key === "website" || key === "link") {
    const fault = addressFault(own, table);
    if (fault) say(fault);
  }
  if (key === "registration") say(registrationFault(own, table));
  return faults;
};

/** What a person will look at in an answer before it is taken in, as [message, fix] each: no fault, and no reason to stop. */
export const questions = (key, words, table) => {
  const own = asRead(tidy(words));
  if (key === "role") return [roleQuestion(own, table)].filter(Boolean);
  return ["pledge", "note"].includes(key) ? pledgeQuestions(own, table) : [];
};

/** Whether a name needs another beside it, in Latin letters. */
export const needsLatin = (name, table) => Boolean(tidy(name)) && !isLatin(tidy(name)) && !deceptiveLetters(tidy(name), table);
