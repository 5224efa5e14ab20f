// The workflows named as arguments → a JSON list of what GitHub's own parser and language service and action-validator
// find in each, and the conditions of its jobs and steps as GitHub reads them.
import { readFileSync } from "node:fs";
import { validateWorkflow } from "@action-validator/core";
import { validate } from "@actions/languageservice";
import { convertWorkflowTemplate, NoOperationTraceWriter, parseWorkflow } from "@actions/workflow-parser";
import { TextDocument } from "vscode-languageserver-textdocument";

const read = async (path) => {
  const content = readFileSync(path, "utf8");
  const { context, value } = parseWorkflow({ name: path, content }, new NoOperationTraceWriter());
  const template = value && (await convertWorkflowTemplate(context, value));
  const served = await validate(TextDocument.create(`file://${path}`, "yaml", 0, content));
  const faults = [
    ...context.errors.getErrors().map((each) => each.message),
    ...(template?.errors ?? []).map((each) => each.Message),
    ...served.map((each) => `line ${each.range.start.line + 1}: ${each.message}`),
    ...validateWorkflow(content).errors.map((each) => `${each.path ?? ""} ${each.title}: ${each.detail ?? ""}`),
  ];
  const conditions = (template?.jobs ?? []).flatMap((job) => [job, ...job.steps].map((each) => each.if.expression));
  return { path, faults: [...new Set(faults)], conditions };
};

console.log(JSON.stringify(await Promise.all(process.argv.slice(2).map(read))));
