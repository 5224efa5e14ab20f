// Runs before the page is drawn. Keeps the reader's choice of light or dark colours, and gives Material's bundle
// the three functions that it expects from an inline script, which this site's policy does not allow.
(() => {
  const root = new URL("../../", document.currentScript.src);
  const key = (name, scope) => `${scope.pathname}.${name}`;
  window.__md_scope = root;
  window.__md_hash = (text) => [...text].reduce((sum, letter) => (sum << 5) - sum + letter.charCodeAt(0), 0);
  window.__md_get = (name, store, scope = root) => {
    try { return JSON.parse((store ?? localStorage).getItem(key(name, scope))); } catch { return null; }
  };
  window.__md_set = (name, value, store, scope = root) => {
    try { (store ?? localStorage).setItem(key(name, scope), JSON.stringify(value)); } catch { /* storage refused: nothing is kept */ }
  };

  const html = document.documentElement;
  html.classList.replace("no-js", "js"); // before anything is drawn, so that nothing moves when it appears
  const system = matchMedia("(prefers-color-scheme: dark)");
  const dark = () => (html.dataset.colours ? html.dataset.colours === "dark" : system.matches);
  const chosen = window.__md_get("colours");
  if (chosen === "dark" || chosen === "light") html.dataset.colours = chosen;

  document.addEventListener("DOMContentLoaded", () => {
    // A page that has moved keeps the place within it that was asked for.
    const moved = document.querySelector("[data-moved]");
    if (moved) location.replace(moved.href + location.hash);

    // Two versions were compared on a page of their own while the later one was current.
    const pair = document.querySelector("[data-pair]");
    const asked = pair && location.pathname.match(/\/versions\/compare\/([^/]+)\.\.([^/]+)\/?$/);
    if (asked) location.replace(`${pair.href}?from=${asked[1]}&to=${asked[2]}`);

    // Material puts the theme of every search result into a landmark of its own, all of them without a name.
    const results = document.querySelector("[data-md-component=search-result]");
    new MutationObserver(() => {
      for (const tags of results.querySelectorAll("nav:not([role])")) tags.setAttribute("role", "none");
    }).observe(results, { childList: true, subtree: true });

    const button = document.querySelector("[data-colours]");
    const name = button.querySelector("[data-colours-name]");
    const say = () => { name.textContent = dark() ? "Light colours" : "Dark colours"; };
    button.addEventListener("click", () => {
      html.dataset.colours = dark() ? "light" : "dark";
      window.__md_set("colours", html.dataset.colours);
      say();
    });
    system.addEventListener("change", say);
    say();
  });
})();
