// The few assertions that the suite needs, in every runtime alike.

export function ok(condition, message) {
  if (!condition) throw new Error(message);
}

export function equal(actual, expected, message = "") {
  const [left, right] = [JSON.stringify(actual), JSON.stringify(expected)];
  if (left !== right) throw new Error(`${message}\n  expected ${right}\n  got      ${left}`);
}

export async function rejects(promise, ErrorClass, code) {
  let value;
  try {
    value = await promise;
  } catch (error) {
    ok(error instanceof ErrorClass, `expected ${ErrorClass.name}, got ${error?.name}: ${error?.message}`);
    if (code !== undefined) equal(error.code, code, error.message);
    return error;
  }
  throw new Error(`expected ${ErrorClass.name}, but it resolved to ${JSON.stringify(value)}`);
}
