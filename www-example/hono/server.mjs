// Notes behind the guard, in Hono on Node.js: agents may read or write them as far as their permissions go.
//
//   KAVACHOS_URL=http://127.0.0.1:3000 PORT=8080 node server.mjs
import { createServer } from "node:http";
import { getRequestListener } from "@hono/node-server";
import { Hono } from "hono";
import { KavachClient } from "kavachos-wasm";
import { guard } from "kavachos-wasm/hono";

const kavach = new KavachClient({ baseUrl: process.env.KAVACHOS_URL });

/** Lets a request through only if its agent may do `action` with the notes. */
const guarded = (action) => guard(kavach, { action, resource: "notes" });

const notes = ["Water the plants."];
const app = new Hono();
app.get("/", (c) => c.text("Ask for /notes with the token of an agent."));
app.get("/notes", guarded("read"), (c) => c.json(notes));
app.post("/notes", guarded("write"), async (c) => {
  notes.push(await c.req.text());
  return c.json({ notes: notes.length, auditId: c.var.kavach.decision.auditId }, 201);
});

const server = createServer(getRequestListener(app.fetch));
server.listen(Number(process.env.PORT ?? 8080), "127.0.0.1", () => {
  console.log(`listening on http://127.0.0.1:${server.address().port}`);
});
