// Words as the search knows them: cut, folded, stemmed, and told from mistakes in typing; in the language of the site.

// A number as people cite it (1.1, 1.1b, v1.0.0, 1:10), or a word, with apostrophes and hyphens within it.
const NUMBER = "v?\\p{N}+(?:[.:]\\p{N}+)+\\p{L}?(?![\\p{L}\\p{N}])";
const WORD = new RegExp(`${NUMBER}|[\\p{L}\\p{M}\\p{N}]+(?:['’-][\\p{L}\\p{M}\\p{N}]+)*`, "giu");
const ASKS = new Set(["how", "what", "when", "where", "who", "why"]);
const STOP = new Set(`a about also am an and any anybody anyone are arent as at be been but by can cannot cant could did do does doesnt
  dont for from get getting got had has have hows i id if im in into is isnt it its ive just let many me much my not of often on or our
  please shall should show so somebody someone tell than that thats the their them theres there they things this to us very want wants was
  we were weve whats wheres which whom whos whose will with would you your ${[...ASKS].join(" ")}`.split(/\s+/));
const CITED = /(^|\s)(?:principles?|themes?|commitments?|promises?|sections?|points?|paragraphs?|clauses?|articles?|numbers?|no\.?|nr\.?|§)\s*(?=\p{N})/giu;

// The language of the texts, and its stemmer where it has one. What is known of words besides their stems is known of English:
// which of them ask or say nothing, how parts of a text are cited, and that “organise” has the stem of “organize”.
let isEnglish = true, stemmer = null, segmenter = null;
const stems = new Map();
export const speak = (language = "en", its = null) => {
  [isEnglish, stemmer] = [/^en\b/.test(language), its];
  segmenter = globalThis.Intl?.Segmenter && new Intl.Segmenter(language, { granularity: "word" });
  stems.clear();
};
speak();
export const asks = (word) => isEnglish && ASKS.has(word);
export const isEmpty = (word) => isEnglish && STOP.has(word);

// Scripts that put no space between words. The browser's dictionaries divide them (ICU's, in most), those of the index and those
// that are typed alike; where it has none, every two letters are a word.
const UNSPACED = ["Thai", "Lao", "Mymr", "Khmr", "Han", "Hira", "Kana"].map((script) => `\\p{scx=${script}}`).join("");
const RUNS = new RegExp(`[${UNSPACED}][${UNSPACED}\\p{M}]*|(?:(?![${UNSPACED}]).)+`, "gsu");
const unspaced = new RegExp(`[${UNSPACED}]`, "u");
export const isUnspaced = (word) => unspaced.test(word);
const inPairs = (run) => {
  const letters = isUnspaced(run) ? [...run.matchAll(/.\p{M}*/gsu)] : [];
  return letters.length < 2 ? [[run, 0]] : letters.slice(1).map(({ 0: letter }, at) => [letters[at][0] + letter, letters[at].index]);
};
// A word as the words that it is divided into, each with its place.
const divided = (word) => {
  if (!isUnspaced(word)) return [[word, 0]];
  const parts = segmenter ? [...segmenter.segment(word)].map(({ segment, index }) => [segment, index])
    : [...word.matchAll(RUNS)].flatMap(({ 0: run, index }) => inPairs(run).map(([pair, at]) => [pair, index + at]));
  return parts.filter(([part]) => /[\p{L}\p{N}]/u.test(part));
};
export const wordsIn = (text) => [...text.matchAll(WORD)].flatMap(({ 0: word, index }) => divided(word).map(([part, at]) => ({ word: part, index: index + at })));

const folding = { letters: {}, alone: /(?!)/gu }; // comes with the index
export const foldBy = (letters) => Object.assign(folding, { letters, alone: new RegExp(`[${Object.keys(letters).join("")}]`, "gu") });
const letter = (one) => folding.letters[one];
export const fold = (word) => word.normalize("NFKC").toLowerCase().replace(folding.alone, letter)
  .normalize("NFKD").replace(/(?![\u0900-\u1aaf\u1b00-\u1cff\u3099\u309a\ua800-\uabff\u{11000}-\u{11fff}])\p{M}/gu, "").replace(folding.alone, letter);

// What a text is found by: its words, and those with a hyphen in pieces as well as in one (“e-mail”: e, mail, email).
export const pieces = (word) => {
  const whole = fold(word);
  return whole.includes("-") ? [...whole.split("-").filter(Boolean), whole.replaceAll("-", "")] : [whole];
};
export const words = (text) => wordsIn(text).flatMap(({ word }) => pieces(word));

// The stem of a word, marked as one so that none is taken for a word; "" where its language has no stemmer.
const BRITISH = /^([a-z]{3,})is(e[drs]?|ers|ing|ations?|ational)$/;
export const stem = (word) => {
  if (!stems.has(word)) {
    const is = stemmer && (isEnglish ? /^[a-z]{3,}$/ : /^\p{L}{3,}$/u).test(word);
    stems.set(word, is ? `=${stemmer(isEnglish ? word.replace(BRITISH, "$1iz$2") : word)}` : "");
  }
  return stems.get(word);
};

// A query as its words, in pieces where a hyphen is in one: a number as one word, however it is cited (“principle 1.1 (b)”).
export const asked = (query, known) => {
  const cited = query.replace(/(^|\s)v(?:ersion|\.)?\s*(?=\p{N}+\.)/giu, "$1v").replace(isEnglish ? CITED : /(?!)/, "$1")
    .replace(/(\p{N}+(?:\.\p{N}+)+)[\s.([-]*(\p{L})[)\]]?(?![\p{L}\p{N}'’-])/gu, (all, number, one) =>
      known(fold(number + one)) ? number + one : all);
  return wordsIn(cited).map(({ word }) => fold(word));
};

// --- Mistakes in typing ------------------------------------------------------------------------------------------

const ROWS = ["qwertyuiop", "asdfghjkl", "zxcvbnm"];
const place = new Map(ROWS.flatMap((row, y) => [...row].map((key, x) => [key, [x + y / 2, y]])));
const ALIKE = ["aeiouy", "cksqz", "sz"];
const alike = (one, other) => {
  const [a, b] = [place.get(one), place.get(other)];
  return ALIKE.some((group) => group.includes(one) && group.includes(other))
    || Boolean(a && b && Math.abs(a[0] - b[0]) <= 1 && Math.abs(a[1] - b[1]) <= 1);
};

// How many slips of the hand lie between two words: two letters swapped, one missing or too many, one key beside another or
// a letter that sounds alike. To put any other letter in the place of one makes another word, so that counts as three.
const slips = (typed, word, most, another = 3) => {
  if (Math.abs(typed.length - word.length) > most) return Infinity;
  let before = [], last = [...Array(word.length + 1).keys()];
  for (let i = 1; i <= typed.length; i++) {
    const row = [i];
    for (let j = 1; j <= word.length; j++) {
      const [one, other] = [typed[i - 1], word[j - 1]];
      const put = one === other ? 0 : alike(one, other) ? 1 : another;
      row[j] = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + put);
      if (i > 1 && j > 1 && one !== other && one === word[j - 2] && typed[i - 2] === other) row[j] = Math.min(row[j], before[j - 2] + 1);
    }
    [before, last] = [last, row];
  }
  return last[word.length];
};

// The words that were most likely meant by one that stands nowhere; none for one that is too short to tell.
export const meant = (typed, vocabulary) => {
  const most = typed.length < 4 || /\p{N}/u.test(typed) ? 0 : typed.length < 8 ? 1 : 2;
  let best = { most, words: [] };
  for (const word of most ? vocabulary : []) {
    const begins = word[0] === typed[0] || (word[0] === typed[1] && word[1] === typed[0]);
    if (!begins || word.length < 4 || /\p{N}/u.test(word)) continue;
    const count = slips(typed, word, best.most);
    if (count < best.most) best = { most: count, words: [word] };
    else if (count === best.most) best.words.push(word);
  }
  return best.words.slice(0, 5);
};

// The words that look most like one that stands nowhere, whichever letter is in the place of another: for people to choose from.
export const resembling = (typed, vocabulary) => {
  const most = typed.length < 4 || /\p{N}/u.test(typed) ? 0 : typed.length < 6 ? 1 : 2;
  const near = (most ? vocabulary : []).filter((word) => word.length > 3 && word[0] === typed[0] && !/\p{N}/u.test(word))
    .map((word) => ({ word, count: slips(typed, word, most, 1) })).filter(({ count }) => count <= most);
  return near.sort((one, other) => one.count - other.count).slice(0, 3).map(({ word }) => word);
};
