// Prints what AsyncAPI's own parser says of a document, one JSON object per line; exit 1 on any error or warning.
const { readFileSync } = require("node:fs");
const { createRequire } = require("node:module");
const [modules, file] = process.argv.slice(2);
const { Parser } = createRequire(`${modules}/package.json`)("@asyncapi/parser");

new Parser().parse(readFileSync(file, "utf8"), { source: file }).then(({ document, diagnostics }) => {
  const serious = diagnostics.filter((one) => one.severity <= 1);
  for (const one of diagnostics) {
    console.log(JSON.stringify({ code: one.code, severity: one.severity, path: one.path.join("/"), message: one.message }));
  }
  process.exit(document === undefined || serious.length > 0 ? 1 : 0);
});
