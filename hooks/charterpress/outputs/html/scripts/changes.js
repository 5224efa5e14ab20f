// Goes from change to change, by buttons and by the keys p and n, and keeps the reader's choice of one column or two.
// The keys work only while the focus is among the changes (WCAG 2.1.4), and only there are they taken from the page.
(() => {
  const { format, ngettext, number, pgettext } = globalThis.interface;
  const list = document.querySelector("[data-changes]");
  if (!list) return;
  const steps = list.querySelector(".steps");
  const place = steps.querySelector("[data-step-place]");
  const changes = () => [...list.querySelectorAll(".edit")];
  // The line that says of an older version that it is one stays in sight above the buttons.
  const line = document.querySelector(".successor--page");
  const above = () => (line && getComputedStyle(line).position === "sticky" ? line.getBoundingClientRect().height : 0);
  const bar = () => above() + steps.getBoundingClientRect().height + 16;

  let last = { at: -1, top: -Infinity }; // the change that was gone to, and how far the page was scrolled then

  // The change that has the focus; the one that was gone to, if the reader has hardly scrolled since; or else the last one
  // that begins above what is read now.
  const now = (all) => {
    const focused = all.indexOf(document.activeElement.closest(".edit"));
    if (focused >= 0) return focused;
    if (Math.abs(last.top - scrollY) < 30) return last.at;
    return all.findLastIndex((each) => each.getBoundingClientRect().top <= bar() + 8);
  };
  const say = () => {
    const all = changes(), at = now(all);
    place.textContent = at < 0 ? format(ngettext("{count} change", "{count} changes", all.length), { count: number(all.length) })
      : format(pgettext("a change among others", "{place} of {count}"), { place: number(at + 1), count: number(all.length) });
  };
  const go = (by) => {
    const all = changes();
    if (!all.length) return;
    const at = Math.min(Math.max(now(all) + by, 0), all.length - 1);
    all[at].focus({ preventScroll: true });
    scrollTo(scrollX, all[at].getBoundingClientRect().top + scrollY - bar());
    last = { at, top: scrollY };
    say();
  };

  steps.hidden = false;
  const settle = () => { steps.style.top = `${above()}px`; };
  settle();
  addEventListener("resize", settle);
  for (const button of steps.querySelectorAll("[data-step]"))
    button.addEventListener("click", () => go(Number(button.dataset.step)));
  list.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, select, textarea")) return;
    const by = { p: -1, n: 1 }[event.key];
    if (!by) return;
    event.preventDefault();
    go(by);
  });
  let waiting = false;
  addEventListener("scroll", () => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => { waiting = false; say(); });
  }, { passive: true });
  list.addEventListener("focusin", say);
  list.addEventListener("changes", say);

  const views = [...list.querySelectorAll("[name=view]")];
  const chosen = window.kept.get("changes");
  for (const view of views) {
    if (view.value === chosen) view.checked = true;
    view.addEventListener("change", () => window.kept.set("changes", view.value));
  }
  say();
})();
