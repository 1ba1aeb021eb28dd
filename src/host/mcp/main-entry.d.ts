// The types of the main entry that entry.d.ts uses. They are global here; in the package, the build adds the import.
import type * as main from "kavachos-wasm";

declare global {
  type AuthorizeRequest = main.AuthorizeRequest;
  type AuthorizeResult = main.AuthorizeResult;
  type CallOptions = main.CallOptions;
  type JsonObjectInput = main.JsonObjectInput;
  type PermissionInput = main.PermissionInput;
  type TokenContext = main.TokenContext;
}
