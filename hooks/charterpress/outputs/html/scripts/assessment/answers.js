// What answers say, and whether they were given to the words that the charter has now.
import "../interface.js";
import { FIELDS } from "./file.js";

const { day, format, gettext } = globalThis.interface;

const today = () => {
  const now = new Date();
  return [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) => String(part).padStart(2, "0")).join("-");
};
const DATE = /^(\d{4})-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/;

/** A date as people write it, “5 March 2026”; what is no date stays as it is. */
export const spoken = (date = today()) => (DATE.test(date) && Date.parse(`${date}T00:00Z`) ? day(date) : date);

/** Whether an answer says anything. */
export const said = (answer) => Boolean(answer && (answer.level || FIELDS.some((field) => answer[field].trim())));

/** The words that an answer was given to: as the site knows them, or, for a version it does not know, as the file says. */
export const given = (answer, known) => {
  const version = Object.hasOwn(known.versions, answer.version) ? known.versions[answer.version] : null;
  return version && Object.hasOwn(version.words, answer.principle) ? version.words[answer.principle] : answer.words;
};

/** Whether the words of a principle have changed since it was answered. */
export const changed = (answer, known) => said(answer) && Object.hasOwn(known.words, answer.principle) && given(answer, known) !== known.words[answer.principle];

/** In which version a changed principle was answered, in a sentence, and where to read what changed, or "". */
export const since = (answer, known) => {
  const version = Object.hasOwn(known.versions, answer.version) ? known.versions[answer.version] : null;
  return {
    then: version ? format(gettext("You answered this for version {version} of {day}."), { version: answer.version, day: version.day }) : gettext("You answered this for a different text."),
    redline: version?.changes ? `${version.changes}#${answer.principle}` : "",
  };
};

/** The assessment with one field of one principle answered. An answer to changed words stays one until `again`. */
export const answered = (state, id, field, value, known) => {
  const before = state.answers.get(id) ?? { principle: id, version: "", words: "", level: "", ...Object.fromEntries(FIELDS.map((each) => [each, ""])) };
  const after = { ...before, [field]: value };
  if (!said(after)) state.answers.delete(id);
  else state.answers.set(id, changed(before, known) ? after : current(after, known));
  state.saved = today();
};

/** The assessment with an answer said to hold for the words of now. */
export const again = (state, id, known) => {
  state.answers.set(id, current(state.answers.get(id), known));
  state.saved = today();
};
const current = (answer, known) => ({ ...answer, version: known.version, words: known.words[answer.principle] });

/** Answers about what is no longer a principle of the charter. */
export const gone = (state, known) => [...state.answers.values()].filter((answer) => !Object.hasOwn(known.words, answer.principle) && said(answer));
