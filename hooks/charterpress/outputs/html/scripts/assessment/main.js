// The self-assessment: one step at a time, kept in this browser and nowhere else. Everything that it needs is loaded with
// the page; after that nothing is asked of the network.
import "../interface.js";
import { again, answered, changed, said, since } from "./answers.js";
import { comparison } from "./compare.js";
import { Fault, blank, opened, read, write } from "./file.js";
import { plan, report, stateOf } from "./report.js";

const { format, gettext, number } = globalThis.interface;
const page = document.querySelector("[data-assess]");
export const part = (name, within = page) => within.querySelector(`[data-assess-${name}]`);
const parts = (name) => [...page.querySelectorAll(`[data-assess-${name}]`)];
export const known = JSON.parse(part("known", document).textContent);
known.levels = Object.fromEntries(known.levels);
known.shown ??= known.charter; // its title in the language of the page
const form = part("form");
const steps = [...page.querySelectorAll(".assess__step")];
const principles = parts("principle");
const title = document.title;
const KEY = `self-assessment: ${known.titles[0]}`;

let state = blank();
let unsaved = false; // something was said that this browser does not keep, and no file does

export const say = (words) => { part("said").textContent = words; };

/** The assessment as it stands. */
export const assessment = () => state;

// --- Keeping -----------------------------------------------------------------------------------------------------

const keep = () => {
  try {
    if (state.answers.size || state.who || state.about) localStorage.setItem(KEY, write(state, known));
    else localStorage.removeItem(KEY);
    unsaved = false;
    return true;
  } catch {
    unsaved = true;
    say(gettext("Your browser doesn’t keep anything for this page. Save your answers as a file before you close it, or you’ll lose them."));
    return false;
  }
};
const recall = () => {
  let text = null;
  try {
    text = localStorage.getItem(KEY);
    localStorage.setItem(`${KEY}?`, ""); // a browser may let us read and not write
    localStorage.removeItem(`${KEY}?`);
  } catch {
    say(gettext("Your browser doesn’t keep anything for this page. You can still fill it in, and save your answers as a file."));
    return;
  }
  if (text === null) return;
  try {
    state = read(text, known);
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    try { localStorage.setItem(`${KEY} (unreadable)`, text); } catch { /* there is no room for a second copy */ }
    say(gettext("The answers kept in this browser can’t be read any more. They’ve been set aside, and you’re starting with an empty form."));
  }
};

// --- Showing -----------------------------------------------------------------------------------------------------

const mark = (section) => {
  const id = section.dataset.assessPrinciple, answer = state.answers.get(id);
  const look = changed(answer, known);
  part("changed", section).hidden = !look;
  if (look) {
    const { then, redline } = since(answer, known);
    part("then", section).textContent = then;
    part("redline", section).hidden = !redline;
    part("redline", section).href = redline;
  }
  part("clear", section).hidden = !answer?.level;
  page.querySelector(`[data-assess-state="${id}"]`).textContent = stateOf(answer, known);
};
const fill = () => {
  for (const name of ["who", "about"]) form.elements[name].value = state[name];
  for (const section of principles) {
    const id = section.dataset.assessPrinciple, answer = state.answers.get(id);
    for (const field of section.querySelectorAll("textarea, input[type=text]")) field.value = answer?.[field.name.slice(id.length + 1)] ?? "";
    const more = part("more-fields", section);
    more.open = [...more.querySelectorAll("textarea, input")].some((field) => field.value);
    for (const choice of section.querySelectorAll("input[type=radio]")) choice.checked = choice.value === answer?.level;
    mark(section);
  }
  tell();
};
const tell = () => {
  part("report").replaceChildren(...report(state, known));
  part("plan").replaceChildren(...plan(state, known));
  page.dispatchEvent(new Event("assessed"));
};
const show = (focus = true) => {
  const wanted = steps.find((step) => `#${step.id}` === location.hash);
  if (!wanted && page.dataset.view) return; // a place on the step that is shown
  go(wanted ?? steps[0], focus);
};
const go = (wanted, focus) => {
  for (const step of steps) step.hidden = step !== wanted;
  tell();
  page.dataset.view = wanted.dataset.assessPrinciple ? "principle" : wanted.id.replace("assess.", "");
  const at = principles.indexOf(wanted);
  const place = at < 0 ? wanted.querySelector("h2").textContent : format(gettext("Principle {number} of {count}"), { number: number(at + 1), count: number(principles.length) });
  part("place").textContent = place;
  document.title = `${place} – ${title}`;
  for (const link of part("steps").querySelectorAll("a")) {
    if (link.hash === `#${wanted.id}`) link.setAttribute("aria-current", "step");
    else link.removeAttribute("aria-current");
  }
  if (!focus) return;
  part("steps").open = false;
  wanted.querySelector("h2").focus({ preventScroll: true });
  document.querySelector(".text-version").scrollIntoView();
};

// --- Asking ------------------------------------------------------------------------------------------------------

const dialog = part("dialog");
const ask = (question, more, yes) => new Promise((answer) => {
  part("ask").textContent = question;
  part("more").textContent = more;
  part("yes").textContent = yes;
  dialog.returnValue = "";
  dialog.addEventListener("close", () => answer(dialog.returnValue === "yes"), { once: true });
  dialog.showModal();
});
part("no").addEventListener("click", () => dialog.close("no"));
part("yes").addEventListener("click", () => dialog.close("yes"));
const any = () => state.answers.size || state.who || state.about;

// --- Answering ---------------------------------------------------------------------------------------------------

let waiting = 0;
const settle = () => {
  clearTimeout(waiting);
  if (!waiting) return;
  waiting = 0;
  if (keep()) say(gettext("Saved on this device."));
};
const take = (field) => {
  const section = field.closest("[data-assess-principle]");
  if (section) answered(state, section.dataset.assessPrinciple, field.name.slice(section.dataset.assessPrinciple.length + 1), field.value, known);
  else state[field.name] = field.value;
  if (section) mark(section);
  clearTimeout(waiting);
  waiting = setTimeout(settle, 400);
};
form.addEventListener("input", (event) => { if (event.target.name) take(event.target); });
form.addEventListener("submit", (event) => event.preventDefault());
addEventListener("pagehide", settle);
document.addEventListener("visibilitychange", settle);
addEventListener("beforeunload", (event) => {
  settle();
  if (unsaved && any()) event.preventDefault();
});
addEventListener("storage", (event) => { // the same page in another window
  if (event.key !== KEY || waiting) return;
  state = blank();
  recall();
  fill();
});
for (const section of principles) {
  const id = section.dataset.assessPrinciple;
  part("clear", section).addEventListener("click", () => {
    const chosen = section.querySelector("input[type=radio]:checked");
    chosen.checked = false;
    take({ closest: () => section, name: chosen.name, value: "" });
    section.querySelector("input[type=radio]").focus();
  });
  part("again", section).addEventListener("click", () => {
    again(state, id, known);
    mark(section);
    section.querySelector("h2").focus();
    if (keep()) say(gettext("Your answer now applies to the new words. Saved on this device."));
  });
}

// --- Files -------------------------------------------------------------------------------------------------------

const save = () => {
  settle();
  const name = `self-assessment ${state.who.slice(0, 40)} ${state.saved.slice(0, 10)}`.normalize("NFKD").toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/-$/, "");
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([write(state, known)], { type: "application/json" }));
  link.download = `${name}.json`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  unsaved = false;
  say(gettext("Your answers have been saved as a file."));
};
const chosen = (field, use) => field.addEventListener("change", async () => {
  const [file] = field.files;
  field.value = ""; // the same file can be chosen again
  if (!file) return;
  try {
    await use(await opened(file, known));
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    say(error.message);
  }
});
for (const button of parts("save")) button.addEventListener("click", save);
for (const button of parts("print")) button.addEventListener("click", () => { settle(); print(); });
chosen(part("open"), async (found) => {
  if (any() && !(await ask(gettext("Replace the answers here with the ones in the file?"), gettext("This deletes the answers on this device. If you want to keep them, save them as a file first."), gettext("Open the file")))) return;
  state = found;
  fill();
  const look = [...state.answers.values()].filter((answer) => changed(answer, known)).length;
  if (keep()) say(look ? gettext("The file is open. Some words have changed since: the list of steps says where to look again.") : gettext("The file is open, and saved on this device."));
});
part("delete").addEventListener("click", async () => {
  if (!(await ask(gettext("Delete all answers on this device?"), gettext("You can’t get them back. Any file you’ve saved isn’t affected."), gettext("Delete them")))) return;
  clearTimeout(waiting);
  waiting = 0;
  state = blank();
  page.dispatchEvent(new Event("deleted"));
  try { localStorage.removeItem(`${KEY} (unreadable)`); } catch { /* nothing is kept */ }
  fill();
  if (keep()) say(gettext("Your answers have been deleted from this device."));
});

// --- Two partners ------------------------------------------------------------------------------------------------

const sides = [null, null];
const compare = (at, found) => {
  sides[at] = found;
  const here = sides.map((each, place) => each?.who.trim() || (place ? gettext("The second partner") : gettext("The first partner")));
  const whole = sides.every(Boolean);
  part("compared").hidden = !whole;
  part("comparison").replaceChildren(...(whole ? comparison(sides, here, known) : []));
  say(whole ? format(gettext("{one} and {other} are side by side."), { one: here[0], other: here[1] }) : format(gettext("{name} is open. Now open the other one."), { name: here[at] }));
};
for (const field of parts("side")) chosen(field, (found) => compare(Number(field.dataset.assessSide), found));
part("mine").addEventListener("click", () => compare(0, structuredClone(state)));

// --- Together ----------------------------------------------------------------------------------------------------

recall();
part("steps").hidden = false;
page.classList.add("assess--live");
fill();
show(Boolean(location.hash));
addEventListener("hashchange", () => { settle(); show(); });
addEventListener("beforeprint", tell);
if (principles.some((section) => changed(state.answers.get(section.dataset.assessPrinciple), known)))
  say(gettext("Some words of the charter have changed since you answered. The list of steps says where to look again; we’ve kept your answers."));
else if (said([...state.answers.values()][0])) say(gettext("Your answers are here, as you left them on this device."));
