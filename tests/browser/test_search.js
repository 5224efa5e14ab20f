async (phrases) => {
    const box = document.querySelector("#search-query");
    const status = document.querySelector("[role=search] [role=status]");
    const type = async (words, answer) => {
        box.value = words;
        box.dispatchEvent(new Event("input", { bubbles: true }));
        while (!answer.test(status.textContent)) await new Promise((done) => setTimeout(done));
    };
    const found = [];
    for (const phrase of phrases) {
        await type("", /^Type to start/);
        await type(phrase, /found/i);
        found.push(document.querySelector("[data-search-results] > li > a")?.href ?? "nothing");
    }
    return found;
}
