// What unit tests make calls with.
import assert from "node:assert/strict";
import { ENDPOINTS } from "../../../generated/endpoints.js";
import { run } from "./call.js";
import { connect } from "./connection.js";
import { Failure } from "./failure.js";
import { invocationOf } from "./request.js";

export const BASE = "https://a.example/api";
const endpointOf = (name) => ENDPOINTS.find((endpoint) => endpoint.name === name);
export const connection = (options) => connect({ baseUrl: BASE, dialect: "sdk", ...options });
export const called = (server, name, values = [], options = undefined) => {
  const read = ({ allowUnknown }) => ({
    endpoint: endpointOf(name),
    invocation: invocationOf(endpointOf(name), values, allowUnknown),
  });
  return run(server, name, read, options);
};
// The error that a call fails with.
export const failing = async (pending) => {
  const failure = await pending.then(
    (value) => assert.fail(`it resolved to ${JSON.stringify(value)}`),
    (reason) => reason,
  );
  assert.ok(failure instanceof Failure, `${failure}`);
  return failure.toError();
};
export const json =
  (body, status = 200, headers = {}) =>
  () =>
    Response.json(body, { status, headers });
export const busy = (status = 503) => json({}, status, { "retry-after-ms": "1" });
export const script = (...answers) => {
  const fetch = async (url, init) => {
    fetch.calls.push({ url, ...init });
    return answers[Math.min(fetch.calls.length, answers.length) - 1](url, init);
  };
  return Object.assign(fetch, { calls: [] });
};
export const bearers = ({ calls }) => calls.map(({ headers }) => headers.Authorization);
export const never = () => new Promise(() => {});
export const unauthorized = json({ code: "TOKEN_EXPIRED", message: "expired" }, 401);
