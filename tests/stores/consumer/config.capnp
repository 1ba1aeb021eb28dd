using Workerd = import "/workerd/workerd.capnp";

const config :Workerd.Config = (
  services = [
    (name = "stores", worker = (
      modules = [
        (name = "bundle.js", esModule = embed "bundle.js"),
        (name = "kavachos_wasm_bg.wasm", wasm = embed "node_modules/kavachos-wasm/kavachos_wasm_bg.wasm"),
      ],
      compatibilityDate = "2025-01-01",
      durableObjectNamespaces = [(className = "KavachStore", uniqueKey = "kavachos-store")],
      durableObjectStorage = (inMemory = void),
      bindings = [(name = "KAVACHOS_STORE", durableObjectNamespace = "KavachStore")],
    )),
    (name = "internet", network = (allow = ["public", "private"])),
  ],
  sockets = [(name = "http", http = (), service = "stores")],
);
