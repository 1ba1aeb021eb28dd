// What stands in for the WebAssembly exports until they are there: whoever calls something too early is told so.

export const standIn = (KavachError) =>
  new Proxy(
    {},
    {
      get() {
        throw new KavachError(
          "kavachos-wasm/slim is not loaded yet: call `await ready()` once, before anything else. " +
            'Or import from "kavachos-wasm", which needs no loading.',
          { code: "NOT_READY" },
        );
      },
    },
  );
