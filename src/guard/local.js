// Decides here, from permissions that the caller knows, where the server could not be asked.

/** A decision; or nothing, if not enough is known for one. */
export async function decidedLocally(token, request, asked, { permissions, evaluate }) {
  try {
    const known = (await permissions(token, request)) ?? undefined;
    if (known === undefined) return undefined;
    const { allowed, reason, needs } = evaluate(known, asked);
    if (needs?.length > 0 || typeof allowed !== "boolean") return undefined;
    return { allowed, auditId: "", ...(reason === undefined ? {} : { reason }), source: "local" };
  } catch {
    return undefined; // The outage is what is wrong, and what is reported.
  }
}
