// Runs before the page is drawn. Keeps what the reader has chosen, such as light or dark colours.
(() => {
  const root = new URL("../../", document.currentScript.src);
  const key = (name) => `${root.pathname}.${name}`;
  window.kept = {
    get: (name) => {
      try { return JSON.parse(localStorage.getItem(key(name))); } catch { return null; }
    },
    set: (name, value) => {
      try { localStorage.setItem(key(name), JSON.stringify(value)); } catch { /* storage refused: nothing is kept */ }
    },
  };

  const html = document.documentElement;
  html.classList.replace("no-js", "js"); // before anything is drawn, so that nothing moves when it appears
  const system = matchMedia("(prefers-color-scheme: dark)");
  const dark = () => (html.dataset.colours ? html.dataset.colours === "dark" : system.matches);
  const chosen = window.kept.get("colours");
  if (chosen === "dark" || chosen === "light") html.dataset.colours = chosen;

  document.addEventListener("DOMContentLoaded", () => {
    // A page that has moved keeps the place within it that was asked for.
    const moved = document.querySelector("[data-moved]");
    if (moved) location.replace(moved.href + location.hash);

    // Two versions were compared on a page of their own while the later one was current.
    const pair = document.querySelector("[data-pair]");
    const asked = pair && location.pathname.match(/\/versions\/compare\/([^/]+)\.\.([^/]+)\/?$/);
    if (asked) location.replace(`${pair.href}?from=${asked[1]}&to=${asked[2]}`);

    // A browser runs no modules of a page that was opened as a file.
    const needs = location.protocol === "file:" && document.querySelector("[data-needs-site]");
    if (needs) needs.hidden = false;

    const button = document.querySelector("[data-colours]");
    const name = button.querySelector("[data-colours-name]");
    const { gettext } = globalThis.interface;
    const say = () => { name.textContent = dark() ? gettext("Light colours") : gettext("Dark colours"); };
    button.addEventListener("click", () => {
      html.dataset.colours = dark() ? "light" : "dark";
      window.kept.set("colours", html.dataset.colours);
      say();
    });
    system.addEventListener("change", say);
    say();

    // At a desk there is room for the contents of a page, for instance.
    if (matchMedia("(min-width: 62rem)").matches)
      for (const each of document.querySelectorAll("[data-open-wide]")) each.open = true;

    // Escape, and a click elsewhere, close what the head of the page has opened.
    const menus = [...document.querySelectorAll(".site-header details")];
    addEventListener("keydown", (event) => {
      const menu = menus.findLast((each) => each.open && each.getClientRects().length);
      if (event.key !== "Escape" || event.defaultPrevented || !menu) return;
      menu.open = false;
      menu.querySelector("summary").focus();
    });
    addEventListener("pointerdown", ({ target }) => {
      for (const each of menus) if (!each.parentElement.contains(target)) each.open = false;
    });

    // What is folded is open while the page is printed; the print style decides what of it is on paper.
    let folded = [];
    addEventListener("beforeprint", () => {
      folded = [...document.querySelectorAll("main details:not([open])")];
      for (const each of folded) each.open = true;
    });
    addEventListener("afterprint", () => { for (const each of folded) each.open = false; });
  });
})();
