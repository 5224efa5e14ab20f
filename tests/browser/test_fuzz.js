async ({files, known, most}) => {
    const { Fault, opened, read, write } = await import("/file.js");
    const plain = (each) => JSON.stringify([each.who, each.about, each.saved, [...each.answers]]);
    const before = Reflect.ownKeys(Object.prototype).length;
    const found = [];
    for (const file of files) {
        const bytes = Uint8Array.from(atob(file), (letter) => letter.charCodeAt(0));
        const began = performance.now();
        let said = "";
        try {
            const state = await opened(new Blob([bytes]), known);
            const again = read(write(state, known), known);
            if (plain(state) !== plain(again)) said = "what is written is not what was read";
            const values = [...state.answers.values()].flatMap((each) => Object.values(each));
            if (values.some((value) => typeof value !== "string")) said = "a value is no text";
            found.push("taken");
        } catch (error) {
            if (!(error instanceof Fault)) said = `${error}`;
            else if (!/^This file .+\.$/s.test(error.message)) said = `not in plain words: ${error.message}`;
            found.push("refused");
        }
        if (most && performance.now() - began > most) said = `it took more than ${most} ms`;
        if (Reflect.ownKeys(Object.prototype).length !== before) said = "what all objects share has changed";
        if (said) return { wrong: said, file };
    }
    return { taken: found.filter((each) => each === "taken").length };
}
