// The table of questions and rules, as the program wrote it, made ready for use.

const LISTS = ["topDomains", "courtesyTitles", "officeWords", "placeNames", "particles", "saints", "ofPlaces", "officesAndNames", "askedHosts"];

/** The table with its long lists as sets; `givenNames` are a text of their own, which only two questions need. */
export const prepared = (table, givenNames = "") => {
  const one = (names) => new RegExp(`^[${names.map((name) => `\\p{Script=${name}}`).join("")}]$`, "u"); // a letter of one of these scripts
  const { alike, joining, unspaced } = table.scripts;
  const scripts = { alike: alike.map((name) => [name, one([name])]), joining: one(joining), unspaced: one(unspaced) };
  const set = (words) => new Set(words.split(" "));
  return { ...table, scripts, ...Object.fromEntries(LISTS.map((name) => [name, set(table[name])])), givenNames: set(givenNames) };
};
