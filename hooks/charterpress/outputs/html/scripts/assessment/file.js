// The form of a self-assessment as a file, assessment-1 (the schema describes it), and in the browser's store, which
// keeps the very same text. What is read is a stranger's: every field is looked at by its name, and nothing else is
// taken over.

import "../interface.js";

const { format, gettext, ngettext, number } = globalThis.interface;

export const FIELDS = ["shows", "helps", "hinders", "next", "whom", "when"];
export const LARGEST = 5_000_000; // bytes
const MOST = 2000; // answers
const FORM = /^assessment-(\d{1,9})$/;
const HERE = 1;

/** What is wrong with a file, in words for its reader. */
export class Fault extends Error {}

const damaged = (why) => new Fault(format(gettext("This file can’t be read: {why}. Nothing in it was used."), { why }));

const object = (value, why) => {
  if (value === null || typeof value !== "object" || Array.isArray(value)) throw damaged(why);
  return value;
};
const words = (from, name, longest) => {
  const value = Object.hasOwn(from, name) ? from[name] : "";
  if (typeof value !== "string") throw damaged(format(gettext("“{name}” isn’t text"), { name }));
  if (value.length > longest) throw damaged(format(ngettext("“{name}” is longer than {count} character", "“{name}” is longer than {count} characters", longest), { name, count: number(longest) }));
  return value;
};
const needed = (from, name, longest) => {
  const value = words(from, name, longest);
  if (!value) throw damaged(format(gettext("“{name}” is missing"), { name }));
  return value;
};
const answer = (value, known) => {
  const from = object(value, gettext("an answer is not what it should be"));
  const found = {
    principle: needed(from, "principle", 200),
    version: needed(from, "version", 200),
    words: words(from, "words", 200),
    level: words(from, "level", 200),
  };
  if (found.level && !Object.hasOwn(known.levels, found.level)) throw damaged(gettext("one of its answers isn’t one of the four"));
  for (const field of FIELDS) found[field] = words(from, field, known.longest);
  return found;
};

/** An assessment of which nothing is said yet. */
export const blank = () => ({ who: "", about: "", saved: "", answers: new Map() });

/** The assessment that a text holds, by the ids that principles have now. Throws a Fault in plain words. */
export const read = (text, known) => {
  let value;
  try { value = JSON.parse(text); } catch { throw damaged(gettext("it’s damaged, or isn’t a self-assessment")); }
  const from = object(value, gettext("it is not what it should be"));
  const form = FORM.exec(words(from, "format", 200));
  if (!form) throw damaged(gettext("it isn’t a self-assessment"));
  if (Number(form[1]) > HERE) throw new Fault(gettext("This file was made by a newer version of this page. Reload the page, then open the file again."));
  if (Number(form[1]) < HERE) throw damaged(gettext("it isn’t a self-assessment"));
  const charter = needed(from, "charter", known.longest);
  if (!known.titles.includes(charter)) throw new Fault(format(gettext("This file is about another charter, “{other}”. This page is about the {charter}."), { other: charter.slice(0, 200), charter: known.shown }));
  if (!Array.isArray(from.answers)) throw damaged(gettext("its answers are missing"));
  if (from.answers.length > MOST) throw damaged(format(ngettext("it has more than {count} answer", "it has more than {count} answers", MOST), { count: number(MOST) }));
  const state = blank();
  for (const name of ["who", "about"]) state[name] = words(from, name, known.longest);
  state.saved = words(from, "saved", 200);
  for (const each of from.answers.map((one) => answer(one, known))) {
    const id = Object.hasOwn(known.renamed, each.principle) ? known.renamed[each.principle] : each.principle;
    if (state.answers.has(id)) throw damaged(gettext("it has two answers about one principle"));
    state.answers.set(id, { ...each, principle: id });
  }
  return state;
};

/** An assessment as text, to be kept or saved. */
export const write = (state, known) => `${JSON.stringify({
  format: `assessment-${HERE}`,
  charter: known.charter,
  version: known.version,
  saved: state.saved,
  who: state.who,
  about: state.about,
  answers: [...state.answers.values()],
}, null, 2)}\n`;

/** The assessment in a file that somebody chose. Throws a Fault in plain words. */
export const opened = async (file, known) => {
  if (file.size > LARGEST) throw damaged(format(ngettext("it is larger than {count} megabyte", "it is larger than {count} megabytes", LARGEST / 1_000_000), { count: number(LARGEST / 1_000_000) }));
  let text;
  try { text = await file.text(); } catch { throw damaged(gettext("your browser can’t open it")); }
  return read(text, known);
};
