// What `kavachos-wasm/mcp-client` exports.
import { hostOf } from "../session/host.js";
import { clientOf } from "./mcp-client.js";

/** @type {typeof import("./entry.js").createMcpClient} */
export const createMcpClient = (options) => clientOf(options, hostOf());
