using Workerd = import "/workerd/workerd.capnp";

const config :Workerd.Config = (
  services = [
    (name = "guard", worker = (
      modules = [
        (name = "bundle.js", esModule = embed "bundle.js"),
        (name = "kavachos_wasm_bg.wasm", wasm = embed "node_modules/kavachos-wasm/kavachos_wasm_bg.wasm"),
        (name = "kavachos_permissions_bg.wasm", wasm = embed "node_modules/kavachos-wasm/kavachos_permissions_bg.wasm"),
      ],
      compatibilityDate = "2025-01-01",
    )),
    (name = "internet", network = (allow = ["public", "private"])),
  ],
  sockets = [(name = "http", http = (), service = "guard")],
);
