// The faults, met by a Worker.
import * as sdk from "kavachos-wasm";
import { runFaults } from "./faults/run.mjs";

export default {
  async fetch(request) {
    const { origins, names } = await request.json();
    return Response.json(await runFaults(sdk, { origins, names, concurrency: 40 }));
  },
};
