// The servers that this browser remembers: how each is reached and how one signs in there, and which one this tab uses. Tokens of
// people are kept by their sessions (kavachos-wasm/session); a bearer token only in the storage of the tab, if one asks for that.
import { signal } from "@preact/signals";
import type { Dialect } from "kavachos-wasm";

/** How a server is reached. */
export interface Settings {
  baseUrl: string;
  dialect: Dialect;
  /** Where the e-mail routes are, if not under `baseUrl`. */
  authUrl?: string;
}

/** As whom one uses a server: as nobody, with a bearer token, or as a person who signs in. */
export type Way = "none" | "token" | "person";

/** A server that was used. */
export interface Known {
  settings: Settings;
  way: Way;
  /** The address of the person who signed in, if this browser keeps the session. */
  email?: string;
}

/** The server that this tab uses. */
export interface Kept extends Known {
  /** The bearer token, if one asked to keep it. */
  token?: string;
}

const STORED = "kavachos-dashboard";
const MOST = 8;
const WAYS: readonly unknown[] = ["none", "token", "person"];
const DIALECTS: readonly unknown[] = ["auto", "sdk", "adapter"];

/** The servers, the latest first. */
export const servers = signal<readonly Known[]>(listIn(read(localStorage)));

addEventListener("storage", ({ key }) => {
  if (key === STORED || key === null) servers.value = listIn(read(localStorage));
});

/** The server that this tab uses: after a reload it goes on. */
export function keptHere(): Kept | undefined {
  return keptIn(read(sessionStorage));
}

/** The server that was used last in this browser, unless one has disconnected from it: a new tab goes on with it. */
export function usedLast(): Known | undefined {
  const stored = read(localStorage) as { current?: unknown } | undefined;
  return servers.value.find(({ settings }) => settings.baseUrl === stored?.current);
}

/** Remembers a server that was connected to. `stays` tells whether new tabs may go on with it. */
export function remember(kept: Kept, stays: boolean): void {
  const { token, ...known } = kept;
  const others = servers.value.filter(({ settings }) => settings.baseUrl !== known.settings.baseUrl);
  servers.value = [stays ? known : { ...known, email: undefined }, ...others].slice(0, MOST);
  write(localStorage, { servers: servers.value, current: stays ? known.settings.baseUrl : undefined });
  // Without its session or its token there is nothing to go on with.
  const goesOn = known.way === "token" ? token !== undefined : stays;
  if (goesOn) write(sessionStorage, kept);
  else drop(sessionStorage);
}

/** Forgets which server this tab, and new ones, go on with. */
export function leaveServer(): void {
  drop(sessionStorage);
  write(localStorage, { servers: servers.value });
}

/** Forgets a server. */
export function forgetServer(baseUrl: string): void {
  servers.value = servers.value.filter(({ settings }) => settings.baseUrl !== baseUrl);
  leaveServer();
}

// Storages are shared with other versions of this page, and may be refused.
function read(storage: Storage): unknown {
  try {
    return JSON.parse(storage.getItem(STORED) ?? "null") ?? undefined;
  } catch {
    return undefined;
  }
}

function write(storage: Storage, value: unknown): void {
  try {
    storage.setItem(STORED, JSON.stringify(value));
  } catch {
    // Then the next visit begins anew.
  }
}

function drop(storage: Storage): void {
  try {
    storage.removeItem(STORED);
  } catch {
    // There is nothing to be kept either.
  }
}

function listIn(stored: unknown): readonly Known[] {
  const list = (stored as { servers?: unknown } | undefined)?.servers;
  return Array.isArray(list) ? list.map(keptIn).filter((one) => one !== undefined) : [];
}

function keptIn(value: unknown): Kept | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  const { settings, way, email, token } = value as Record<string, unknown>;
  if (typeof settings !== "object" || settings === null || !WAYS.includes(way)) return undefined;
  const { baseUrl, dialect, authUrl } = settings as Record<string, unknown>;
  if (!isHttp(baseUrl) || !DIALECTS.includes(dialect)) return undefined;
  return {
    settings: { baseUrl, dialect: dialect as Dialect, authUrl: isHttp(authUrl) ? authUrl : undefined },
    way: way as Way,
    email: typeof email === "string" ? email : undefined,
    token: typeof token === "string" ? token : undefined,
  };
}

function isHttp(value: unknown): value is string {
  return typeof value === "string" && URL.canParse(value) && /^https?:$/.test(new URL(value).protocol);
}
