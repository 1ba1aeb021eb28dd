// The types as CommonJS sees them.
import kavachos = require("kavachos-wasm");

const kavach: kavachos.KavachClient = new kavachos.KavachClient({ baseUrl: "https://app.example" });
export const decision: Promise<kavachos.AuthorizeResult> = kavach.authorize("id", { action: "read", resource: "r" });
