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

  // --- What is drawn where ---------------------------------------------------------------------------------------

  const SVG = "http://www.w3.org/2000/svg";
  const SLACK = 2; // pixels that boxes may share

  // [element, node] of each text that can be seen.
  const texts = () => {
    const found = [];
    const shown = new Map();
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const node = walker.currentNode, element = node.parentElement;
      if (!node.data.trim()) continue;
      if (!shown.has(element)) shown.set(element, !element.closest("script, style, option") && visible(element) && !isHidden(element));
      if (shown.get(element)) found.push([element, node]);
    }
    return found;
  };

  // What is for screen readers alone, or moved out of the page.
  const isHidden = (element) => {
    if (element.closest(".visually-hidden")) return true;
    const box = element.getBoundingClientRect();
    if (box.bottom + scrollY <= 0 || box.right + scrollX <= 0) return true;
    const clip = clipOf(element);
    return clip.right - clip.left <= 2 || clip.bottom - clip.top <= 2;
  };

  // The part of the page that the ancestors of an element leave to it.
  const clips = new Map();
  const clipOf = (element) => {
    if (!element || element === document.documentElement) return { left: -1e6, top: -1e6, right: 1e6, bottom: 1e6 };
    if (!clips.has(element)) {
      const clip = { ...clipOf(element.parentElement) };
      const style = getComputedStyle(element);
      if (style.overflowX !== "visible" || style.clipPath !== "none") {
        const box = element.getBoundingClientRect();
        clip.left = Math.max(clip.left, box.left);
        clip.right = Math.min(clip.right, box.right);
        clip.top = Math.max(clip.top, box.top);
        clip.bottom = Math.min(clip.bottom, box.bottom);
      }
      clips.set(element, clip);
    }
    return clips.get(element);
  };

  const blockOf = (element) => {
    let each = element;
    while (each.parentElement && getComputedStyle(each).display.startsWith("inline")) each = each.parentElement;
    return each;
  };

  const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const colours = new Map();
  const rgba = (colour) => {
    if (!colours.has(colour)) {
      canvas.clearRect(0, 0, 1, 1);
      canvas.fillStyle = colour;
      canvas.fillRect(0, 0, 1, 1);
      const [red, green, blue, alpha] = canvas.getImageData(0, 0, 1, 1).data;
      colours.set(colour, [red, green, blue, alpha / 255]);
    }
    return colours.get(colour);
  };
  const over = (top, ground) => [0, 1, 2].map((at) => top[at] * top[3] + ground[at] * (1 - top[3])).concat(1);
  const luminance = (colour) => {
    const [red, green, blue] = colour.slice(0, 3).map((each) => {
      const part = each / 255;
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const contrastOf = (one, other) => {
    const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b);
    return (light + 0.05) / (dark + 0.05);
  };

  // What a browser draws behind a page, in the scheme of now.
  const canvasColour = () => {
    const sample = document.createElement("i");
    sample.style.cssText = "color: Canvas; forced-color-adjust: none";
    document.documentElement.append(sample);
    const colour = getComputedStyle(sample).color;
    sample.remove();
    return rgba(colour);
  };

  // The colour behind the text of an element; null where a picture is.
  const grounds = new Map();
  const groundOf = (element) => {
    if (!element) return canvasColour();
    if (!grounds.has(element)) {
      const style = getComputedStyle(element);
      const below = groundOf(element.parentElement);
      const own = rgba(style.backgroundColor);
      const drawn = style.backgroundImage !== "none" || Number(style.opacity) < 1;
      grounds.set(element, own[3] === 1 && style.backgroundImage === "none" ? own : drawn || !below ? null : over(own, below));
    }
    return grounds.get(element);
  };

  // The words that a style puts before or after an element; none where they are not drawn.
  const wordsOf = (style) => {
    const isDrawn = style.display !== "none" && style.visibility === "visible" && Number(style.opacity) > 0;
    return isDrawn ? [...style.content.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map((each) => each[1]).join("").trim() : "";
  };
  const groundOfPart = (element, style) => {
    const below = groundOf(element), own = rgba(style.backgroundColor);
    if (style.backgroundImage !== "none" || Number(style.opacity) < 1) return null;
    return own[3] === 1 ? own : below && over(own, below);
  };

  // What marks an element off, and its first words, in the colours as they are.
  const SIDES = ["Top", "Right", "Bottom", "Left"];
  const markOf = (element) => {
    const speaker = texts().find(([each]) => element.contains(each))?.[0] ?? element;
    const styles = [[element], [element, "::before"], [element, "::after"], [speaker]].map((each) => getComputedStyle(...each));
    return styles.map((style) => [
      style.fontWeight, style.textDecorationLine, style.textDecorationThickness, style.color, style.backgroundColor, style.boxShadow,
      ...SIDES.map((side) => [style[`border${side}Width`], style[`border${side}Style`], style[`border${side}Color`]])
        .map(([width, line, colour]) => (line === "none" || width === "0px" ? "none" : [width, line, colour])),
    ].join()).join("|");
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
      const range = document.createRange();
      const isCut = (box) => {
        // Text moved wholly out of the window on purpose (a shut drawer, a skip link) is not cut off.
        const away = box.left >= width || box.right <= 0 || box.bottom <= 0;
        return !away && (box.right > width + 1 || box.left < -1);
      };
      while (walker.nextNode()) {
        const node = walker.currentNode, element = node.parentElement;
        if (!node.data.trim() || !visible(element)) continue;
        range.selectNodeContents(node);
        if (![...range.getClientRects()].some(isCut)) continue;
        // Spaces may hang over the end of a line.
        const boxes = [...node.data.matchAll(/\S+/g)].flatMap(({ 0: word, index }) => {
          range.setStart(node, index);
          range.setEnd(node, index + word.length);
          return [...range.getClientRects()];
        });
        const box = boxes.find(isCut);
        if (box && !scrolls(element))
          faults.push(`${name(element)} reaches from ${Math.round(box.left)} to ${Math.round(box.right)} of ${width}`);
      }
      return faults;
    },

    // The texts whose contrast with what is behind them is too low, or can't be told.
    contrast: () => {
      const faults = new Map();
      const check = (element, style, said, part = null) => {
        const svg = element.namespaceURI === SVG;
        const colour = svg ? style.fill : style.color;
        const size = parseFloat(style.fontSize);
        const large = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
        const ground = part ? groundOfPart(element, style) : groundOf(element);
        if (!ground) return faults.set(`${said}: what is behind it can't be told`);
        const ratio = contrastOf(over(rgba(colour), ground), ground);
        if (ratio < (large ? 3 : 4.5)) faults.set(`${said} has a contrast of ${ratio.toFixed(2)}`);
      };
      grounds.clear();
      const seen = new Set();
      for (const [element] of texts()) {
        if (seen.has(element)) continue;
        seen.add(element);
        check(element, getComputedStyle(element), name(element));
      }
      for (const element of document.querySelectorAll("body, body *")) {
        if (!visible(element) || isHidden(element)) continue;
        for (const part of ["::before", "::after"]) {
          const style = getComputedStyle(element, part);
          if (wordsOf(style)) check(element, style, name(element) + part, part);
        }
      }
      for (const field of document.querySelectorAll("input, select, textarea")) {
        if (visible(field)) for (const part of [null, "::placeholder"]) check(field, getComputedStyle(field, part), name(field) + (part ?? ""));
      }
      return [...faults.keys()];
    },

    // Texts and controls that lie over one another.
    overlap: () => {
      const boxes = [];
      const add = (element, box, isText) => {
        const clip = clipOf(element);
        const cut = { element, isText, left: Math.max(box.left, clip.left), right: Math.min(box.right, clip.right),
          top: Math.max(box.top, clip.top), bottom: Math.min(box.bottom, clip.bottom) };
        if (cut.right - cut.left > SLACK && cut.bottom - cut.top > SLACK) boxes.push(cut);
      };
      clips.clear();
      for (const [element, node] of texts()) {
        const range = document.createRange();
        range.selectNodeContents(node);
        for (const box of range.getClientRects()) {
          const trim = box.height * 0.25; // a font's box is higher than its letters
          add(element, { left: box.left, right: box.right, top: box.top + trim, bottom: box.bottom - trim }, true);
        }
      }
      for (const element of document.querySelectorAll(CONTROLS)) {
        if (!visible(element) || element.matches("label, main")) continue;
        const style = getComputedStyle(element);
        // A button may lie in the padding of a field.
        const [left, right] = element.matches("input, select, textarea") ? [style.paddingLeft, style.paddingRight].map(parseFloat) : [0, 0];
        for (const box of element.getClientRects())
          add(element, { left: box.left + left, right: box.right - right, top: box.top, bottom: box.bottom }, false);
      }
      boxes.sort((one, other) => one.top - other.top);
      const faults = new Set();
      let open = [];
      for (const box of boxes) {
        open = open.filter((each) => each.bottom - SLACK > box.top);
        for (const each of open) {
          const wide = Math.min(each.right, box.right) - Math.max(each.left, box.left);
          const high = Math.min(each.bottom, box.bottom) - box.top;
          if (wide <= SLACK || high <= SLACK) continue;
          if (each.element.contains(box.element) || box.element.contains(each.element)) continue;
          if (each.isText && box.isText && blockOf(each.element) === blockOf(box.element)) continue;
          if (!each.isText && !box.isText && high < 6) continue; // links in neighbouring lines
          faults.add(`${name(each.element)} and ${name(box.element)} overlap by ${Math.round(wide)} × ${Math.round(high)}`);
        }
        open.push(box);
      }
      return [...faults];
    },

    // Words without a hyphen that are split over two lines, but for those too long for any column.
    broken: () => {
      const faults = [];
      const room = document.querySelector("main").clientWidth - 48;
      for (const [element, node] of texts()) {
        const style = getComputedStyle(element);
        const anywhere = style.wordBreak === "break-all" || style.hyphens === "auto" || style.lineBreak === "anywhere";
        const width = blockOf(element).clientWidth || room;
        for (const { 0: word, index } of node.data.matchAll(/(?<![^\s(“‘"'])[\p{L}\p{M}'’]{4,30}(?![^\s)”’"'.,:;!?…])/gu)) {
          if (!anywhere && word.length * parseFloat(style.fontSize) < width) continue;
          const range = document.createRange();
          range.setStart(node, index);
          range.setEnd(node, index + word.length);
          const boxes = [...range.getClientRects()].filter((each) => each.width > 0);
          const lines = new Set(boxes.map((each) => Math.round(each.top)));
          if (lines.size > 1 && boxes.reduce((sum, each) => sum + each.width, 0) < room)
            faults.push(`“${word}” is split in ${name(element)}`);
        }
      }
      return faults;
    },

    // What is current and looks as the others do.
    indistinct: () => [...document.querySelectorAll("[aria-current]:not([aria-current=false])")].filter(visible).flatMap((current) => {
      const group = current.closest("ul, ol, nav");
      const others = [...(group?.querySelectorAll(current.localName) ?? [])]
        .filter((each) => visible(each) && !each.hasAttribute("aria-current") && each.className === current.className);
      return others.length && others.every((each) => markOf(each) === markOf(current)) ? [`${name(current)} looks like the others`] : [];
    }),

    // The title that the page is shared by, and the site's.
    shared: () => ["title", "site_name"].map((each) => document.querySelector(`meta[property="og:${each}"]`)?.content ?? ""),

    // Quotations that nothing marks off, and lists that count in another way than the PDF does.
    unmarked: () => [...document.querySelectorAll("main :is(blockquote, ol)")].filter((each) => {
      const style = getComputedStyle(each);
      if (!visible(each) || each.localName === "ol") return visible(each) && !["decimal", "none"].includes(style.listStyleType);
      return style.borderInlineStartStyle === "none" || parseFloat(style.borderInlineStartWidth) < 2;
    }).map(name),

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

    // What axe finds, and what it leaves open. What `appearance` rules say of two elements they need not say of all that look like them, unless
    // of `every`: they take most of the time.
    axe: async (runOnly, appearance, every) => {
      const skipped = every ? [] : alike();
      for (const each of skipped) each.dataset.alike = "";
      const rules = runOnly.type === "tag" ? { "label-content-name-mismatch": { enabled: true } } : {};
      const selectorOf = (id) => (id === "link-in-text-block" ? ":is(a[href], [role=link])" : "*");
      axe.configure({ rules: appearance.map((id) => ({ id, selector: `${selectorOf(id)}:not([data-alike])` })) });
      const { violations, incomplete } = await axe.run({ runOnly, rules, resultTypes: ["violations", "incomplete"] });
      for (const each of skipped) delete each.dataset.alike;
      return [violations, incomplete].map((rules) => rules.flatMap((rule) => rule.nodes.map((node) =>
        `${rule.id}: ${node.target[0]}: ${node.failureSummary.split("\n")[1].trim()}`)));
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
