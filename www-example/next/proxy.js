// Pages for people: a browser without a session is sent away before anything is rendered. The page checks again.
import { guardSession } from "kavachos-wasm/next";
import { kavach } from "./kavach.js";

export const proxy = guardSession(kavach, {
  // During an outage the page says so.
  onRefusal: ({ reason }, request) =>
    reason === "missing_session" ? Response.redirect(new URL("/", request.url)) : undefined,
});

export const config = { matcher: ["/me"] };
