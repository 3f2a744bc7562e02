// Answers each line of input, a JSON string of HTML, with a line of its faults as JSON.
import { createInterface } from "node:readline";
import { HtmlValidate, StaticConfigLoader } from "html-validate";

const validatorWith = (rules) =>
  new HtmlValidate(
    new StaticConfigLoader({
      root: true,
      extends: ["html-validate:standard", "html-validate:a11y"],
      rules: { "no-inline-style": "error", ...rules },
    }),
  );
const ofPages = validatorWith({ "no-missing-references": "error" });
const ofFragments = validatorWith({ "no-missing-references": "off" });

for await (const line of createInterface({ input: process.stdin })) {
  const html = JSON.parse(line);
  const validator = /^\s*<!doctype/i.test(html) ? ofPages : ofFragments;
  const report = await validator.validateString(html, "page.html");
  const faults = report.results.flatMap((result) =>
    result.messages.map(({ ruleId, message, line, column, selector }) =>
      `${ruleId}: ${message} (line ${line}, column ${column}: ${selector})`),
  );
  console.log(JSON.stringify(faults));
}
