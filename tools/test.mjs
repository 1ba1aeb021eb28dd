// Runs every check of the project, two at a time, and counts what they counted.
//
//   node tools/test.mjs [step…]     (the names of the steps are printed by --list)
//   node tools/test.mjs --check     the quick ones, and which of the others cover what has been touched
//
// The output of a step is printed when it ends, and that of a failed step again at the end. The last line says how many tests
// passed and failed. A check that counts nothing itself, such as a lint, counts as one test.
import { spawn } from "node:child_process";
import { availableParallelism } from "node:os";
import { runScheduled } from "./schedule.mjs";
import { steps } from "./test-steps.mjs";
import { stepsThatCover, touchedFiles } from "./touched.mjs";

const chosen = process.argv.slice(2);
if (chosen.includes("--list")) {
  for (const step of steps) console.log(`${step.name.padEnd(20)}${step.about}${step.quick ? " *" : ""}`);
  console.log("\n* is part of ./dev check");
  process.exit(0);
}
const check = chosen.length === 1 && chosen[0] === "--check";
const unknown = chosen.filter((name) => !check && !steps.some((step) => step.name === name));
if (unknown.length > 0) {
  console.error(`No such step: ${unknown.join(", ")}. There are: ${steps.map((step) => step.name).join(", ")}`);
  process.exit(2);
}

const wanted = steps.filter(({ name, quick, within }) => {
  if (check) return quick;
  return chosen.length === 0 ? !within : chosen.includes(name);
});
// A single step prints as it goes. Of two at a time the lines would mix.
const live = wanted.length === 1;
const slots = live ? 1 : Math.max(1, Math.min(Number(process.env.KAVACHOS_JOBS) || 2, availableParallelism()));
const rows = await runScheduled(wanted, slots, async (step) => {
  const title = `── ${step.name}: ${step.about}`;
  console.log(live ? `\n${title}` : `\nStarted: ${step.name}`);
  const started = performance.now();
  const { code, output } = await run(step);
  const seconds = Math.round((performance.now() - started) / 1000);
  if (!live) console.log(`\n${title}\n${output}${output.endsWith("\n") || output === "" ? "" : "\n"}(${seconds} s)`);
  const counted = count(output);
  const failedWithoutCount = code !== 0 && counted.failed === 0;
  const passed = counted.passed === 0 && code === 0 ? 1 : counted.passed;
  const failed = failedWithoutCount ? 1 : counted.failed;
  return { step: step.name, passed, failed, seconds, output };
});

for (const { step, output } of live ? [] : rows.filter(({ failed }) => failed > 0)) {
  console.log(`\n── Failed: ${step}\n${withoutPasses(output)}`);
}
console.log();
console.table(rows.map(({ output, ...row }) => row));
if (check) {
  const further = stepsThatCover(
    touchedFiles(),
    steps.filter(({ quick }) => !quick),
  );
  if (further.length > 0) console.log(`What you have touched is also tested by: ./dev test ${further.join(" ")}`);
}
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
      stream.setEncoding("utf8");
      stream.on("data", (chunk) => {
        output += chunk;
        if (live) process.stdout.write(chunk);
      });
    }
    child.on("error", (error) => {
      output += `${command[0]}: ${error.message}\n`;
      if (live) console.log(`${command[0]}: ${error.message}`);
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

// The lines of tests that passed say nothing about why others failed.
function withoutPasses(output) {
  const passes =
    /^[ \t]*(?:✔ .*|▶ .*|# Subtest: .*|test .* \.\.\. ok|ok \d+ .*(?:\n[ \t]+---\n[\s\S]*?\n[ \t]+\.\.\.)?)\n/gm;
  return output.replace(passes, "").trim();
}
