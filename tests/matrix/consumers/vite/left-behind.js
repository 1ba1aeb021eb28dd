import { ready } from "kavachos-wasm/slim";

globalThis.report = ready().then(
  () => "ready",
  (error) => error.message,
);
