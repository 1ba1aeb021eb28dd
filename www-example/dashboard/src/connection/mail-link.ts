// The link that a server mails to sign in with. Its token can be used once, so that only a click uses it.
import { signal } from "@preact/signals";
import type { Settings } from "./servers";

/** The token of the link that opened this page. */
export const linkToken = signal<string | undefined>(undefined);

/** What was asked for, so that the page that the link opens knows which server it is for. */
export interface Asked {
  settings: Settings;
  email: string;
}

const STORED = "kavachos-dashboard-link";
/** For how long a link is good, in milliseconds. */
const LASTS = 15 * 60_000;

/** Takes the token out of the address of the page, where it would be kept and passed on. */
export function takeLinkToken(): void {
  const url = new URL(location.href);
  const token = url.searchParams.get("token");
  if (token === null) return;
  // The path is that of the link. There is no page of that name.
  history.replaceState(history.state, "", "/");
  if (token !== "") linkToken.value = token;
}

/** The token in what was pasted: a link, or the token itself. */
export function tokenIn(text: string): string {
  const pasted = text.trim();
  return (URL.canParse(pasted) && new URL(pasted).searchParams.get("token")) || pasted;
}

/** Remembers for which server a link was asked for. */
export function keepAsked(asked: Asked): void {
  try {
    localStorage.setItem(STORED, JSON.stringify({ ...asked, until: Date.now() + LASTS }));
  } catch {
    // Then the server has to be filled in.
  }
}

/** For which server a link was asked for last, if that is not too long ago. */
export function lastAsked(): Asked | undefined {
  try {
    const { settings, email, until } = JSON.parse(localStorage.getItem(STORED) ?? "{}");
    const isGood = until > Date.now() && typeof settings?.baseUrl === "string" && typeof email === "string";
    return isGood ? { settings, email } : undefined;
  } catch {
    return undefined;
  }
}

export function forgetAsked(): void {
  linkToken.value = undefined;
  localStorage.removeItem(STORED);
}
