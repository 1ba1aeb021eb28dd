// For workerd: answers with the results.
import { way } from "./edge.mjs";

export default { fetch: async (request) => Response.json(await way(await request.json())) };
