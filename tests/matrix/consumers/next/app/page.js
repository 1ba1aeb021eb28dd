// A server component: it calls the client while it renders.
import * as sdk from "kavachos-wasm";
import { runSuite } from "../suite/run.mjs";

export default async function Page({ searchParams }) {
  const { servers } = await searchParams;
  return <pre id="results">{JSON.stringify(await runSuite(sdk, JSON.parse(servers)))}</pre>;
}
