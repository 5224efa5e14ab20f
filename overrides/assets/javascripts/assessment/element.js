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

/** A drawing of where an answer stands among the `levels`, by their ids; `second` is another's. The words stand beside it. */
export const drawing = (levels, first, second) => {
  const at = Object.keys(levels);
  const svg = (tag, values) => {
    const made = document.createElementNS(SVG, tag);
    for (const [name, value] of Object.entries(values)) made.setAttribute(name, value);
    return made;
  };
  const rows = second === undefined ? [first] : [first, second];
  const width = at.length * 24, height = rows.length * 20;
  const picture = svg("svg", { class: "assess__drawing", width, height, viewBox: `0 0 ${width} ${height}`, "aria-hidden": "true", focusable: "false" });
  rows.forEach((level, row) => {
    const y = row * 20 + 10;
    picture.append(svg("line", { class: "assess__way", x1: 12, x2: width - 12, y1: y, y2: y, "stroke-width": 1.5 }));
    at.forEach((each, place) => {
      const mark = each === level ? { class: "assess__mark", r: 8 } : { class: "assess__stop", r: 3.5, "stroke-width": 1.5 };
      picture.append(svg("circle", { ...mark, cx: place * 24 + 12, cy: y }));
    });
  });
  return picture;
};
