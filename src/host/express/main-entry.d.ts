// The types of the main entry that entry.d.ts uses. They are global here; in the package, the build adds the import.
import type * as main from "kavachos-wasm";

declare global {
  type KavachClient = main.KavachClient;
}
