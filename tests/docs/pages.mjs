// The pages of the documentation: the README and everything under docs/ that is written by hand.
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** The folder of the repository. */
export const root = fileURLToPath(new URL("../../", import.meta.url));

const NOT_WRITTEN = ["node_modules", ".vitepress", "reference/api"];

/** The paths of the pages, from the root of the repository. */
export function pages() {
  const found = readdirSync(join(root, "docs"), { recursive: true })
    .map((path) => path.replaceAll("\\", "/"))
    .filter((path) => path.endsWith(".md") && !NOT_WRITTEN.some((folder) => path.startsWith(`${folder}/`)))
    .map((path) => `docs/${path}`);
  return ["README.md", ...found.sort()];
}
