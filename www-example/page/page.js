// The page of the tour: runs it in the browser, and shows each call as a card with its result.
import * as sdk from "kavachos-wasm";
import { tour } from "../tour.mjs";
import { errorOf, resultOf, sourceOf } from "../transcript.mjs";

const element = (id) => document.getElementById(id);
const button = document.querySelector("button");

const named = serverIn(new URLSearchParams(location.search).get("server") ?? "");
// The page's own origin, and that of the API that it is served for.
const known = [location.origin, document.documentElement.dataset.api];
if (named !== undefined && known.includes(named.origin)) element("server").value = named.href;
else if (named !== undefined) ask(named);

element("connect").addEventListener("submit", (event) => {
  event.preventDefault();
  start(element("server").value);
});

// Anyone can write a link: a stranger's server is named before it is filled in.
function ask(server) {
  const question = element("question");
  question.querySelector("strong").textContent = server.origin;
  question.querySelector("button").addEventListener("click", () => {
    element("server").value = server.href;
    question.hidden = true;
  });
  question.hidden = false;
}

// `https://your-app.com@evil.example` reads as one server and is another.
function serverIn(text) {
  if (text.trim() === "" || !URL.canParse(text.trim(), location.origin)) return undefined;
  const url = new URL(text.trim(), location.origin);
  return /^https?:$/.test(url.protocol) && url.username === "" && url.password === "" ? url : undefined;
}

async function start(baseUrl) {
  button.disabled = true;
  element("transcript").replaceChildren();
  element("status").textContent = "Running…";
  let calls = 0;
  const show = async (call) => {
    calls += 1;
    const card = add("article");
    add("pre", { className: "call", textContent: `await ${sourceOf(call)}` }, card);
    const result = add("pre", { className: "result", textContent: "…" }, card);
    try {
      const value = await call();
      card.dataset.outcome = typeof value?.allowed === "boolean" ? (value.allowed ? "allowed" : "denied") : "value";
      result.textContent = resultOf(value);
      return value;
    } catch (error) {
      if (!(error instanceof sdk.KavachError)) throw error;
      card.dataset.outcome = "error";
      result.textContent = errorOf(error);
    }
  };
  try {
    await tour(sdk, { baseUrl, show, section: (title) => add("h2", { textContent: title }) });
    element("status").textContent = `Done: ${calls} calls.`;
  } catch (error) {
    // The first call failed, so the rest of the tour has nothing to stand on.
    element("status").textContent = `The tour ended early after ${calls} calls: ${error.message}`;
  } finally {
    button.disabled = false;
  }
}

function add(name, properties = {}, parent = element("transcript")) {
  const child = Object.assign(document.createElement(name), properties);
  parent.append(child);
  return child;
}
