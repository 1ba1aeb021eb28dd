// The suites of the bench, in the order of RESULTS.md.
import audit from "./suites/audit.mjs";
import bytes from "./suites/bytes.mjs";
import cold from "./suites/cold.mjs";
import cpu from "./suites/cpu.mjs";
import memory from "./suites/memory.mjs";
import permissions from "./suites/permissions.mjs";
import runtimes from "./suites/runtimes.mjs";
import scan from "./suites/scan.mjs";
import whole from "./suites/whole.mjs";

/**
 * Each has: `name`; `title` and `about`, which head its section; and `run({ chosen })`, which resolves to paragraphs and
 * tables in Markdown. `chosen(name)` says whether a case was asked for. `needs` names what ./dev must prepare: "server",
 * "chromium".
 */
export const suites = [cpu, audit, scan, whole, runtimes, cold, memory, bytes, permissions];
