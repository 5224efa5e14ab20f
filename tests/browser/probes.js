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

  // Begins a walk with the Tab key. Each step is noted as it happens, so that a test can press the key many times
  // before it asks: a call for each step takes several times as long as the step.
  let walk = null;

  const isInSight = (element) =>
    [element, ...(element.labels ?? []), element.nextElementSibling].some((each) => {
      if (!each || !visible(each)) return false;
      const box = each.getBoundingClientRect();
      return box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
    });

  const faultOfFocus = (element) => {
    const now = look(element);
    const before = walk.looks.get(element) ?? [];
    const shown = now.some((each, at) =>
      (each.outline !== "none" && each.outline !== before[at]?.outline) ||
      (each.shadow !== "none" && each.shadow !== before[at]?.shadow));
    if (!shown) return `${name(element)} shows no focus`;
    if (isInSight(element)) return "";
    element.scrollIntoView({ block: "nearest" }); // as the browser does before it next draws
    return isInSight(element) ? "" : `${name(element)} has the focus out of sight`;
  };

  const isNowhere = (element) => !element || element === document.body || element === document.documentElement;

  addEventListener("focusin", ({ target }) => {
    if (!walk || walk.ended || isNowhere(target)) return;
    walk.steps.push(target);
    const fault = faultOfFocus(target);
    if (fault) walk.faults.push(fault);
  });
  addEventListener("keydown", () => {
    if (walk?.steps.length && isNowhere(document.activeElement)) walk.ended = true;
  }, true);

  // Items that repeat two others: in the same place among the same kind of parents, with the same parts inside.
  const ITEMS = "li, tr, p, section, article, details, figure, blockquote, pre";
  const repeated = () => {
    const numbers = new Map();
    const numberOf = (text) => numbers.get(text) ?? numbers.set(text, numbers.size).size - 1;
    const shapes = new Map();
    const shapeOf = (element) => {
      const inside = [...element.children].map(shapeOf);
      const attributes = [...element.attributes].map(({ name, value }) =>
        /^(id|href|src|alt|title|for|value|datetime|name|data-.*|aria-.*)$/.test(name) ? name + !value : name + value);
      const speaks = [...element.childNodes].some((each) => each.nodeType === Node.TEXT_NODE && each.data.trim());
      shapes.set(element, numberOf([element.localName, attributes, speaks, inside].join("|")));
      return shapes.get(element);
    };
    shapeOf(document.body);
    const counts = new Map();
    const repeatedIn = (parent, path) => [...parent.children].flatMap((element) => {
      const place = numberOf(`${path}>${element.localName}.${element.className}`);
      const key = `${place}#${shapes.get(element)}`;
      counts.set(key, (counts.get(key) ?? 0) + 1);
      return counts.get(key) > 2 && element.matches(ITEMS) ? [element] : repeatedIn(element, place);
    });
    return repeatedIn(document.body, "");
  };

  // Elements that look as two before them do: of the same kind and height, in the same colours on the same ground.
  const alike = () => {
    const grounds = new Map([[null, ""]]);
    const groundOf = (element) => {
      if (!grounds.has(element)) {
        const style = getComputedStyle(element);
        const own = [style.backgroundColor, style.backgroundImage, style.opacity, style.filter, style.position].join();
        const plain = own === "rgba(0, 0, 0, 0),none,1,none,static";
        grounds.set(element, groundOf(element.parentElement) + (plain ? "" : `/${own}`));
      }
      return grounds.get(element);
    };
    const counts = new Map();
    return [...document.body.querySelectorAll("*")].filter((element) => {
      if (!visible(element)) return false;
      const style = getComputedStyle(element);
      const height = element.matches("a, button, input, summary") ? Math.round(element.getBoundingClientRect().height) : "";
      const key = [element.localName, element.className, height, style.color, style.fontSize, style.fontWeight,
        style.textShadow, style.textDecorationLine, groundOf(element)].join();
      counts.set(key, (counts.get(key) ?? 0) + 1);
      return counts.get(key) > 2;
    });
  };

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

    // All that a window of this size has to answer for.
    fit: (selector) => ({ overflow: window.probes.overflow(), words: window.probes.words(selector) }),

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

    // Starts a walk through a page that has just been opened; returns how many controls it must reach.
    beginWalk: () => {
      walk = null;
      document.activeElement?.blur();
      window.scrollTo(0, 0);
      const looks = new Map([...document.querySelectorAll(CONTROLS)].map((each) => [each, look(each)]));
      walk = { controls: controls(), looks, steps: [], faults: [], ended: false };
      return walk.controls.length;
    },

    hasEnded: () => walk.ended || isNowhere(document.activeElement),

    endWalk: () => {
      const { steps, faults, controls } = walk;
      const reached = new Set(steps.map(inGroup));
      const missed = controls.filter((each) => !reached.has(inGroup(each)) && each.isConnected);
      const disordered = steps.flatMap((element, at) => {
        const last = steps[at - 1];
        const follows = !last || last === element ||
          last.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_FOLLOWING;
        return follows ? [] : [`${name(element)} comes after ${name(last)}`];
      });
      walk = null;
      return [...faults, ...missed.map((each) => `${name(each)} is not reached`), ...disordered];
    },

    // Goes through the controls by script: the same faults, but for keys that the page takes for itself. A key must
    // have been pressed before, or the browser shows no focus.
    focusEach: () => {
      window.probes.beginWalk();
      const faults = [];
      for (const element of walk.controls) {
        element.focus();
        if (document.activeElement !== element || element.tabIndex < 0) faults.push(`${name(element)} is not reached`);
        if (element.tabIndex > 0) faults.push(`${name(element)} is out of order`);
      }
      faults.push(...walk.faults);
      walk = null;
      document.activeElement.blur();
      window.scrollTo(0, 0);
      return faults;
    },

    prune: () => repeated().forEach((each) => each.remove()),

    // What axe finds. What `appearance` rules say of two elements they need not say of all that look like them, unless
    // of `every`: they take most of the time.
    axe: async (runOnly, appearance, every) => {
      const skipped = every ? [] : alike();
      for (const each of skipped) each.dataset.alike = "";
      const selectorOf = (id) => (id === "link-in-text-block" ? ":is(a[href], [role=link])" : "*");
      axe.configure({ rules: appearance.map((id) => ({ id, selector: `${selectorOf(id)}:not([data-alike])` })) });
      const found = await axe.run({ runOnly, resultTypes: ["violations"] });
      for (const each of skipped) delete each.dataset.alike;
      return found.violations.flatMap((rule) => rule.nodes.map((node) =>
        `${rule.id}: ${node.target[0]}: ${node.failureSummary.split("\n")[1].trim()}`));
    },

    // Headings and list items with an anchor that show no link to it.
    unlinked: (selector) => {
      const elements = document.querySelectorAll(selector);
      const faults = elements.length ? [] : ["there are none"];
      for (const element of elements) {
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
