// As in React Native, or Safari in Lockdown Mode.
delete globalThis.WebAssembly;

const [sdk, slim, local, audit] = await Promise.all([
  import("kavachos-wasm"),
  import("kavachos-wasm/slim"),
  import("kavachos-wasm/permissions"),
  import("kavachos-wasm/audit"),
  import("kavachos-wasm/guard"),
]);
const { report } = (await import("./no-webassembly-uses.cjs")).default;
await report({ sdk, local, audit, slim });
