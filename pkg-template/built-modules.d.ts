// What the build puts beside the entries: the glue of each module, and the modules themselves. Not part of the package.

declare module "*/kavachos_wasm.js" {
  export * from "kavachos-wasm";
  /** Says where the module comes from. */
  export function provide(find: () => WebAssembly.Module | Uint8Array): void;
  /** Whether the module is made, or can be made without loading it. */
  export function isLoaded(): boolean;
  /** The error to throw for what loading failed with. */
  export function refused(cause?: unknown): unknown;
  export default function load(source: { module_or_path: unknown }): Promise<unknown>;
}

declare module "*/kavachos_permissions.js" {
  export * from "kavachos-wasm/permissions";
}

declare module "*/kavachos_audit.js" {
  export * from "kavachos-wasm/audit";
}

declare module "*/kavachos_testing.js" {
  export * from "kavachos-wasm/testing";
}

declare module "*.wasm?module" {
  const module: WebAssembly.Module;
  export default module;
}

declare module "*.wasm" {
  const module: WebAssembly.Module;
  export default module;
}

// Newer than the libraries of types.
interface Uint8ArrayConstructor {
  fromHex?(hex: string): Uint8Array;
}

// Node.js, where it is Node.js.
declare var Buffer: { from?(text: string, encoding: "hex"): Uint8Array } | undefined;
declare var process:
  | { getBuiltinModule?(name: "node:fs/promises"): { readFile(file: URL): Promise<Uint8Array> } | undefined }
  | undefined;
