// A page for people, rendered on the server. Nobody is signed out by an outage.
import { checkSession } from "kavachos-wasm/next";
import { headers } from "next/headers";
import { kavach } from "../../kavach.js";

export default async function Me() {
  const person = await checkSession(kavach, await headers());
  if (person.ok) return <p>Hello {person.user.id}</p>;
  return <p>{person.reason === "unavailable" ? "Try again later." : "Sign in first."}</p>;
}
