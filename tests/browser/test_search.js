async (phrases) => {
    const box = document.querySelector("#search-query");
    const status = document.querySelector("[role=search] [role=status]");
    const type = async (words, answer) => {
        box.value = words;
        box.dispatchEvent(new Event("input", { bubbles: true }));
        while (!answer.test(status.textContent)) {
            if (/^Sorry/.test(status.textContent)) throw new Error(`${words}: ${status.textContent}`);
            await new Promise((done) => setTimeout(done));
        }
    };
    const found = [];
    for (const phrase of phrases) {
        await type("", /^Type to start/);
        await type(phrase, /found/i);
        found.push([...document.querySelectorAll("[data-search-results] > li > a")].slice(0, 3).map((each) => each.href));
    }
    return found;
}
