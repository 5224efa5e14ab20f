// Two assessments side by side: where do two partners see the same partnership differently?
import "../interface.js";
import { gone, said, spoken } from "./answers.js";
import { drawing, element, quoted } from "./element.js";
import { FIELDS } from "./file.js";
import { mark } from "./report.js";

const { format, gettext } = globalThis.interface;

const GROUPS = [
  [gettext("Where you see it differently"), gettext("Start here, and ask before you explain: what did you have in mind when you chose?")],
  [gettext("Where only one of you has answered"), gettext("Ask the other side what they would say.")],
  [gettext("Where you see it the same way"), gettext("Is it for the same reasons?")],
];
const group = (first, second) => {
  if (!first?.level && !second?.level) return said(first) || said(second) ? 1 : -1;
  if (!first?.level || !second?.level) return 1;
  return first.level === second.level ? 2 : 0;
};

const side = (name, answer, known) => element("div", { className: "assess__side" },
  element("h5", { dir: "auto" }, name),
  element("p", { className: "assess__where" }, drawing(known.levels, answer?.level), answer?.level ? known.levels[answer.level] : gettext("No answer")),
  mark(answer, known),
  element("dl", { className: "assess__answers" }, ...FIELDS.filter((field) => answer?.[field].trim()).map((field) =>
    element("div", {}, element("dt", {}, known.fields[field]), quoted(answer[field], "dd")))));

/** What an assessment is about, and its day. */
const answeredOn = ({ about, saved }) => {
  const values = { about, day: spoken(saved) };
  if (!saved) return about || "–";
  return format(about ? gettext("{about}, last answered on {day}") : gettext("last answered on {day}"), values);
};

/** The comparison, as the children of its place; `names` are what the two are called. */
export const comparison = (states, names, known) => {
  const found = GROUPS.map(() => []);
  known.themes.forEach((theme, place) => {
    for (const principle of theme.principles) {
      const [first, second] = states.map((state) => state.answers.get(principle.id));
      const at = group(first, second);
      if (at < 0) continue;
      found[at].push(element("section", { className: "assess__pair", data: { accent: (place % 6) + 1 } },
        element("h4", {}, element("span", { className: "number" }, principle.number), ` ${principle.title}`),
        element("div", { className: "assess__sides" }, side(names[0], first, known), side(names[1], second, known))));
    }
  });
  const left = states.flatMap((state) => gone(state, known));
  return [
    element("dl", { className: "facts" }, ...states.map((state, at) => element("div", {},
      element("dt", { dir: "auto" }, names[at]), quoted(answeredOn(state), "dd"))),
    element("div", {}, element("dt", {}, gettext("The text")), element("dd", {}, format(gettext("{charter}, {version}"), { charter: known.shown, version: known.called })))),
    ...GROUPS.flatMap(([title, help], at) => found[at].length ? [element("h3", {}, title), element("p", {}, help), ...found[at]] : []),
    ...(found.flat().length ? [] : [element("p", {}, gettext("Neither file has an answer about any principle in the current charter."))]),
    ...(left.length ? [element("p", { className: "assess__note" }, gettext("Answers about principles that are no longer in the charter are left out here; they’re still in the files."))] : []),
  ];
};
