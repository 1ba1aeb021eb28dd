// A page for people, rendered on the server. Nobody is signed out by an outage.
import { error, redirect } from "@sveltejs/kit";
import { guardSession } from "kavachos-wasm/guard";
import { kavach } from "../../kavach.js";

export async function load({ request }) {
  const person = await guardSession(kavach, request);
  if (person.ok) return { id: person.user.id };
  if (person.reason === "unavailable") error(503, "Try again later.");
  redirect(303, "/");
}
