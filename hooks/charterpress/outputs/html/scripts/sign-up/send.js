// What becomes of the answers: a text with a line for each, an e-mail that opens with it, and the form of a forge with
// the answers in its fields.

const LONGEST_MAIL = 1_900; // characters of an address that every mail program takes
const LONGEST_FORM = 7_500; // characters of an address that forges take

/** The text: “question: answer” in each line. An answer of several lines becomes one, but for the lines about principles. */
export const lines = (answers) => answers.map(([label, words, key]) => (key === "principle_answers" ? `${label}:\n${words}\n` : `${label}: ${words.replace(/\s+/gu, " ").trim()}\n`)).join("");

/** The address that opens an e-mail, or "" where it would be too long. */
export const mail = (to, subject, text) => {
  const address = `mailto:${encodeURIComponent(to).replaceAll("%40", "@")}?subject=${encodeURIComponent(subject)}&body=${encodeURIComponent(text.replaceAll("\n", "\r\n"))}`;
  return address.length <= LONGEST_MAIL ? address : "";
};

/** The address of the form of a forge with the answers in it, or "" where there is none or it would be too long. */
export const issue = (form, subject, keyed, answers) => {
  if (!form.address) return "";
  const address = new URL(form.address), put = (key, words) => { if (words) address.searchParams.set(key, words); };
  if (form.kind === "gitlab") {
    put("issue[title]", subject);
    put("issue[description]", answers.map(([label, words]) => `### ${label}\n\n${words}\n`).join("\n"));
    address.searchParams.delete("issuable_template");
  } else {
    put("title", subject);
    for (const [key, words] of keyed) put(form.kind === "forgejo" ? `field:${key}` : key, words);
  }
  const made = address.href.replaceAll("+", "%20");
  return made.length <= LONGEST_FORM ? made : "";
};
