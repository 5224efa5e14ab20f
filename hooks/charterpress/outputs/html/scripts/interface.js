// The words of scripts in the language of the page, for every other script: it is published as the start of early.js, which
// each page runs first, and modules import it. English is the source: a page in English loads no catalog, and a message is
// its own translation. The catalog of another language (assets/javascripts/words/<language>.js) is loaded by its pages.
(() => {
  const language = globalThis.document?.documentElement.lang || "en";
  // British English is what messages are written in. Figures are those of the page that the program wrote.
  const locale = `${/^en(-XA)?$/.test(language) ? "en-GB" : language}-u-nu-latn`;
  const known = (key) => globalThis.charterWords?.[key];

  const gettext = (message) => known(message) ?? message;
  const pgettext = (context, message) => known(`${context}\u0004${message}`) ?? message;
  const ngettext = (one, many, count) => {
    const forms = known(`${one}\u0000`);
    return forms ? forms[new Intl.PluralRules(locale).select(count)] ?? forms.other : count === 1 ? one : many;
  };
  // Puts values into the places of a message that braces name.
  const format = (message, values) => message.replace(/\{(\w+)\}/g, (place, name) => String(values[name] ?? place));
  // The same with elements as values: a list of what can be appended to one.
  const pieces = (message, values) => message.split(/\{(\w+)\}/).flatMap((piece, at) => (at % 2 ? values[piece] : piece));
  const number = (value) => value.toLocaleString(locale);
  const day = (date) => new Date(`${date}T00:00Z`).toLocaleDateString(locale, { dateStyle: "long", timeZone: "UTC" });
  const list = (items) => {
    const last = items.at(-1) ?? "", start = items.slice(0, -1).reduceRight((end, each) => (end ? format(pgettext("list", "{start}, {end}"), { start: each, end }) : each), "");
    if (!start) return last;
    const pattern = /^[^\p{L}\p{N}]*[aeiouwyâêîôûŵŷáéíóúàèìòùäëïöü]/iu.test(last) ? pgettext("end of a list, before a vowel", "{start} and {end}") : pgettext("end of a list", "{start} and {end}");
    return format(pattern, { start, end: last });
  };
  globalThis.interface = { day, format, gettext, language, list, locale, ngettext, number, pgettext, pieces };
})();
