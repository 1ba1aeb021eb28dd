// Notes behind the guard, in Express: agents may read or write them as far as their permissions go.
//
//   KAVACHOS_URL=http://127.0.0.1:3000 PORT=8080 node server.mjs
import express from "express";
import { KavachClient } from "kavachos-wasm";
import { guard } from "kavachos-wasm/express";

const kavach = new KavachClient({ baseUrl: process.env.KAVACHOS_URL });

/** Lets a request through only if its agent may do `action` with the notes. */
const guarded = (action) => guard(kavach, { action, resource: "notes" });

const notes = ["Water the plants."];
const app = express();
app.get("/", (_req, res) => res.type("text").send("Ask for /notes with the token of an agent."));
app.get("/notes", guarded("read"), (_req, res) => res.json(notes));
app.post("/notes", guarded("write"), express.text({ type: "*/*" }), (req, res) => {
  notes.push(req.body);
  res.status(201).json({ notes: notes.length, auditId: res.locals.kavach.decision.auditId });
});

const server = app.listen(Number(process.env.PORT ?? 8080), "127.0.0.1", () => {
  console.log(`listening on http://127.0.0.1:${server.address().port}`);
});
