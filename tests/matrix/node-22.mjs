// The Node.js that Cloudflare's tools want, which is newer than the one that runs the matrix.
import { join } from "node:path";

const NAME = `node-${process.platform === "win32" ? "win" : process.platform}-${process.arch}`;

/** The package to install for it. */
export const NODE = { [NAME]: "22.23.3" };

/** Its program in a project. */
export const node22 = (project) => join(project.directory, "node_modules", NAME, "bin/node");
