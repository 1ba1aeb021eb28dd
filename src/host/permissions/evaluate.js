// `evaluate`: decides once.

import { decide } from "./decide.js";
import { wasm } from "./instance.js";
import { CONTEXT, modeOf } from "./options.js";
import { PackedPermissions } from "./packed-permissions.js";

/**
 * @param {unknown} permissions
 * @param {unknown} request
 * @param {unknown} [context]
 * @returns {import("./permissions.d.ts").Decision}
 * @throws {KavachError} INVALID_ARGUMENT when an argument has another form
 */
export function evaluate(permissions, request, context) {
  const mode = modeOf(context, CONTEXT);
  const packed = new PackedPermissions(permissions, { name: "permissions", options: context, known: CONTEXT, mode });
  const number = packed.open(true);
  try {
    return decide({ number, rules: packed.list, mode }, request, context);
  } finally {
    wasm.close(number);
  }
}
