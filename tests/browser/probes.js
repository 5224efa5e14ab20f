// What the tests ask of a page in the browser. Every function gives plain values: text for a person to read.
(() => {
  const CONTROLS =
    "a[href], area[href], button, input:not([type=hidden]), select, textarea, summary, iframe, audio[controls]," +
    " video[controls], [contenteditable=true], [tabindex], label[for]";

  const name = (element) => {
    const words = element.getAttribute("aria-label") || element.textContent || element.title || "";
    const id = element.id ? `#${element.id}` : "";
    const kind = element.classList.length ? `.${element.classList[0]}` : "";
    return `${element.localName}${id}${kind} "${words.trim().replace(/\s+/g, " ").slice(0, 60)}"`;
  };

  const visible = (element) => {
    if (!element.checkVisibility({ opacityProperty: true, visibilityProperty: true })) return false;
    const box = element.getBoundingClientRect();
    return box.width > 1 && box.height > 1;
  };

  const focusable = (element) =>
    element.tabIndex >= 0 &&
    !element.disabled &&
    !element.closest("[inert]") &&
    element.checkVisibility({ visibilityProperty: true });

  // A label is a control for a mouse where it opens or shuts something; then its field must take the focus.
  const target = (element) => {
    if (element.localName !== "label") return element;
    if (!["checkbox", "radio"].includes(element.control?.type)) return null;
    // A label that stands in a form beside a field which takes the focus does what that field does.
    const beside = [...(element.closest("form")?.querySelectorAll("input, button") ?? [])];
    return !focusable(element.control) && beside.some(focusable) ? null : element.control;
  };

  const controls = () => {
    const found = new Set();
    for (const element of document.querySelectorAll(CONTROLS)) {
      if (!visible(element) || element.closest("[inert]") || element.disabled) continue;
      if (element.getAttribute("tabindex") === "-1" && !element.matches("a[href], button, input, label")) continue;
      const control = target(element);
      if (control) found.add(control);
    }
    // Of a group of radio buttons the keyboard's Tab reaches one; arrows do the rest.
    const groups = new Set();
    return [...found].filter((element) => {
      if (element.type !== "radio" || !element.name) return true;
      if (groups.has(element.name)) return false;
      groups.add(element.name);
      return true;
    });
  };

  const inGroup = (element) => (element?.type === "radio" && element.name ? `radio ${element.name}` : element);

  // What a person sees of an element's focus: its own outline and shadow, or those of its label or a parent.
  const look = (element) => {
    const around = [element, ...(element.labels ?? []), element.nextElementSibling, element.parentElement];
    return around.filter(Boolean).map((each) => {
      const style = getComputedStyle(each);
      const outline = style.outlineStyle === "none" || style.outlineWidth === "0px" ? "none" :
        [style.outlineStyle, style.outlineWidth, style.outlineColor].join(" ");
      return { outline, shadow: style.boxShadow };
    });
  };

  let asked = [];
  let before = new Map();
  let walked = [];

  window.probes = {
    // The words that a person can see within the first element that the selector names. Those in a drawing that
    // is hidden from screen readers stand beside it too, and there may be room for fewer of them. A tool is shown
    // where it can be used.
    words: (selector) => {
      const element = document.querySelector(selector);
      if (!element) return [];
      const drawings = [...element.querySelectorAll("svg[aria-hidden=true], [data-tool]")];
      for (const drawing of drawings) drawing.style.display = "none";
      const words = element.innerText.split(/\s+/).filter(Boolean);
      for (const drawing of drawings) drawing.style.display = "";
      return words;
    },

    // What stands outside the window's width, other than within something that scrolls by itself.
    overflow: () => {
      const width = document.documentElement.clientWidth;
      const faults = [];
      if (document.scrollingElement.scrollWidth > width)
        faults.push(`the page is ${document.scrollingElement.scrollWidth} wide in a window of ${width}`);
      const scrolls = (element) => {
        for (let each = element; each; each = each.parentElement) {
          const style = getComputedStyle(each);
          if (["auto", "scroll"].includes(style.overflowX) && each.scrollWidth > each.clientWidth + 1) return true;
        }
        return false;
      };
      const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
      while (walker.nextNode()) {
        const element = walker.currentNode.parentElement;
        if (!walker.currentNode.data.trim() || !visible(element)) continue;
        const range = document.createRange();
        range.selectNodeContents(walker.currentNode);
        for (const box of range.getClientRects()) {
          const cut = box.right > width + 1 || box.left < -1;
          // Text moved wholly out of the window on purpose (a shut drawer, a skip link) is not cut off.
          const away = box.left >= width || box.right <= 0 || box.bottom <= 0;
          if (cut && !away && !scrolls(element)) {
            faults.push(`${name(element)} reaches from ${Math.round(box.left)} to ${Math.round(box.right)} of ${width}`);
            break;
          }
        }
      }
      return faults;
    },

    // Every element that still moves for longer than a hundredth of a second.
    motion: () => {
      const faults = [];
      const seconds = (list) => list.split(",").map((each) =>
        each.trim().endsWith("ms") ? parseFloat(each) / 1000 : parseFloat(each));
      for (const element of document.querySelectorAll("*")) {
        for (const part of [null, "::before", "::after"]) {
          const style = getComputedStyle(element, part);
          if (part && style.content === "none") continue;
          const moves = Math.max(...seconds(style.transitionDuration)) > 0.01 && style.transitionProperty !== "none";
          const plays = Math.max(...seconds(style.animationDuration)) > 0.01 && style.animationName !== "none";
          const glides = !part && style.scrollBehavior === "smooth";
          if (moves || plays || glides) faults.push(name(element) + (part ?? ""));
        }
      }
      return [...new Set(faults)];
    },

    // Begins a walk with the keyboard: how many controls it must reach.
    begin: () => {
      document.activeElement?.blur();
      window.scrollTo(0, 0);
      walked = [];
      asked = controls();
      before = new Map();
      for (const element of document.querySelectorAll(CONTROLS)) before.set(element, look(element));
      return asked.length;
    },

    // Where the focus is now: "" where it has left the page, else what is wrong with it, or "fine".
    focused: () => {
      const element = document.activeElement;
      if (!element || element === document.body || element === document.documentElement) return "";
      const now = look(element);
      const then = before.get(element) ?? [];
      const shown = now.some((each, at) =>
        (each.outline !== "none" && each.outline !== then[at]?.outline) ||
        (each.shadow !== "none" && each.shadow !== then[at]?.shadow));
      if (!shown) return `${name(element)} shows no focus`;
      const seen = [element, ...(element.labels ?? []), element.nextElementSibling].some((each) => {
        if (!each || !visible(each)) return false;
        const box = each.getBoundingClientRect();
        return box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
      });
      return seen ? "fine" : `${name(element)} has the focus out of sight`;
    },

    // Notes the focus of this step, for `missed` and `disorder`.
    step: () => walked.push(document.activeElement),

    missed: () => {
      const reached = new Set(walked.map(inGroup));
      return asked.filter((each) => !reached.has(inGroup(each)) && each.isConnected).map(name);
    },

    disorder: () => {
      const faults = [];
      walked.forEach((element, at) => {
        const last = walked[at - 1];
        if (last && last !== element && !(last.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_FOLLOWING))
          faults.push(`${name(element)} comes after ${name(last)}`);
      });
      return faults;
    },

    // Headings and list items with an anchor that show no link to it.
    unlinked: (selector) => {
      const faults = [];
      for (const element of document.querySelectorAll(selector)) {
        const link = [...document.querySelectorAll(`a[href$="#${CSS.escape(element.id)}"]`)].find((each) => element.contains(each));
        if (!link) faults.push(`${name(element)} has no link to itself`);
        else if (!visible(link)) faults.push(`${name(element)}: its link cannot be seen`);
        else if (!(link.getAttribute("aria-label") || link.textContent).trim()) faults.push(`${name(element)}: its link has no name`);
      }
      return faults;
    },

    // What can still be seen of the elements that the selector names.
    seen: (selector) => [...document.querySelectorAll(selector)].filter(visible).map(name),
  };
})();
