// The report and the action plan that are made of an assessment: what was said, principle by principle. There is no sum
// of anything in them.
import "../interface.js";
import { changed, gone, said, since, spoken } from "./answers.js";
import { drawing, element, quoted } from "./element.js";

const { format, gettext, language } = globalThis.interface;

const REPORTED = ["shows", "helps", "hinders"];
const STEP = ["next", "whom", "when"];

/** Whose assessment this is, of which text, and of which day. */
export const facts = (state, known) => element("dl", { className: "facts" },
  ...[
    [gettext("Who is answering"), state.who], [gettext("Partnership"), state.about],
    [gettext("The text"), format(gettext("{charter}, {version}"), { charter: known.shown, version: known.called })], [gettext("Last answered"), state.saved && spoken(state.saved)], [gettext("Date"), spoken()],
  ].filter(([, value]) => value).map(([name, value]) => element("div", {}, element("dt", {}, name), quoted(value, "dd"))));

/** What stands beside an answer whose words have changed. */
export const mark = (answer, known) => {
  if (!changed(answer, known)) return "";
  const { then, redline } = since(answer, known);
  return element("p", { className: "assess__look" }, element("strong", {}, gettext("The words have changed: look again.")), ` ${then} `,
    redline ? element("a", { href: redline }, gettext("Read what changed")) : "");
};

const answers = (answer, names, known) => element("dl", { className: "assess__answers" },
  ...names.filter((name) => answer[name].trim()).map((name) => element("div", {}, element("dt", {}, known.fields[name]), quoted(answer[name], "dd"))));
const some = (answer, names) => answer && names.some((name) => answer[name].trim());
const label = (principle) => [element("span", { className: "number" }, principle.number), ` ${principle.title}`];
const each = function* (known) {
  for (const [place, theme] of known.themes.entries())
    for (const principle of theme.principles) yield { principle, accent: (place % 6) + 1 };
};
const head = (...names) => element("thead", {}, element("tr", {}, ...names.map((name) => element("th", { scope: "col" }, name))));

const picture = (state, known) => element("table", { className: "assess__picture" },
  element("caption", {}, gettext("Where we are, principle by principle")),
  head(gettext("Principle"), gettext("Where we are")),
  ...known.themes.map((theme, place) => element("tbody", { data: { accent: (place % 6) + 1 } },
    element("tr", { className: "assess__theme" }, Object.assign(element("th", { scope: "rowgroup" }, ...label(theme)), { colSpan: 2 })),
    ...theme.principles.map((principle) => {
      const answer = state.answers.get(principle.id);
      return element("tr", {},
        element("th", { scope: "row" }, element("a", { href: `#assess.${principle.id}` }, ...label(principle))),
        element("td", {}, element("span", { className: "assess__where" }, drawing(known.levels, answer?.level), answer?.level ? known.levels[answer.level] : gettext("No answer yet")), mark(answer, known)));
    }))));

const former = (state, known) => {
  const left = gone(state, known);
  if (!left.length) return "";
  return element("section", { className: "assess__gone" }, element("h3", {}, gettext("No longer in the charter")),
    element("p", {}, gettext("These answers are still in your file. What they were about has been removed from the charter, or reworded elsewhere.")),
    ...left.map((answer) => {
      const was = Object.hasOwn(known.gone, answer.principle) ? known.gone[answer.principle] : null;
      return element("section", {}, element("h4", {}, was ? element("a", { href: was.address }, was.title) : element("span", { dir: "auto" }, answer.principle)),
        answer.level ? element("p", {}, known.levels[answer.level]) : "", answers(answer, [...REPORTED, ...STEP], known));
    }));
};

/** The report, as the children of its place. */
export const report = (state, known) => {
  const told = [...each(known)].map((one) => ({ ...one, answer: state.answers.get(one.principle.id) })).filter(({ answer }) => some(answer, [...REPORTED, ...STEP]));
  return [
    facts(state, known),
    picture(state, known),
    element("p", { className: "assess__note" }, gettext("Take each line on its own. They don’t add up to a score, and they aren’t meant for comparing yourselves with others.")),
    ...(told.length ? [element("h3", {}, gettext("In our own words"))] : []),
    ...told.map(({ principle, accent, answer }) => element("section", { className: "assess__told", data: { accent } },
      element("h4", {}, ...label(principle)), answer.level ? element("p", { className: "assess__where" }, drawing(known.levels, answer.level), known.levels[answer.level]) : "",
      mark(answer, known), answers(answer, [...REPORTED, ...STEP], known))),
    former(state, known),
  ].filter(Boolean);
};

/** The action plan, as the children of its place. */
export const plan = (state, known) => {
  const planned = [...each(known)].map((one) => ({ ...one, answer: state.answers.get(one.principle.id) })).filter(({ answer }) => some(answer, STEP));
  if (!planned.length) return [facts(state, known), element("p", {}, gettext("You haven’t written down a next step yet. Each principle has a place for one."))];
  return [facts(state, known), element("table", { className: "assess__plan" },
    element("caption", {}, gettext("What we’ll do next")),
    head(gettext("Principle"), known.fields.next, known.fields.whom, known.fields.when),
    element("tbody", {}, ...planned.map(({ principle, accent, answer }) => element("tr", { data: { accent } },
      element("th", { scope: "row" }, element("a", { href: `#assess.${principle.id}` }, ...label(principle)), mark(answer, known)),
      ...STEP.map((name) => element("td", { data: { name: known.fields[name] } }, answer[name].trim() ? quoted(answer[name], "div") : "–"))))))];
};

/** A summary of whether and how a principle is answered, for the list of steps. */
export const stateOf = (answer, known) => {
  if (!said(answer)) return "";
  if (changed(answer, known)) return gettext("the words have changed: look again");
  return answer.level ? known.levels[answer.level].toLocaleLowerCase(language) : gettext("begun");
};
