// Says which version a file is that somebody chose or dropped, or whose digest somebody typed, and where a file first differs
// from what was released. The file stays where it is: all that is fetched are the lists and texts of this site.
(() => {
  const { format, gettext, number } = globalThis.interface;
  const form = document.querySelector("[data-check]"), said = form.querySelector("[data-check-said]");
  const LARGEST = 20_000_000; // bytes: twice what a version can have
  const root = new URL(form.dataset.sums, location.href);
  const known = new Map([...document.querySelectorAll("[data-file]")].map((each) => [each.textContent.trim(), each.dataset.file]));

  const hex = (buffer) => [...new Uint8Array(buffer)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  const digest = async (bytes, kind = "SHA-256") => hex(await crypto.subtle.digest(kind, bytes));
  const gitName = (bytes) => {
    const head = new TextEncoder().encode(`blob ${bytes.length}\0`), whole = new Uint8Array(head.length + bytes.length);
    whole.set(head);
    whole.set(bytes, head.length);
    return digest(whole, "SHA-1");
  };
  const load = async (path) => {
    try {
      const response = await fetch(new URL(path, root));
      return response.ok ? new Uint8Array(await response.arrayBuffer()) : null;
    } catch { return null; } // offline, or a page that was saved: it knows the files of its own version
  };
  let complete = false; // whether every version that is published here is known
  const list = load(root.href).then((bytes) => {
    complete = Boolean(bytes);
    for (const [, sum, path] of new TextDecoder().decode(bytes ?? new Uint8Array()).matchAll(/^([0-9a-f]{64}) [ *](\S+)$/gm)) known.set(sum, path);
  });

  const show = (good, ...lines) => {
    const [first, ...others] = lines.map((line) => {
      const element = document.createElement("p");
      element.append(...[line].flat());
      return element;
    });
    first.className = good ? "check-form__same" : "check-form__other";
    said.replaceChildren(first, ...others);
  };
  const code = (text) => {
    const element = document.createElement("code");
    element.dir = "ltr";
    element.textContent = text;
    return element;
  };
  const named = (path, version, translation) => format(path.endsWith("/charter.json") ? version : translation, { version: path.split("/")[0], file: path.split("/")[1] });
  const names = async (bytes, sum) => [gettext("SHA-256:"), " ", code(sum), " · ", "SWHID:", " ", code(`swh:1:cnt:${await gitName(bytes)}`)];

  // The path of what a file says that it is, if there is such a file; else the text of the version that this page is about.
  const meant = (text) => {
    let value = null;
    try { value = JSON.parse(text); } catch { /* cut off, or something else */ }
    const told = value?.release ? `${value.release.version}/${value.language}.${value.revision}.json` : `${value?.version}/charter.json`;
    return [...known.values()].find((path) => path === told) ?? `${form.dataset.version}/charter.json`;
  };
  const line = (text, at) => [...text.split("\n")[at - 1] ?? ""].slice(0, 300).join("");
  const judge = async (file) => {
    if (file.size > LARGEST) return show(false, gettext("It isn’t a version: it’s larger than any can be."));
    const bytes = new Uint8Array(await file.arrayBuffer()), sum = await digest(bytes);
    await list;
    if (known.has(sum)) return show(true, named(known.get(sum), gettext("It’s version {version}: every byte is the same."), gettext("It’s {file}, a translation of version {version}: every byte is the same.")), await names(bytes, sum));
    const text = new TextDecoder().decode(bytes), path = meant(text), right = await load(path);
    const wrong = format(gettext("It isn’t what was released as {file}."), { file: path });
    if (!right) return show(false, wrong, await names(bytes, sum));
    const released = new TextDecoder().decode(right);
    if (text.replace(/\r\n?/g, "\n").trimEnd() === released.trimEnd()) // the decoder has taken off a mark at its start
      return show(false, wrong, gettext("Its words are the same, but not the ends of its lines, or its first or last bytes: an editor or an e-mail may have changed them. Save the file again."), await names(bytes, sum));
    let at = 0;
    while (at < bytes.length && at < right.length && bytes[at] === right[at]) at += 1;
    const lines = right.subarray(0, at).reduce((sum_, byte) => sum_ + (byte === 10), 1);
    return show(false, wrong, format(gettext("The first byte that differs is number {byte}, in line {line}."), { byte: number(at + 1), line: number(lines) }),
      [gettext("Yours:"), " ", code(line(text, lines))], [gettext("Released:"), " ", code(line(released, lines))], await names(bytes, sum));
  };
  const other = (text) => complete ? [text] : [text, format(gettext("The list of the other versions couldn’t be fetched: this is about version {version} alone."), { version: form.dataset.version })];
  const look = async (typed) => {
    const text = typed.toLowerCase();
    const digits = text.match(/(?:^|[^0-9a-z])([0-9a-f]{64}|[0-9a-f]{40})(?![0-9a-z])/)?.[1] ?? text.replace(/^\s*sha-?256\b\W*/, "").replace(/[\s>…]/g, "");
    await list;
    if (/swh:(?!1:cnt:)/.test(text) || !/^[0-9a-f]{12,64}$/.test(digits)) return show(false, gettext("Type a digest, which has 64 letters and figures (0 to 9, and a to f), or at least the first 12 of them, or the SWHID of a file."));
    if (known.has(digits)) return show(true, named(known.get(digits), gettext("It’s the digest of version {version}."), gettext("It’s the digest of {file}, a translation of version {version}.")));
    const alike = text.includes("swh:") ? [] : [...known].filter(([sum]) => sum.startsWith(digits));
    if (alike.length)
      return show(false, ...alike.map(([, path]) => format(gettext("The digest of {file} begins like this."), { file: path })), gettext("It isn’t the whole digest, and somebody could make another file whose digest begins like this. To be sure, compare all 64 letters and figures."));
    if (digits.length === 64) return show(false, ...other(gettext("No version that’s published here, and no translation of one, has this digest.")));
    if (digits.length !== 40) return show(false, ...other(gettext("No version that’s published here, and no translation of one, has a digest that begins like this.")));
    for (const path of known.values()) {
      const bytes = await load(path);
      if (!bytes) complete = false;
      else if (await gitName(bytes) === digits) return show(false, format(gettext("It’s the SWHID of {file}."), { file: path }), gettext("A SWHID finds a file, and can be forged. To be sure that yours is the same, compare the digest."));
    }
    return show(false, ...other(gettext("No version that’s published here, and no translation of one, has this SWHID.")));
  };

  const input = form.querySelector("input");
  const chosen = (file) => judge(file).catch(() => show(false, gettext("Your browser can’t open it.")));
  input.addEventListener("change", () => { if (input.files.length) chosen(input.files[0]); });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    look(form.querySelector("textarea").value);
  });
  form.addEventListener("dragover", (event) => event.preventDefault());
  form.addEventListener("drop", (event) => {
    if (!event.dataTransfer.files.length) return;
    event.preventDefault();
    chosen(event.dataTransfer.files[0]);
  });
  if (!globalThis.crypto?.subtle) return; // only on https, and on this computer
  form.hidden = false;
  document.querySelector(".check-form__without").hidden = true;
})();
