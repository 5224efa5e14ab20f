// The words of scripts in the language of the page. English is the source: a page in English loads no catalog, and a
// message is its own translation. The catalog of another language (assets/javascripts/words/<language>.js) comes first.
const catalog = globalThis.charterWords ?? {};
const language = document.documentElement.lang || "en";
const key = (context, message) => (context ? `${context}\u0004${message}` : message);

export const gettext = (message) => catalog[message] ?? message;
export const pgettext = (context, message) => catalog[key(context, message)] ?? message;
export const ngettext = (one, many, count) => {
  const forms = catalog[`${one}\u0000`];
  return forms ? forms[new Intl.PluralRules(language).select(count)] ?? forms.other : count === 1 ? one : many;
};

// Puts values into the places of a message that braces name.
export const format = (message, values) => message.replace(/\{(\w+)\}/g, (place, name) => String(values[name] ?? place));
export const number = (value) => value.toLocaleString(language);
export const day = (date) => new Date(`${date}T00:00Z`).toLocaleDateString(language, { dateStyle: "long", timeZone: "UTC" });
