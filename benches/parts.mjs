// The parts of the bench, in the order of RESULTS.md.
import audit from "./parts/audit.mjs";
import bytes from "./parts/bytes.mjs";
import cold from "./parts/cold.mjs";
import cpu from "./parts/cpu.mjs";
import memory from "./parts/memory.mjs";
import permissions from "./parts/permissions.mjs";
import runtimes from "./parts/runtimes.mjs";
import scan from "./parts/scan.mjs";
import whole from "./parts/whole.mjs";

/**
 * Each has: `name`; `title` and `about`, which head its section; and `run({ chosen })`, which resolves to paragraphs and
 * tables in Markdown. `chosen(name)` says whether a case was asked for. `needs` names what ./dev must prepare: "server",
 * "chromium".
 */
export const parts = [cpu, audit, scan, whole, runtimes, cold, memory, bytes, permissions];
