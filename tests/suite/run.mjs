// Runs the behavioural suite against servers of both dialects, in whatever runtime this is imported.
import { cases } from "./surface.mjs";

/** What every complete run reports, in its order. */
export const names = (dialects) =>
  dialects.flatMap((dialect) => Object.keys(cases).map((name) => `${dialect}: ${name}`));

/**
 * Resolves to `{ name, problem }` for each case and dialect; `problem` is null where it passed.
 * `servers` maps a dialect to the base URL of a server that speaks it.
 */
export async function runSuite(sdk, servers) {
  const results = [];
  for (const [dialect, baseUrl] of Object.entries(servers)) {
    for (const [name, run] of Object.entries(cases)) {
      const problem = await run({ sdk, baseUrl, dialect }).then(
        () => null,
        (error) => `${error?.name}: ${error?.message}\n${error?.stack ?? ""}`,
      );
      results.push({ name: `${dialect}: ${name}`, problem });
    }
  }
  return results;
}
