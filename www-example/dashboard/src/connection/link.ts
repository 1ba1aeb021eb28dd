// What the link that opened the page fills in. Anyone can write one, so it never sends anything anywhere by itself.

export interface Link {
  /** The server to start with. */
  baseUrl: string;
  /** Whether the link names that server, and it is not only the page's own. */
  isNamed: boolean;
  email: string;
  /** The origin of that server, if it is another one than the page's: to be asked about before it is used. */
  foreign?: string;
  /** What was left out, in a sentence. */
  omitted?: string;
}

/** Reads the `server` and `email` of a link; `page` is the origin of the page. Without a server, it is the page's own. */
export function readLink(search: string, page: string): Link {
  const query = new URLSearchParams(search);
  const named = query.get("server")?.trim();
  const email = query.get("email")?.trim() ?? "";
  const own = { baseUrl: `${page}/api/kavach`, isNamed: false, email };
  if (!named) return own;
  const url = serverIn(named, page);
  // The author of such a link meant something by it, and the address does not belong to that.
  if (url === undefined)
    return { ...own, email: "", omitted: "The link names a server that is no http or https address. It was left out." };
  if (url.origin === page) return { baseUrl: url.href, isNamed: true, email };
  // An address next to a stranger's server invites one to type the password for it.
  const omitted = email ? "The e-mail address in the link was left out: it came with another server." : undefined;
  return { baseUrl: url.href, isNamed: true, email: "", foreign: url.origin, omitted };
}

/** The origin of an address; `undefined` if it is none. */
export function originOf(address: string): string | undefined {
  return URL.canParse(address) ? new URL(address).origin : undefined;
}

// `https://your-app.com@evil.example` reads as one server and is another.
function serverIn(named: string, page: string): URL | undefined {
  if (!URL.canParse(named, page)) return undefined;
  const url = new URL(named, page);
  return /^https?:$/.test(url.protocol) && url.username === "" && url.password === "" ? url : undefined;
}

/** Takes what a link filled in out of the address of the page: it has no place in links to pages. */
export function forgetLink(): void {
  const url = new URL(location.href);
  url.searchParams.delete("server");
  url.searchParams.delete("email");
  history.replaceState(history.state, "", url);
}
