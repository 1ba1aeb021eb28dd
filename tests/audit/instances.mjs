// The exports of the WebAssembly modules that are made from now on: to be imported before the package.

export const instances = [];

const { Instance } = WebAssembly;
WebAssembly.Instance = new Proxy(Instance, {
  construct(_, args) {
    const instance = new Instance(...args);
    instances.push(instance.exports);
    return instance;
  },
});

// The memory of the module for audit logs, which is not that of the client.
export const memory = () => instances.find((exports) => !("connect" in exports)).memory;
