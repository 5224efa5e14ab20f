// Requests on standard input, one a line in JSON → answers. {text, contexts, status} gives {value}, the text with each
// ${{ }} evaluated; {condition, contexts, status} gives {value}, whether it holds; a fault gives {error}.
// GitHub wraps a condition in success() unless it asks for the status itself.
import { createInterface } from "node:readline";
import { data, Evaluator, Lexer, Parser, truthy } from "./engine.mjs";

const STATUS = {
  success: (status) => status === "success",
  failure: (status) => status === "failure",
  cancelled: (status) => status === "cancelled",
  always: () => true,
};

const evaluate = (expression, { contexts, status }) => {
  const functions = Object.entries(STATUS).map(([name, holds]) => ({
    name,
    minArgs: 0,
    maxArgs: 0,
    call: () => new data.BooleanData(holds(status)),
  }));
  functions.push({
    name: "hashFiles", // of the runner, and not of the engine: no file is read
    minArgs: 1,
    maxArgs: 255,
    call: (...files) => new data.StringData(files.map((each) => each.coerceString()).join("-")),
  });
  const tree = new Parser(new Lexer(expression).lex().tokens, Object.keys(contexts), functions).parse();
  const known = JSON.parse(JSON.stringify(contexts), data.reviver);
  const named = new Map(functions.map((each) => [each.name.toLowerCase(), each]));
  return new Evaluator(tree, known, named).evaluate();
};

const asksStatus = (expression) =>
  new Lexer(expression)
    .lex()
    .tokens.some((token, at, all) => token.lexeme in STATUS && all[at + 1]?.lexeme === "(");

const answer = (request) => {
  if ("condition" in request) {
    const bare = request.condition.replace(/^\s*\$\{\{([^]*)\}\}\s*$/, "$1").trim() || "success()";
    return { value: truthy(evaluate(asksStatus(bare) ? bare : `success() && (${bare})`, request)) };
  }
  return {
    value: request.text.replace(/\$\{\{((?:'[^']*'|[^'}]|\}(?!\}))*)\}\}/g, (_, expression) =>
      evaluate(expression, request).coerceString(),
    ),
  };
};

for await (const line of createInterface({ input: process.stdin })) {
  let said;
  try {
    said = answer(JSON.parse(line));
  } catch (error) {
    said = { error: error.message };
  }
  process.stdout.write(`${JSON.stringify(said)}\n`);
}
