// Runs every check of the project, one after the other, and counts what they counted.
//
//   node tools/test.mjs [step…]     (the names of the steps are printed by --list)
//
// The last line says how many tests passed and failed. A check that counts nothing itself, such as
// a lint, counts as one test.
import { spawn } from "node:child_process";
import { steps } from "./test-steps.mjs";

const chosen = process.argv.slice(2);
if (chosen.includes("--list")) {
  for (const step of steps) console.log(`${step.name.padEnd(16)}${step.about}`);
  process.exit(0);
}
const unknown = chosen.filter((name) => !steps.some((step) => step.name === name));
if (unknown.length > 0) {
  console.error(`No such step: ${unknown.join(", ")}. There are: ${steps.map((step) => step.name).join(", ")}`);
  process.exit(2);
}

const rows = [];
for (const step of steps.filter(({ name }) => chosen.length === 0 || chosen.includes(name))) {
  console.log(`\n── ${step.name}: ${step.about}`);
  const started = performance.now();
  const { code, output } = await run(step);
  const counted = count(output);
  const failedWithoutCount = code !== 0 && counted.failed === 0;
  const passed = counted.passed === 0 && code === 0 ? 1 : counted.passed;
  const failed = failedWithoutCount ? 1 : counted.failed;
  rows.push({ step: step.name, passed, failed, seconds: Math.round((performance.now() - started) / 1000) });
}

console.log();
console.table(rows);
const total = (key) => rows.reduce((sum, row) => sum + row[key], 0);
console.log(`${total("passed")} passed, ${total("failed")} failed`);
process.exit(total("failed") === 0 ? 0 : 1);

function run({ command, env }) {
  return new Promise((resolve) => {
    const child = spawn(command[0], command.slice(1), {
      env: { ...process.env, FORCE_COLOR: "0", CARGO_TERM_COLOR: "never", ...env },
      stdio: ["ignore", "pipe", "pipe"],
    });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream.on("data", (chunk) => {
        output += chunk;
        process.stdout.write(chunk);
      });
    }
    child.on("error", (error) => {
      console.log(`${command[0]}: ${error.message}`);
      resolve({ code: 1, output });
    });
    child.on("close", (code) => resolve({ code, output }));
  });
}

// What cargo, wasm-pack and node say at the end of their tests.
function count(output) {
  const sum = (pattern) => [...output.matchAll(pattern)].reduce((total, match) => total + Number(match[1]), 0);
  const result = /^test result: \w+\. (\d+) passed/gm;
  return {
    passed: sum(result) + sum(/^(?:ℹ|#) pass (\d+)$/gm),
    failed: sum(/^test result: \w+\. \d+ passed; (\d+) failed/gm) + sum(/^(?:ℹ|#) fail (\d+)$/gm),
  };
}
