// Servers that the content security policy of this page keeps it from. The client only sees that a request failed.
import { signal } from "@preact/signals";

/** Their origins. */
export const blockedOrigins = signal<readonly string[]>([]);

document.addEventListener("securitypolicyviolation", ({ effectiveDirective, blockedURI }) => {
  if (effectiveDirective !== "connect-src" || !URL.canParse(blockedURI)) return;
  const { origin } = new URL(blockedURI);
  if (!blockedOrigins.value.includes(origin)) blockedOrigins.value = [...blockedOrigins.value, origin];
});
