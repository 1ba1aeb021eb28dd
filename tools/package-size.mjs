// The size of the package's files, each compressed by itself as servers do, and the files that an entry loads.
import { readFileSync } from "node:fs";
import { brotliCompressSync, gzipSync } from "node:zlib";

// What is loaded later: `import(…)` of a module, and what becomes of it in CommonJS.
const LATER =
  /import\("[^"]*"\)|await\s*\(?\s*require\("[^"]*"\)|\.resolve\(\)\s*\.then\(\(\)\s*=>.*?require\("[^"]*"\)/g;

/** The size of some bytes: `{ raw, gzip, brotli }`. */
export function compressedSize(bytes) {
  return { raw: bytes.length, gzip: gzipSync(bytes, { level: 9 }).length, brotli: brotliCompressSync(bytes).length };
}

/** The size of files together; `folder` is a URL that ends with a slash. */
export function sizeOf(folder, ...files) {
  const total = { raw: 0, gzip: 0, brotli: 0 };
  for (const file of files) {
    const size = compressedSize(readFileSync(new URL(file, folder)));
    for (const key of Object.keys(total)) total[key] += size[key];
  }
  return total;
}

/**
 * An entry, and all that it loads: every file beside it that a file of it names, by an import or as a URL. What a function imports
 * when it is called is not counted.
 */
export function loadedBy(folder, entry) {
  const found = new Set([entry]);
  for (const file of found) {
    if (!/\.c?js$/.test(file)) continue;
    const source = readFileSync(new URL(file, folder), "utf8")
      .replace(/^\s*\/\/.*$/gm, "")
      .replace(LATER, "");
    for (const [, name] of source.matchAll(/(?:from\s*|import\s*|require\(|URL\()"\.\/([\w./-]+)(?:\?\w+)?"/g))
      found.add(name);
  }
  return [...found];
}

/** The scripts that the manifest of the package exports. */
export function entries(folder) {
  const { exports } = JSON.parse(readFileSync(new URL("package.json", folder), "utf8"));
  const targets = (target) => (typeof target === "object" ? Object.values(target).flatMap(targets) : [target]);
  const scripts = targets(exports).filter((target) => /(?<!\.d)\.c?js$/.test(target));
  return [...new Set(scripts)].map((target) => target.replace("./", ""));
}
