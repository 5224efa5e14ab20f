// The words of a field → the clipboard.
import "./interface.js";

const { gettext } = globalThis.interface;

/** Copies what a field holds, or selects it where the browser refuses. Returns the words to announce. */
export const copied = async (field) => {
  try {
    await navigator.clipboard.writeText(field.value);
    return gettext("The text has been copied.");
  } catch {
    field.focus();
    field.select();
    return gettext("Press Ctrl and C, or ⌘ and C, to copy the text.");
  }
};
