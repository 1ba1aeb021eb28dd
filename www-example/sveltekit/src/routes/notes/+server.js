// Notes behind the guard: agents may read or write them as far as their permissions go.
import { protect } from "kavachos-wasm/guard";
import { kavach } from "../../kavach.js";

const notes = ["Water the plants."];

const read = protect(kavach, { action: "read", resource: "notes" }, () => Response.json(notes));
const write = protect(kavach, { action: "write", resource: "notes" }, async (request, { decision }) => {
  notes.push(await request.text());
  return Response.json({ notes: notes.length, auditId: decision.auditId }, { status: 201 });
});

export const GET = ({ request }) => read(request);
export const POST = ({ request }) => write(request);
