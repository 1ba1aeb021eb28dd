using Workerd = import "/workerd/workerd.capnp";

const config :Workerd.Config = (
  services = [
    (name = "tools", worker = (
      modules = [
        (name = "bundle.js", esModule = embed "bundle.js"),
        (name = "guarded_bg.wasm", wasm = embed "guarded_bg.wasm"),
      ],
      compatibilityDate = "2025-01-01",
      bindings = [(name = "KAVACHOS_URL", fromEnvironment = "KAVACHOS_URL")],
    )),
    (name = "internet", network = (allow = ["public", "private"])),
  ],
  sockets = [(name = "http", http = (), service = "tools")],
);
