([pages, leading]) => {
    const found = [];
    const strange = ["iframe", "object", "embed", "base", "style", "template", "foreignobject"];
    const within = address => address.origin === location.origin;
    for (const [address, text] of pages) {
        const page = new DOMParser().parseFromString(text, "text/html");
        const base = new URL(address, location.href);
        const say = (node, what) => found.push(`${address}: ${what}: ${node.outerHTML.slice(0, 200)}`);
        for (const node of page.querySelectorAll("*")) {
            for (const { name, value } of node.attributes) {
                if (name.startsWith("on") || name === "srcdoc" || name === "style") say(node, name);
                if (!leading.includes(name)) continue;
                const to = new URL(value, base);
                if (!["http:", "https:", "mailto:"].includes(to.protocol)) say(node, to.protocol);
                if (!node.matches("a, link[rel=canonical]") && !within(to)) say(node, "elsewhere");
            }
            const kind = node.localName.toLowerCase();
            if (strange.includes(kind) || kind.includes("-")) say(node, "not ours");
            const [, onto] = node.httpEquiv === "refresh" ? node.content.split(/url\s*=/i) : [];
            if (onto && !within(new URL(onto, base))) say(node, "elsewhere");
            if (kind === "script" && !node.src && !/json$/.test(node.type)) say(node, "a script");
        }
    }
    return found;
}
