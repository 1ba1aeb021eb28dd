// The types of the main entry that entry.d.ts uses. They are global here; in the package, the build adds the import.
import type * as main from "kavachos-wasm";

declare global {
  type KavachClientOptions = main.KavachClientOptions;
  type Agents = main.Agents;
  type Audit = main.Audit;
  type Auth = main.Auth;
  type Delegation = main.Delegation;
  type Mcp = main.Mcp;
  type KavachClient = main.KavachClient;
}
