// What of @actions/expressions evaluates: its own index also takes in what editors complete with.
export * as data from "./vendor/data/index.js";
export { Evaluator } from "./vendor/evaluator.js";
export { Lexer } from "./vendor/lexer.js";
export { Parser } from "./vendor/parser.js";
export { truthy } from "./vendor/result.js";
