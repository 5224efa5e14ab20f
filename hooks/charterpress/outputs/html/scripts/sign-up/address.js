// Web addresses: they lead to a public website, and to no other place. The rules are those of the check.
import "../interface.js";
import { found, quote, whole } from "./words.js";

const { format, gettext } = globalThis.interface;
const uncut = (words) => quote(words, Infinity);

const nameOf = (authority) => authority.replace(/[。．｡]/gu, ".").normalize("NFKC").toLowerCase().replace(/\.$/, "");
const isExample = (host, table) => table.exampleDomains.some((name) => name === host.split(".").at(-1) || name === host.split(".").slice(-2).join("."));

/** Why the public cannot reach a host, or "". */
const unreachable = (authority, table) => {
  if (/:[0-9]*$/.test(authority) && !authority.startsWith("[")) return format(gettext("it has a port in it: {host}"), { host: quote(authority) });
  const name = nameOf(authority), labels = name.split("."), last = labels.at(-1);
  if (authority.startsWith("[") || whole(table.patterns.number, last)) return format(gettext("it leads to a number, not to a name: {host}"), { host: quote(authority) });
  if (!name || [...name].length > 253 || !labels.every((each) => [...each].length <= 63 && whole(table.patterns.label, each))) return format(gettext("it has no name of a site in it: {host}"), { host: quote(authority) });
  if (labels.length < 2 || table.privateDomains.includes(last) || !(isExample(name, table) || table.topDomains.has(last))) return format(gettext("it leads to {host}, which is not a name that the public can reach"), { host: quote(name) });
  return "";
};

/** The web address, or mailto: and an e-mail address, that somebody most likely means; "" for none. */
const meant = (written, table) => {
  const scheme = new RegExp(`^(?:${table.patterns.schemes[0]})`, table.patterns.schemes[1]).exec(written);
  const rest = scheme ? written.slice(scheme[0].length) : written;
  const mailbox = whole(table.patterns.mailbox, rest);
  if (mailbox) return unreachable(mailbox[1], table) ? "" : `mailto:${rest.replace(/\/+$/, "")}`;
  const host = rest.split(/[/?#]/, 1)[0];
  if (host.includes("@") || found(table.patterns.invalid, rest) || unreachable(host, table)) return "";
  return `${scheme?.[0].toLowerCase().endsWith("http://") ? "http" : "https"}://${rest}`;
};

/** The first thing that is wrong with an address, as [message, fix], or null. An e-mail address is another rule’s. */
export const addressFault = (address, table) => {
  const match = whole(table.patterns.address, address), intended = meant(address, table);
  const twice = match && whole(table.patterns.schemes, `${match[2]}/`) && intended.startsWith("http");
  if (!match || twice) {
    const message = format(gettext("it is {address}, which is not an address of the web"), { address: quote(address) });
    if (intended.startsWith("http")) return [message, format(gettext("write {address}"), { address: uncut(intended) })];
    return intended ? null : [message, gettext("write the full address of a page, which starts with https://")];
  }
  const invalid = found(table.patterns.invalid, address);
  if (invalid) return [format(gettext("it has a character that no address may have, {character}"), { character: quote(invalid[0]) }), gettext("copy the address again from the browser")];
  const authority = match[2].normalize("NFKC");
  if (authority.includes("@")) {
    const own = format(gettext("write {address}"), { address: uncut(`${match[1]}://${authority.slice(authority.lastIndexOf("@") + 1)}${match[3] ?? ""}`) });
    return [format(gettext("it has a user name in it: {address}"), { address: quote(address) }), intended ? table.ownPage : own];
  }
  const message = unreachable(authority, table);
  return message ? [message, gettext("write the address that the public uses")] : null;
};
