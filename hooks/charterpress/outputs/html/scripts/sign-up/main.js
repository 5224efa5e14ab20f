// The form to sign, sign again, correct an entry or withdraw: one step at a time, kept in this browser and nowhere else.
// Nothing is sent from here: at its end stand an e-mail, the form of a forge, and a file, each with the answers in it.
import "../interface.js";
import { copied } from "../copy.js";
import { issue, lines, mail } from "./send.js";
import { prepared } from "./table.js";
import { dayFault, isAnswer, needsLatin, questions, tidy, verdict } from "./verdict.js";

const { format, gettext, number } = globalThis.interface;
const page = document.querySelector("[data-sign-form]");
const one = (name, within = page) => within.querySelector(`[data-${name}]`);
const form = page.querySelector("form");
const sections = [...page.querySelectorAll("[data-step]")];
const issues = JSON.parse(one("sign-issues", document).textContent);
const KEY = `sign: ${page.dataset.charter}`;
const DATES = ["date", "period_start", "period_end", "report_published"];
const LONGEST_LINES = 100_000; // characters, for every principle of a long charter
const DAY = /^(\d{4})-(\d{2})-(\d{2})$/;
const title = document.title;

let table = null; // the questions and rules, once they are here
let principles = null; // what reads the lines about principles, where there are any
let state = { request: "", answers: {} };
let step = sections[0];

const say = (words) => { one("said").textContent = words; };
const today = () => {
  const now = new Date();
  return [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) => String(part).padStart(2, "0")).join("-");
};

// --- Keeping -----------------------------------------------------------------------------------------------------

const keep = () => {
  try {
    if (state.request || Object.keys(state.answers).length) localStorage.setItem(KEY, JSON.stringify(state));
    else localStorage.removeItem(KEY);
  } catch { /* a browser may keep nothing: what was typed stands on the page until it is closed */ }
};
/** Whether the form has a field that can show an answer: what a link or an earlier visit brings must be seen to be sent. */
const takes = (key, words) => {
  const field = page.querySelector(`[data-field="${CSS.escape(key)}"]`), choices = field?.querySelector("select");
  if (!field || (choices && ![...choices.options].some((each) => each.value === words))) return false;
  return !partsOf(field).length || DAY.test(words);
};
const recall = () => {
  let kept = null;
  try { kept = JSON.parse(localStorage.getItem(KEY)); } catch { return; }
  if (kept === null || typeof kept !== "object" || typeof kept.request !== "string" || kept.answers === null || typeof kept.answers !== "object") return;
  const answers = Object.entries(kept.answers).filter(([key, words]) => typeof words === "string" && takes(key, words));
  state = { request: form.elements.request.value === kept.request || choice(kept.request) ? kept.request : "", answers: Object.fromEntries(answers) };
};
const choice = (request) => [...form.querySelectorAll("[name=request]")].find((each) => each.value === request);

/** Take what somebody would like to do. The day of a signature is not that of a withdrawal, and a version or language to sign not one
 * to correct. Whoever signs on a page signs the text in its language, unless they say another. */
const askFor = (request) => {
  if (["correct", "withdraw"].some((each) => (state.request === each) !== (request === each))) {
    delete state.answers.date;
    delete state.answers.version;
    delete state.answers.language;
  }
  state.request = request;
  if (page.dataset.language && ["sign", "re-sign"].includes(request)) state.answers.language ??= page.dataset.language;
};

/** What a link to this form fills in, such as #form?request=re-sign&entry=quay-club. */
const invited = () => {
  const [place, words] = location.hash.split("?");
  if (place !== "#form" || !words) return false;
  const asked = new URLSearchParams(words), request = asked.get("request") ?? "";
  if (!choice(request)) return false;
  askFor(request);
  for (const [key, value] of asked) if (key !== "request" && takes(key, value)) state.answers[key] = value.slice(0, key === "principle_answers" ? LONGEST_LINES : 2000);
  return true;
};

// --- Questions ---------------------------------------------------------------------------------------------------

const fieldsOf = (section) => [...section.querySelectorAll("[data-field]")];
const shown = () => sections.filter((section) => !section.dataset.requests || section.dataset.requests.split(" ").includes(state.request));
const entry = (key) => table.fields.find((each) => each.key === key);
const isAsked = (field) => field.dataset.field !== "name_latin" || step.dataset.step === "changes" || Boolean(state.answers.name_latin) || needsLatin(state.answers.name ?? "", table);
const required = (key) => {
  if (key === "name_latin") return step.dataset.step !== "changes" && needsLatin(state.answers.name ?? "", table);
  const { requiredFor, unless } = entry(key);
  return requiredFor.includes(state.request) && !(unless && isAnswer(state.answers[unless] ?? "", table));
};

const partsOf = (field) => [...field.querySelectorAll("[data-part]")];
const read = (field) => {
  const parts = partsOf(field).map((part) => part.value.trim());
  if (!parts.length) return field.querySelector("input, select, textarea").value;
  const [day, month, year] = parts;
  return parts.some(Boolean) ? `${year.padStart(4, "0")}-${month.padStart(2, "0")}-${day.padStart(2, "0")}` : "";
};
const write = (field, words) => {
  const parts = partsOf(field), day = DAY.exec(words);
  if (parts.length) parts.forEach((part, at) => { part.value = String(Number(day?.[3 - at] ?? 0) || ""); });
  else field.querySelector("input, select, textarea").value = words;
};

/** What is wrong with the answer in a field, as sentences. */
const faultsOf = (field) => {
  const key = field.dataset.field, words = state.answers[key] ?? "";
  if (DATES.includes(key) && words) {
    const version = key === "date" ? state.answers.version : "";
    const fault = dayFault(words, today(), version, table.released[version], gettext("write the day, the month and the year in figures, such as 1, 3 and 2027"));
    return fault ? [fault] : [];
  }
  if (!tidy(words) && !required(key)) return [];
  if (key === "principle_answers") return principles.faults(words, state.answers.reported_version, table);
  return verdict(key, words, table, required(key));
};
/** What a person will look at in the answer in a field: it stops nobody. */
const questionsOf = (field) => questions(field.dataset.field, state.answers[field.dataset.field] ?? "", table);
const sentence = ([message, fix]) => format(gettext("{fault}: {remedy}."), { fault: message.slice(0, 1).toUpperCase() + message.slice(1), remedy: fix });
const mark = (field, faults) => {
  one("error", field).textContent = faults.map(sentence).join(" ");
  one("question", field).textContent = faults.length ? "" : questionsOf(field).map(sentence).join(" ");
  for (const each of field.querySelectorAll("input, select, textarea")) {
    if (faults.length) each.setAttribute("aria-invalid", "true");
    else each.removeAttribute("aria-invalid");
  }
};
const labelOf = (field) => entry(field.dataset.field).label;

/** The questions of this step that are to be asked, and their faults shown beside them. */
const judge = () => fieldsOf(step).filter((field) => !field.hidden).map((field) => {
  const faults = faultsOf(field);
  mark(field, faults);
  return [field, faults];
}).filter(([, faults]) => faults.length);

/** The answers that are sent, as [key, label, words]. */
const answered = () => {
  const found = [["request", entry("request").label, choice(state.request).closest("label").querySelector("strong").textContent]], seen = new Set();
  for (const section of shown()) {
    for (const field of fieldsOf(section)) {
      const key = field.dataset.field, own = state.answers[key] ?? "", words = key === "principle_answers" ? principles.kept(own) : tidy(own);
      if (words && !seen.has(key)) found.push([key, labelOf(field), words, section]);
      seen.add(key);
    }
  }
  return found;
};

// --- Showing -----------------------------------------------------------------------------------------------------

const element = (tag, values, ...children) => {
  const made = Object.assign(document.createElement(tag), values);
  made.append(...children);
  return made;
};
const summary = () => one("summary").replaceChildren(...answered().flatMap(([key, label, words, section]) => [
  element("dt", {}, label),
  element("dd", { dir: "auto" }, words, " ", element("a", { href: `#form.${section?.dataset.step ?? "request"}`, className: "sign-form__change" }, gettext("Change"), element("span", { className: "visually-hidden" }, ` ${label}`))),
]));
const offer = () => {
  const all = answered(), name = state.answers.name ?? "", subject = `${all[0][2]}: ${tidy(name)}`.slice(0, 150);
  const text = lines(all.map(([key, label, words]) => [label, words, key]));
  one("text").value = text;
  const show = (way, address) => {
    const place = page.querySelector(`[data-way="${way}"]`), link = place && one(`${way}-link`, place);
    if (!link) return;
    link.href = address;
    link.parentElement.hidden = !address;
    one("short", place).hidden = !address;
    one("long", place).hidden = Boolean(address);
  };
  if (page.dataset.mail) show("mail", mail(page.dataset.mail, subject, text));
  const there = issues[state.request] ?? { address: "" };
  show("issue", issue(there, subject, all.map(([key, , words]) => [key, words]), all.map(([, label, words]) => [label, words])));
};
const faultList = (wrong) => {
  const place = one("faults");
  place.hidden = !wrong.length;
  place.querySelector("ul").replaceChildren(...wrong.map(([field, faults]) => element("li", {}, element("a", { href: `#${field.querySelector("input, select, textarea").id}` }, format(gettext("{question}: {faults}"), { question: labelOf(field), faults: faults.map(sentence).join(" ") })))));
  if (wrong.length) place.focus();
};
/** The given names by which a role is told from a person: many, and asked for when a question needs them. */
const learnNames = async () => {
  if (!fieldsOf(step).some((field) => ["role", "pledge", "note"].includes(field.dataset.field)) || table.givenNames.size > 1) return;
  try {
    const answer = await fetch(page.dataset.names);
    if (answer.ok) table.givenNames = new Set((await answer.text()).split(" "));
  } catch { /* a name is seen by its form then, or by whoever reads the form */ }
};
const refresh = () => {
  for (const field of fieldsOf(step)) {
    field.hidden = !isAsked(field);
    const optional = one("optional", field);
    if (optional) optional.hidden = required(field.dataset.field) || step.dataset.step === "changes";
  }
};
const go = (wanted, focus = true) => {
  step = wanted;
  for (const section of sections) section.hidden = section !== step;
  faultList([]);
  for (const field of fieldsOf(step)) {
    write(field, state.answers[field.dataset.field] ?? (field.dataset.field === "principle_answers" ? principles.blank(state.answers.reported_version, table) : ""));
    mark(field, []);
  }
  refresh();
  learnNames();
  const all = shown(), at = all.indexOf(step), last = at === all.length - 1;
  one("back").hidden = at === 0;
  one("on").hidden = last;
  if (step.dataset.step === "check") summary();
  if (step.dataset.step === "send") offer();
  const place = state.request ? format(gettext("Step {step} of {count}"), { step: number(at + 1), count: number(all.length) }) : "";
  say(place);
  const heading = step.querySelector("h3");
  document.title = `${heading.textContent} – ${title}`;
  if (!focus) return;
  heading.focus({ preventScroll: true });
  page.scrollIntoView();
};
const visit = (wanted) => {
  const hash = `#form.${wanted.dataset.step}`;
  if (location.hash === hash) go(wanted);
  else location.hash = hash; // and `follow` shows it, so that the browser’s own way back works
};
const markRequest = () => { for (const each of form.querySelectorAll("[name=request]")) each.checked = each.value === state.request; };
const follow = (focus = true) => {
  if (invited()) {
    keep();
    markRequest();
    // The link has been followed: a reload, or the way back, must not undo what is written after it.
    history.replaceState(history.state, "", `#form.${shown()[1].dataset.step}`);
    go(shown()[1], focus);
    return;
  }
  const wanted = sections.find((section) => `#form.${section.dataset.step}` === location.hash);
  if (!wanted) return;
  const reachable = shown();
  const first = reachable.slice(0, Math.max(reachable.indexOf(wanted), 0)).find((section) => section.dataset.step === "request" ? !state.request : fieldsOf(section).some((field) => {
    step = section;
    return isAsked(field) && faultsOf(field).length;
  }));
  go(first ?? (reachable.includes(wanted) ? wanted : sections[0]), focus);
};

// --- Answering ---------------------------------------------------------------------------------------------------

const take = (field) => {
  const words = read(field);
  if (words) state.answers[field.dataset.field] = words;
  else delete state.answers[field.dataset.field];
  keep();
};
form.addEventListener("input", ({ target }) => {
  const field = target.closest("[data-field]");
  if (field) take(field);
  else if (target.name === "request") { askFor(target.value); keep(); learn(); }
  if (table) refresh();
});
form.addEventListener("focusout", ({ target, relatedTarget }) => {
  const field = target.closest("[data-field]");
  // A button judges the whole step. Words that came or went now would move it away from under the pointer.
  if (field && !field.contains(relatedTarget) && !relatedTarget?.closest("button") && read(field)) mark(field, faultsOf(field));
});
form.addEventListener("submit", async (event) => {
  event.preventDefault();
  if (step.dataset.step === "request" && !state.request) {
    say(gettext("Choose what you would like to do."));
    form.elements.request[0].focus();
    return;
  }
  if (!(await learn())) return;
  const wrong = judge();
  if (step.dataset.step === "changes" && !fieldsOf(step).some((field) => tidy(state.answers[field.dataset.field] ?? ""))) {
    say(gettext("Write what should change, in at least one of the fields."));
    step.querySelector("input").focus();
    return;
  }
  faultList(wrong);
  if (!wrong.length) visit(shown()[shown().indexOf(step) + 1]);
});
one("back").addEventListener("click", () => visit(shown()[Math.max(shown().indexOf(step) - 1, 0)]));
one("clear").addEventListener("click", () => {
  state = { request: "", answers: {} };
  keep();
  form.reset();
  if (table) visit(sections[0]);
  say(gettext("The form is empty, and this browser has forgotten what you wrote."));
});
one("faults").addEventListener("click", (event) => {
  const link = event.target.closest("a");
  if (!link) return;
  event.preventDefault();
  document.getElementById(link.hash.slice(1)).focus();
});
one("save").addEventListener("click", () => {
  const link = element("a", { href: URL.createObjectURL(new Blob([one("text").value], { type: "text/plain" })), download: "charter-form.txt" });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  say(gettext("Your answers have been saved as a file."));
});
one("copy").addEventListener("click", async () => say(await copied(one("text"))));

// --- Together ----------------------------------------------------------------------------------------------------

/** The table, when somebody begins: whoever only reads the page need not load it. */
const learn = async () => {
  if (table) return true;
  try {
    const answer = await fetch(page.dataset.answers);
    if (!answer.ok) throw new Error(String(answer.status));
    const read = prepared(await answer.json());
    if (read.principles) principles = await import("./principles.js"); // only a charter that asks for reports needs it
    table = read;
    return true;
  } catch {
    say(gettext("The form can’t be loaded. Please copy the lines below instead, or reload the page."));
    return false;
  }
};

recall();
markRequest();
for (const link of document.querySelectorAll("[data-to-form]")) link.setAttribute("href", link.dataset.toForm);
page.hidden = false;
one("back").hidden = true;
const arrive = async (focus) => {
  if (location.hash.startsWith("#form") && location.hash !== "#form" && await learn()) follow(focus);
  else if (!location.hash && table) go(sections[0], false); // back to where one came in
};
arrive(true);
addEventListener("hashchange", () => arrive(true));
addEventListener("storage", (event) => {
  if (event.key !== KEY) return;
  if (event.newValue === null) state = { request: "", answers: {} }; // cleared in another tab: nothing stays in this one
  else recall();
  markRequest();
  if (table) go(shown().includes(step) ? step : sections[0], false);
});
