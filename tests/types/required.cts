// The types as CommonJS sees them.
import kavachos = require("kavachos-wasm");
import guarding = require("kavachos-wasm/guard");
import local = require("kavachos-wasm/permissions");

const kavach: kavachos.KavachClient = new kavachos.KavachClient({ baseUrl: "https://app.example" });
export const decision: Promise<kavachos.AuthorizeResult> = kavach.authorize("id", { action: "read", resource: "r" });
export const allowed: boolean = local.evaluate([kavachos.read("r")], { action: "read", resource: "r" }).allowed;
export const checked: Promise<guarding.Guarded> = guarding.guard(kavach, new Request("https://app.example"), {
  action: "read",
  resource: "r",
});
