// Shows the behaviours of one theme, and keeps which one in the address of the page, so that it can be linked to. Without
// it all of them stand there.
(() => {
  const { format, ngettext, number } = globalThis.interface;
  const form = document.querySelector("[data-themes]"), choice = form.elements.theme;
  const said = document.querySelector("[data-themes-said]"), sections = [...document.querySelectorAll("[data-theme]")];
  const behaviours = (shown) => shown.reduce((sum, section) => sum + Number(section.dataset.count), 0);
  const told = (count, all) => (choice.value ? format(ngettext("{count} behaviour of {all}", "{count} behaviours of {all}", count), { count: number(count), all: number(all) })
    : format(ngettext("All {count} behaviour", "All {count} behaviours", all), { count: number(all) }));
  const place = () => {
    try { return document.getElementById(decodeURIComponent(location.hash.slice(1))); } catch { return null; } // no text in UTF-8
  };
  const show = () => {
    const shown = sections.filter((section) => !choice.value || section.dataset.theme === choice.value);
    for (const section of sections) section.hidden = !shown.includes(section);
    said.textContent = told(behaviours(shown), behaviours(sections));
  };
  const read = () => {
    const wanted = new URLSearchParams(location.search).get("theme") ?? "";
    choice.value = [...choice.options].some((option) => option.value === wanted) ? wanted : ""; // one that is not offered
    const there = place()?.closest("[data-theme]");
    if (there && there.dataset.theme !== choice.value) choice.value = ""; // a link to a place shows that place
    show();
  };
  form.addEventListener("change", () => {
    history.pushState(null, "", choice.value ? `?theme=${encodeURIComponent(choice.value)}` : location.pathname);
    show();
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  addEventListener("popstate", read);
  addEventListener("hashchange", read);
  form.hidden = false;
  read();
})();
