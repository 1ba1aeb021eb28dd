import * as sdk from "kavachos-wasm";
import { runSuite } from "../../../suite/run.mjs";

export async function GET(request) {
  return Response.json(await runSuite(sdk, JSON.parse(request.nextUrl.searchParams.get("servers"))));
}
