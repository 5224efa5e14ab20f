// Makes elements. Words go into the page as text, never as HTML.

/** An element with properties and children; a child that is "" or null is left out. */
export const element = (tag, values = {}, ...children) => {
  const made = document.createElement(tag);
  const { data = {}, scope, ...own } = values;
  Object.assign(made, own);
  Object.assign(made.dataset, data);
  if (scope) made.setAttribute("scope", scope);
  made.append(...children.filter((child) => child !== "" && child !== null));
  return made;
};

/** Somebody's own words, in whatever script, with their line breaks. */
export const quoted = (words, tag = "p") => element(tag, { className: "assess__own", dir: "auto" }, words.trim());

const SVG = "http://www.w3.org/2000/svg";

/** A drawing of where an answer stands among the `levels`, by their ids. Its words stand beside it. */
export const drawing = (levels, level) => {
  const at = Object.keys(levels), width = at.length * 24;
  const svg = (tag, values) => {
    const made = document.createElementNS(SVG, tag);
    for (const [name, value] of Object.entries(values)) made.setAttribute(name, value);
    return made;
  };
  const picture = svg("svg", { class: "assess__drawing", width, height: 20, viewBox: `0 0 ${width} 20`, "aria-hidden": "true", focusable: "false" });
  picture.append(svg("line", { class: "assess__way", x1: 12, x2: width - 12, y1: 10, y2: 10, "stroke-width": 1.5 }));
  at.forEach((each, place) => {
    const mark = each === level ? { class: "assess__mark", r: 8 } : { class: "assess__stop", r: 3.5, "stroke-width": 1.5 };
    picture.append(svg("circle", { ...mark, cx: place * 24 + 12, cy: 10 }));
  });
  return picture;
};
