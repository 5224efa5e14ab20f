// Numbers in public registers, written as org-id.guide does. The rules are those of the check.
import "../interface.js";
import { closest, quote, whole } from "./words.js";

const { format, gettext } = globalThis.interface;

/** The code of the register, and the number in it; ["", ""] where there is no code. */
export const split = (registration, table) => {
  const pieces = registration.split("-");
  for (const count of [3, 2]) {
    const scheme = pieces.slice(0, count).join("-"), number = pieces.slice(count).join("-");
    if (Object.hasOwn(table.registers, scheme) && number) return [scheme, number];
  }
  const match = whole(table.patterns.listed, registration);
  return match ? [match[1], match[2]] : ["", ""];
};

const WEIGHTS = [10, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19]; // of an Australian Business Number

/** Whether the check digits are right, in the registers that have them and publish how. */
const checked = (scheme, number) => {
  if (scheme === "XI-LEI") return [...number].map((each) => parseInt(each, 36)).join("").split("").reduce((rest, digit) => (rest * 10 + Number(digit)) % 97, 0) === 1;
  if (scheme !== "AU-ABN") return true;
  const digits = [...number.replaceAll(" ", "")].map(Number);
  return digits.reduce((sum, digit, at) => sum + WEIGHTS[at] * (at ? digit : digit - 1), 0) % 89 === 0;
};

/** What is wrong with the form of a registration, as [message, fix], or null. */
export const registrationFault = (registration, table) => {
  const [scheme, number] = split(registration, table);
  if (!scheme) {
    const upper = registration.toUpperCase();
    const fix = split(upper, table)[0] ? format(gettext("write {number}"), { number: quote(upper) }) : gettext("write the code of the register and the number, such as GB-CHC-1234567");
    return [format(gettext("{number} does not say which register it is from"), { number: quote(registration) }), fix];
  }
  const known = table.registers[scheme], [pattern, example] = known?.[0] ? known : [table.patterns.anyNumber, "1234567"];
  if (!whole(pattern, number) || !checked(scheme, number)) return [format(gettext("{number} is not a number in the register {register}"), { number: quote(number), register: scheme }), format(gettext("write it as that register does, such as {number}"), { number: quote(`${scheme}-${example}`) })];
  if (known) return null;
  const codes = Object.keys(table.registers);
  const near = codes.find((code) => table.otherCodes[code]?.includes(scheme)) ?? closest(scheme, codes.filter((code) => code.slice(0, 2) === scheme.slice(0, 2)));
  return [format(gettext("{register} is not a register that org-id.guide lists"), { register: quote(scheme) }), near ? format(gettext("if you mean {register}, write {number}"), { register: near, number: quote(`${near}-${number}`) }) : gettext("look the code up at org-id.guide")];
};
