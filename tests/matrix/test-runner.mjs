// What test runners (Vitest, Jest) report as JSON, as a report of the behavioural suite.

/** Resolves to `{ name, problem }` for each test of a report. */
export function suiteOf(report) {
  const { testResults } = JSON.parse(report);
  return testResults.flatMap(({ message, assertionResults }) => {
    if (assertionResults.length === 0) throw new Error(message);
    return assertionResults.map(({ title, status, failureMessages }) => ({
      name: title,
      problem: status === "passed" ? null : `${status}: ${failureMessages.join("\n")}`,
    }));
  });
}
