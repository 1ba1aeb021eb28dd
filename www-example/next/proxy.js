// Pages for people: a browser without a session is sent away before anything is rendered. The page checks again.
import { guardSession } from "kavachos-wasm/next";
import { kavach } from "./kavach.js";

export const proxy = guardSession(kavach, {
  // Nobody is sent away by an outage: that is answered with the status 503.
  onRefusal: ({ reason }, request) =>
    reason === "unavailable" ? undefined : Response.redirect(new URL("/", request.url)),
});

export const config = { matcher: ["/me"] };
