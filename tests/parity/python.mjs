// Finds a Python that has the official SDK, or makes a virtual environment with it.

import { execFile } from "node:child_process";
import { mkdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const run = promisify(execFile);
const REQUIREMENT = "kavachos==0.1.0";
const CHECK = "import kavachos; from importlib.metadata import version; assert version('kavachos') == '0.1.0'";
const ROOT = fileURLToPath(new URL("../..", import.meta.url));

export async function officialPython() {
  const home = join(process.env.KAVACHOS_BUILD_DIR ?? join(ROOT, ".build"), "parity-venv");
  const python = join(home, "bin", "python");
  if (await hasOfficial(python)) return python;
  if (await hasOfficial("python3")) return "python3";
  await install(home);
  if (await hasOfficial(python)) return python;
  throw new Error(`The virtual environment in ${home} does not hold ${REQUIREMENT}: delete it and try again.`);
}

async function hasOfficial(python) {
  return run(python, ["-c", CHECK]).then(
    () => true,
    () => false,
  );
}

// Test files run side by side: each builds its own, and the first to finish puts it in place.
async function install(home) {
  const draft = `${home}-${process.pid}`;
  await mkdir(join(home, ".."), { recursive: true });
  try {
    await attempt(
      "python3",
      ["-m", "venv", draft],
      "The parity tests need Python 3 with its venv module (on Debian and Ubuntu: apt install python3-venv)",
    );
    const pip = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", REQUIREMENT];
    await attempt(
      join(draft, "bin", "python"),
      pip,
      `The parity tests need ${REQUIREMENT}, which pip could not install`,
    );
    await rename(draft, home).catch((error) => {
      if (error.code !== "ENOTEMPTY" && error.code !== "EEXIST") throw error;
    });
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}

async function attempt(program, args, sentence) {
  try {
    await run(program, args);
  } catch (error) {
    const said = (error.stderr || error.message).trim().split("\n").at(-1);
    throw new Error(`${sentence}: ${said}`);
  }
}
