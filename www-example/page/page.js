// The page of the tour: runs it in the browser, and shows each call as a card with its result.
import * as sdk from "kavachos-wasm";
import { tour } from "../tour.mjs";
import { errorOf, resultOf, sourceOf } from "../transcript.mjs";

const element = (id) => document.getElementById(id);
const button = document.querySelector("button");

element("server").value = new URLSearchParams(location.search).get("server") ?? "";
element("connect").addEventListener("submit", (event) => {
  event.preventDefault();
  start(element("server").value);
});

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
