// A page for frameworks that are to run in Node. Import it before them: they look for a document when they are loaded.
import { JSDOM } from "jsdom";

const { window } = new JSDOM("<!doctype html><html><body></body></html>", {
  url: process.env.KAVACHOS_PAGE ?? "https://app.test/",
  pretendToBeVisual: true,
});
const NAMES = [
  "window",
  "document",
  "location",
  "localStorage",
  "sessionStorage",
  "Node",
  "Element",
  "Text",
  "Comment",
];
NAMES.push("HTMLElement", "SVGElement", "MathMLElement", "HTMLMediaElement", "DocumentFragment", "Event", "MouseEvent");
NAMES.push(
  "MutationObserver",
  "getComputedStyle",
  "navigator",
  "requestAnimationFrame",
  "cancelAnimationFrame",
  "ShadowRoot",
);
for (const name of NAMES) {
  const value = name === "window" ? window : window[name];
  if (value !== undefined) Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
}
Object.defineProperty(globalThis, "IS_REACT_ACT_ENVIRONMENT", { value: true, writable: true });

/** An empty place in the page. */
export function place() {
  const element = document.createElement("div");
  document.body.append(element);
  return element;
}

/** The page is gone for as long as a function runs, as on a server. */
export async function withoutPage(run) {
  const before = { document: globalThis.document, window: globalThis.window };
  delete globalThis.document;
  delete globalThis.window;
  try {
    return await run();
  } finally {
    for (const [name, value] of Object.entries(before))
      Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
  }
}
