// The browser's verdicts on answers: reads {table, asked} from stdin, and prints a list of [message, fix] for each.
import { readFileSync } from "node:fs";

const folder = new URL("../../hooks/charterpress/outputs/html/scripts/sign-up/", import.meta.url);
const { dayFault, questions, verdict } = await import(new URL("verdict.js", folder));
const { prepared } = await import(new URL("table.js", folder));
const { table, givenNames, asked, today } = JSON.parse(readFileSync(0, "utf8"));
const ready = prepared(table, givenNames);
const required = (key) => table.fields.find((each) => each.key === key).requiredFor.includes("sign");
const judged = ([key, words]) => {
  if (key !== "date") {
    const faults = verdict(key, words, ready, required(key));
    return [...faults, ...questions(key, words, ready)];
  }
  const fault = dayFault(words, today, "1.0.0", table.released["1.0.0"]);
  return fault ? [fault] : [];
};
console.log(JSON.stringify(asked.map(judged)));
