// What every use of the package says where there is no WebAssembly, by name.
exports.report = async ({ sdk, local, audit, slim }) => {
  // None that its `fetch` is called by: the module is needed before.
  const fetch = () => {
    throw new Error("fetch was called");
  };
  const client = () => new sdk.KavachClient({ baseUrl: "https://app.example", fetch });
  const request = { action: "read", resource: "r" };
  const uses = {
    call: () => client().authorize("agt_1", request),
    namespace: () => client().agents.list(),
    iterator: () => client().audit.iterate().next(),
    slim: slim && (() => slim.ready()),
    evaluate: () => local.evaluate([], request),
    compile: () => local.compile([]).allows("read", "r"),
    lint: () => local.lint([]),
    scan: () => audit.scan(client()),
  };
  const found = {};
  for (const [name, use] of Object.entries(uses).filter(([, use]) => use)) {
    const error = await (async () => use())().catch((error) => error);
    const known = error instanceof sdk.KavachError && error instanceof Error;
    found[name] = { name: error?.name, code: error?.code, known, message: `${error?.message}` };
  }
  console.log(JSON.stringify(found));
};
