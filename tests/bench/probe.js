([field, kind, value, selector]) => new Promise((resolve, reject) => {
  const input = document.querySelector(field);
  const told = () => [...document.querySelectorAll(selector)].map((each) => each.textContent).join();
  const before = told();
  const begun = performance.now();
  const watcher = new MutationObserver(() => {
    if (!told() || told() === before) return;
    watcher.disconnect();
    requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - begun)));
  });
  watcher.observe(document.body, { subtree: true, childList: true, characterData: true });
  setTimeout(() => reject(new Error(`no answer to ${value}`)), 10000);
  input.focus();
  input.value = value;
  input.dispatchEvent(new Event(kind, { bubbles: true }));
  input.dispatchEvent(new KeyboardEvent("keyup", { bubbles: true, key: value.at(-1) }));
})
