// Notes behind the guard: agents may read or write them as far as their permissions go.
import { guard } from "kavachos-wasm/next";
import { kavach } from "../../kavach.js";

const notes = ["Water the plants."];

export const GET = guard(kavach, { action: "read", resource: "notes" }, () => Response.json(notes));

export const POST = guard(kavach, { action: "write", resource: "notes" }, async (request, { decision }) => {
  notes.push(await request.text());
  return Response.json({ notes: notes.length, auditId: decision.auditId }, { status: 201 });
});
