// Type-checks the JavaScript that ships: `tsc -p` for each folder that has a tsconfig.json.
//
//   node tools/types-js.mjs [folder…]     (all of src/host/*, and pkg-template, if none is named)
//
// A file is checked in the project of its folder. Errors in files that a project only imports are left to that folder's project.
import { existsSync, readdirSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";

const root = fileURLToPath(new URL("../", import.meta.url));
const host = ts.createCompilerHost({});
const reported = {
  getCurrentDirectory: () => root,
  getCanonicalFileName: (name) => name,
  getNewLine: () => "\n",
};

// The declarations of the language and of hosts are parsed once for all projects.
const parsed = new Map();
const { getSourceFile } = host;
host.getSourceFile = (file, options, ...rest) => {
  const key = `${file} ${options.impliedNodeFormat}`;
  if (!parsed.has(key)) parsed.set(key, getSourceFile(file, options, ...rest));
  return parsed.get(key);
};

const named = process.argv.slice(2);
let failed = 0;
for (const folder of named.length > 0 ? named : folders()) {
  const errors = check(join(root, folder));
  if (errors.length > 0) console.log(ts.formatDiagnostics(errors, reported));
  failed += errors.length;
  console.log(`${errors.length === 0 ? "✔" : "✖"} ${folder}: ${errors.length} errors`);
}
process.exit(failed === 0 ? 0 : 1);

function folders() {
  const hosts = readdirSync(join(root, "src/host")).map((name) => `src/host/${name}`);
  return [...hosts, "pkg-template"].filter((folder) => existsSync(join(root, folder, "tsconfig.json")));
}

function check(folder) {
  const config = ts.getParsedCommandLineOfConfigFile(
    join(folder, "tsconfig.json"),
    {},
    { ...ts.sys, onUnRecoverableConfigFileDiagnostic },
  );
  const program = ts.createProgram(config.fileNames, config.options, host);
  const errors = [...config.errors, ...ts.getPreEmitDiagnostics(program)];
  return errors.filter(({ file }) => !file || !relative(folder, dirname(file.fileName)).startsWith(".."));
}

function onUnRecoverableConfigFileDiagnostic(problem) {
  throw new Error(ts.flattenDiagnosticMessageText(problem.messageText, "\n"));
}
