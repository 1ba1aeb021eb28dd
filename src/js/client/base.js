// A base URL as the host understands it: nothing, if it does not. A path is relative to the page; where there is no page,
// there is nothing for it to be relative to.
export function resolved(base) {
  const relative = base === "" || base.startsWith("/");
  const origin = relative ? globalThis.location?.origin : "";
  if (relative && !origin?.startsWith?.("http")) return undefined;
  try {
    new URL(origin + base);
    return origin + base;
  } catch {
    return undefined;
  }
}
