using Workerd = import "/workerd/workerd.capnp";

const config :Workerd.Config = (
  services = [
    (name = "bench", worker = (
      modules = [
        (name = "bundle.js", esModule = embed "bundle.js"),
        (name = "kavachos_wasm_bg.wasm", wasm = embed "kavachos_wasm_bg.wasm"),
      ],
      compatibilityDate = "2025-01-01",
    )),
    (name = "internet", network = (allow = ["public", "private"])),
  ],
  sockets = [(name = "http", http = (), service = "bench")],
);
