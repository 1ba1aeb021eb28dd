// Stands in for the WebAssembly module in unit tests.
import { provide } from "./module.js";

const INPUT = 1024;
const OUTPUT = 32_768;

/**
 * Makes these functions the exports of the module. Returns what they share: its memory, and what it has been called with.
 * @param {Record<string, (...args: any[]) => any>} functions
 */
export function fakeModule(functions) {
  const memory = new WebAssembly.Memory({ initial: 1 });
  const fake = {
    memory,
    stack: { value: 500 },
    /** @type {any} */
    imports: undefined,
    /** @type {any[][]} */
    calls: [],
    length: 0,
    /** @param {number} length */
    input: (length) => [...new Uint8Array(memory.buffer, INPUT, length)],
    /** @param {Iterable<number>} bytes */
    leave(bytes) {
      const found = Uint8Array.from(bytes);
      new Uint8Array(memory.buffer).set(found, OUTPUT);
      fake.length = found.length;
    },
  };
  /** @type {Record<string, any>} */
  const exports = {
    memory,
    __stack_pointer: fake.stack,
    ...{ reserve: () => INPUT, output: () => OUTPUT, output_length: () => fake.length, release: () => {} },
    ...functions,
  };
  const seen = Object.entries(exports).map(([name, found]) => {
    if (typeof found !== "function") return [name, found];
    return [
      name,
      (/** @type {any[]} */ ...given) => {
        // Exports are called with as many arguments as any of them takes, and WebAssembly ignores those beyond.
        const args = given.filter((argument) => argument !== undefined);
        fake.calls.push([name, ...args]);
        return found(...args);
      },
    ];
  });
  class Instance {
    /**
     * @param {unknown} _
     * @param {any} imports
     */
    constructor(_, imports) {
      fake.imports = imports;
      this.exports = Object.fromEntries(seen);
    }
  }
  Object.defineProperty(globalThis, "WebAssembly", {
    value: { ...{ Module: class {}, Instance }, Memory: WebAssembly.Memory },
  });
  provide(() => new Uint8Array());
  return fake;
}
