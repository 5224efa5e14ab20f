// What an organisation publishes of a self-assessment, principle by principle: nothing is chosen for it, and no note leaves
// the page unless somebody takes it over. It ends with the lines that the form to report takes (editing/sign_up/report_lines.py).
import "../interface.js";
import { copied } from "../copy.js";
import { given, said, since } from "./answers.js";
import { drawing, element } from "./element.js";
import { FIELDS } from "./file.js";
import { assessment, known, part, say } from "./main.js";

const { format, gettext, ngettext, number } = globalThis.interface;
const maker = JSON.parse(part("maker", document).textContent);
const place = part("publish");
const KEY = `self-assessment: ${known.titles[0]}, published`;
const NAMES = Object.fromEntries(maker.answers);
const ADDRESS = /^https?:\/\/[^\s<>]+$/iu;

const nothing = () => ({ answer: "", words: "", evidence: "", looked: "" });
let choices = {}; // what is published, by the ids of principles in the version that is reported on
let version = maker.versions[0];

const own = (id) => (Object.hasOwn(choices, id) ? choices[id] : nothing());
const wordsOf = (principle) => known.versions[version.version].words[principle.heir];
const subjects = () => version.principles.map(([id, heir, title]) => {
  const principle = { id, heir, title }, answer = assessment().answers.get(heir);
  const changed = said(answer) && given(answer, known) !== wordsOf(principle) && own(id).looked !== wordsOf(principle);
  return { ...principle, answer, changed };
});

// --- Keeping, in this tab alone --------------------------------------------------------------------------------------

const keep = () => { try { sessionStorage.setItem(KEY, JSON.stringify({ version: version.version, choices })); } catch { /* it stands on the page until it is left */ } };
const recall = () => {
  let kept = null;
  try { kept = JSON.parse(sessionStorage.getItem(KEY)); } catch { return; }
  if (kept === null || typeof kept !== "object" || kept.choices === null || typeof kept.choices !== "object") return;
  version = maker.versions.find((each) => each.version === kept.version) ?? version;
  for (const [id, value] of Object.entries(kept.choices)) {
    const chosen = nothing();
    for (const key of Object.keys(chosen)) if (typeof value?.[key] === "string") chosen[key] = value[key];
    if (!chosen.answer || Object.hasOwn(NAMES, chosen.answer)) choices[id] = chosen;
  }
};
const choose = (id, values) => {
  choices[id] = { ...own(id), ...values };
  keep();
  tell();
};

// --- What is wrong ---------------------------------------------------------------------------------------------------

const tidy = (words) => words.replace(/\s+/gu, " ").trim().normalize("NFC");
const faultOf = (key, words) => {
  const count = [...tidy(words)].length;
  if (key === "words" && count > maker.most) return format(ngettext("This has {count} character; {most} is the most.", "This has {count} characters; {most} is the most.", count), { count: number(count), most: number(maker.most) });
  if (key === "words" && /https?:\/\//iu.test(words)) return format(gettext("A web address goes below, under “{field}”."), { field: gettext("A page that shows it") });
  if (key === "evidence" && words.trim() && !ADDRESS.test(words.trim())) return gettext("Write the whole address, which begins with https://");
  return "";
};
const mark = (field, fault) => {
  document.getElementById(`${field.id}.error`).textContent = fault;
  if (fault) field.setAttribute("aria-invalid", "true");
  else field.removeAttribute("aria-invalid");
};

// --- Choosing --------------------------------------------------------------------------------------------------------

const look = (subject) => {
  const button = element("button", { className: "button", type: "button" }, gettext("We’ve looked again"), element("span", { className: "visually-hidden" }, ` ${subject.title}`));
  button.addEventListener("click", () => {
    choose(subject.id, { looked: wordsOf(subject) });
    show();
    document.getElementById(`publish.${subject.id}.none`).focus();
  });
  return element("div", { className: "erratum" },
    element("p", {}, element("strong", {}, gettext("The words have changed: look again.")), ` ${since(subject.answer, known).then} `,
      element("a", { href: `${version.address}#${subject.id}` }, format(gettext("Read the words of version {version}"), { version: version.version }))),
    element("p", {}, button));
};
const field = (subject, key, label, hint, tag, values) => {
  const id = `publish.${subject.id}.${key}`, made = element(tag, { id, name: id, dir: "auto", value: own(subject.id)[key], ...values });
  made.setAttribute("aria-describedby", `${id}.hint ${id}.error`);
  made.addEventListener("input", () => choose(subject.id, { [key]: made.value }));
  made.addEventListener("change", () => mark(made, faultOf(key, made.value)));
  return element("div", { className: "assess__field" }, element("label", { htmlFor: id }, label, " ", element("span", { className: "sign-form__optional" }, gettext("(optional)"))), " ",
    element("span", { className: "assess__hint", id: `${id}.hint` }, hint), element("span", { className: "sign-form__error", id: `${id}.error` }), made);
};
const takeOver = (subject, name) => {
  const label = format(gettext("Take over “{note}”"), { note: known.fields[name] });
  const button = element("button", { className: "button", type: "button" }, label, element("span", { className: "visually-hidden" }, ` ${subject.title}`));
  button.addEventListener("click", () => {
    const words = document.getElementById(`publish.${subject.id}.words`);
    words.value = tidy(subject.answer[name]);
    choose(subject.id, { words: words.value });
    mark(words, faultOf("words", words.value));
    words.focus();
  });
  return button;
};
const choice = (subject, value, name, checked, more) => {
  const id = `publish.${subject.id}.${value.replaceAll(" ", "-") || "none"}`, made = element("input", { type: "radio", id, name: `publish.${subject.id}`, value, checked });
  made.addEventListener("change", () => {
    more.hidden = !value;
    choose(subject.id, { answer: value });
  });
  return element("label", { className: "assess__level", htmlFor: id }, made, element("span", {}, name));
};
const asked = (subject) => {
  const chosen = own(subject.id), notes = FIELDS.filter((name) => subject.answer?.[name].trim());
  const more = element("div", { className: "assess__fields", hidden: !chosen.answer },
    field(subject, "words", gettext("In your own words"), format(gettext("Everyone can read this. At most {most} characters; no names of people, no e-mail addresses."), { most: number(maker.most) }), "textarea", { rows: 3 }),
    ...(notes.length ? [element("p", { className: "actions" }, ...notes.map((name) => takeOver(subject, name)))] : []),
    field(subject, "evidence", gettext("A page that shows it"), gettext("The whole address, which begins with https://"), "input", { type: "url" }));
  const choose = element("fieldset", { className: "assess__choice" }, element("legend", {}, gettext("What do you publish?"), element("span", { className: "visually-hidden" }, ` ${subject.title}`)),
    choice(subject, "", gettext("Nothing about this principle"), !chosen.answer, more),
    ...maker.answers.map(([value, name]) => choice(subject, value, name, chosen.answer === value, more)));
  return [choose, more];
};
const section = (subject) => {
  const level = subject.answer?.level;
  return element("section", { className: "assess__subject" }, element("h3", {}, subject.title),
    level ? element("p", { className: "assess__where" }, drawing(known.levels, level), known.levels[level]) : "",
    level && !subject.changed ? element("p", { className: "assess__note" }, format(gettext("The nearest answer in a report is “{answer}”. It’s yours to choose."), { answer: NAMES[maker.nearest[level]] })) : "",
    ...(subject.changed ? [look(subject)] : asked(subject)));
};
const show = () => {
  part("subjects", place).replaceChildren(...subjects().map(section));
  for (const each of place.querySelectorAll("textarea[name], input[type=url]")) mark(each, faultOf(each.name.split(".").at(-1), each.value));
  tell();
};

// --- What comes of it ------------------------------------------------------------------------------------------------

/** What is chosen, and in order: each principle with its answer, words and evidence. */
const chosen = () => subjects().filter((each) => !each.changed && own(each.id).answer).map((each) => {
  const { answer, words, evidence } = own(each.id);
  return { ...each, chosen: answer, words: tidy(words), evidence: evidence.trim() };
});
const line = ({ id, chosen: answer, words, evidence }) => [`${id} = ${NAMES[answer]}`, words || evidence ? ";" : "", words && ` ${words}`, evidence && ` ${evidence}`].join("");
const quoted = (words) => `'${words.replaceAll("'", "'\\''")}'`;
const command = (all) => ["charter report …", "--from self-assessment.json", `--version ${version.version}`, ...all.flatMap(({ id, answer: assessed, chosen: answer, words, evidence }) => [
  `--principle ${quoted(`${id}=${answer}`)}`, words && `--words ${quoted(`${id}=${words}`)}`, evidence && `--evidence ${quoted(`${id}=${evidence}`)}`,
  said(assessed) && own(id).looked && `--looked ${id}`,
])].filter(Boolean).join(" \\\n  ");
const tell = () => {
  const all = chosen(), text = all.map((each) => `${line(each)}\n`).join("");
  const wrong = all.some((each) => faultOf("words", each.words) || faultOf("evidence", each.evidence));
  part("none", place).hidden = all.length > 0;
  part("wrong", place).hidden = !wrong;
  part("chosen", place).replaceChildren(...all.flatMap((each) => [element("dt", {}, each.title),
    element("dd", { dir: "auto" }, NAMES[each.chosen], each.words && `: ${each.words}`, each.evidence && ` ${each.evidence}`)]));
  part("lines", place).value = text;
  part("command", place).textContent = command(all);
  const send = part("send", place), asks = new URLSearchParams({ request: "report", reported_version: version.version, ...(text ? { principle_answers: text } : {}) });
  send.hidden = wrong;
  send.href = `${maker.sign}#form?${asks}`;
};
part("copy", place).addEventListener("click", async () => say(await copied(part("lines", place))));
const select = part("version", place);
select.addEventListener("change", () => {
  version = maker.versions.find((each) => each.version === select.value) ?? version;
  keep();
  show();
});
document.querySelector("[data-assess]").addEventListener("deleted", () => {
  choices = {};
  try { sessionStorage.removeItem(KEY); } catch { /* nothing is kept */ }
});
document.querySelector("[data-assess]").addEventListener("assessed", () => show());
recall();
select.value = version.version;
show();
