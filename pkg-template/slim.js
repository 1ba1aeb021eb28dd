// The entry for pages that count bytes: the module stays a file of its own, compiled while it
// streams in. Call `await ready()` once before anything else.
import load from "./kavachos_wasm.js";

let loading;

export function ready(source = new URL("./kavachos_wasm_bg.wasm", import.meta.url)) {
  loading ??= compile(source).catch((error) => {
    loading = undefined; // A failed load may be tried again.
    throw error;
  });
  return loading;
}

async function compile(source) {
  const found = await source;
  if (typeof found !== "string" && !(found instanceof URL)) {
    await load({ module_or_path: found });
    return;
  }
  const response = await fetch(found);
  const type = response.headers.get("content-type") ?? "";
  if (!response.ok || type.startsWith("text/html")) {
    throw new Error(
      `kavachos-wasm: ${found} answered ${response.status} (${type || "no content type"}), not a WebAssembly module. ` +
        "Serve kavachos_wasm_bg.wasm as a static file, or pass its URL to ready().",
    );
  }
  await load({ module_or_path: response });
}

export * from "./api.js";
