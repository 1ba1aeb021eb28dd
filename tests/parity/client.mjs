// Which package the parity tests test. This is the only place that says so: set KAVACHOS_PACKAGE to
// a module specifier or a file to test another build.

const specifier = process.env.KAVACHOS_PACKAGE ?? "kavachos-wasm";

export const { KavachClient, KavachError } = await import(specifier);

// Makes the call named `agents.create`, `audit.query`, `authorize`, … as a program would write it.
export async function make(client, call, args) {
  const [first, second] = call.split(".");
  return second === undefined ? client[first](...args) : client[first][second](...args);
}

// Settles as `{ value }` or `{ error }`, so that a test can look at either.
export async function outcome(action) {
  try {
    return { value: await action() };
  } catch (error) {
    return { error };
  }
}
