// What a form says of each principle, one line each: the very lines that the program reads (editing/sign_up/report_lines.py).
import "../interface.js";
import { closest, length, quote, quoteList } from "./words.js";

const { format, gettext, ngettext, number } = globalThis.interface;
const START = /^\s*(?:[-*•·]\s|[0-9]{1,3}[.)]\s|[-*•·])?\s*[*_`]{0,3}([A-Za-z0-9][A-Za-z0-9-]{0,119})[*_`]{0,3}\s*([=＝:：])\s*/u;
const ADDRESS = /(?:^|\s)[<(]?(https?:\/\/(?:[^\s<>()]|\([^\s<>()]*\)|\((?![^\s<>()]*\))|\)){1,2000}?)[>).,;:!?]{0,9}$/iu;
const ELSEWHERE = /https?:\/\/[^\s<>()]+/iu;
const SEPARATOR = /\s*[;；؛]\s*/u;
const HIDDEN = /[\p{Cc}\p{Cs}\p{Cn}\p{Zl}\p{Zp}]/u;

const folded = (words) => words.normalize("NFKC").toLowerCase().replaceAll("’", "'").split(/\s+/u).filter(Boolean).join(" ").replace(/^[ .*_`]+|[ .*_`]+$/gu, "");

/** The lines as they are sent: without those that were left empty. */
export const kept = (words) => words.split("\n").map((line) => line.replace(/[ \t\u00a0]+/gu, " ").trim()).filter((line) => line && !/^[\w-]+ ?[=＝]$/u.test(line)).join("\n");

/** A line to fill in for each principle. */
export const blank = (version, table) => (table.principles[version] ?? table.principles[""]).map((id) => `${id} =\n`).join("");

const split = (words) => {
  const found = SEPARATOR.exec(words);
  return found ? [words.slice(0, found.index), words.slice(found.index + found[0].length)] : [words, null];
};

/** What is wrong with the lines, as [message, fix] each. A version that is not named is the current one. */
export const faults = (text, version, table) => {
  const ids = table.principles[version] ?? table.principles[""], answers = new Set(table.reportAnswers.flat().map(folded));
  const joined = [];
  for (const line of text.split("\n")) {
    const start = START.exec(line), rest = start ? line.slice(start[0].length) : "";
    const known = start && ids.includes(start[1].toLowerCase());
    const begins = known || (start && "=＝".includes(start[2]) && (!joined.length || !split(rest)[0].trim() || answers.has(folded(split(rest)[0]))));
    if (begins) joined.push([start[1].toLowerCase(), [rest]]);
    else if (line.trim() && joined.length) joined.at(-1)[1].push(line.trim());
    else if (line.trim()) joined.push(["", [line.trim()]]);
  }
  const seen = new Set();
  return joined.flatMap(([id, parts]) => {
    const rest = parts.join(" ").replace(/[ \t\n\u00a0]+/gu, " ").trim();
    if (!id) return [[format(gettext("{words} does not begin with a principle"), { words: quote(rest) }), format(gettext("begin each line with the principle and “=”, such as {line}"), { line: quote(`${ids[0]} = ${table.reportAnswers[0].at(-1)}`) })]];
    if (!rest) return [];
    if (!ids.includes(id)) {
      const near = closest(id, ids);
      return [[format(gettext("there is no principle {id} in this version"), { id: quote(id) }), near ? format(gettext("do you mean {name}?"), { name: quote(near) }) : format(gettext("write one of {choices}"), { choices: quoteList(ids) })]];
    }
    const [first, more] = split(rest);
    const answer = more === null ? first.replace(ADDRESS, "").trimEnd() : first, words = (more ?? "").replace(ADDRESS, "").trimEnd();
    const meant = table.meantAnswers[folded(answer)];
    if (!answers.has(folded(answer)) && meant) return [[format(gettext("{words} is not an answer about {id}"), { words: quote(answer), id: quote(id) }), format(gettext("do you mean {name}?"), { name: quote(meant) })]];
    if (!answers.has(folded(answer))) return [[format(gettext("{words} is not an answer about {id}"), { words: quote(answer), id: quote(id) }), format(gettext("write one of {choices}, and words of your own after a semicolon"), { choices: quoteList(table.reportAnswers.map((names) => names.at(-1))) })]];
    const about = (fault) => `${quote(id)}: ${fault}`;
    const hidden = HIDDEN.exec(words);
    if (hidden) return [[about(format(gettext("it has a character in it that ends a line or hides, {character}"), { character: `U+${hidden[0].codePointAt(0).toString(16).toUpperCase().padStart(4, "0")}` })), gettext("type it again")]];
    if (length(words) > table.mostWords) return [[about(format(ngettext("it has {count} character; {most} is the most", "it has {count} characters; {most} is the most", length(words)), { count: number(length(words)), most: table.mostWords })), gettext("say it more briefly")]];
    const among = ELSEWHERE.exec(words);
    if (among) return [[format(gettext("{address} is among the words about {id}"), { address: quote(among[0]), id: quote(id) }), gettext("write one address, after all your words")]];
    if (seen.has(id)) return [[format(gettext("{id} is here twice"), { id: quote(id) }), gettext("keep one of the two")]];
    seen.add(id);
    return [];
  });
};
