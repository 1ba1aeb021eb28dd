// A file with all that a server keeps. It holds hashes of secrets, so it is for its owner alone.
import { open, readFile, rename } from "node:fs/promises";

/**
 * @param {string} file
 * @returns {Promise<Record<string, unknown> | undefined>} `undefined` if there is no such file
 */
export async function readSnapshot(file) {
  let text;
  try {
    text = await readFile(file, "utf8");
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === "ENOENT") return undefined;
    throw error;
  }
  try {
    const snapshot = JSON.parse(text);
    if (typeof snapshot === "object" && snapshot !== null) return snapshot;
  } catch {
    // Told below.
  }
  throw new Error(`${file} holds no snapshot of this server`);
}

/**
 * Replaces the file at once: a process that ends meanwhile leaves the old one.
 *
 * @param {string} file
 * @param {unknown} snapshot
 */
export async function writeSnapshot(file, snapshot) {
  const fresh = `${file}.${process.pid}.tmp`;
  const handle = await open(fresh, "w", 0o600);
  try {
    await handle.chmod(0o600); // It may have been there.
    await handle.writeFile(JSON.stringify(snapshot));
  } finally {
    await handle.close();
  }
  await rename(fresh, file);
}
