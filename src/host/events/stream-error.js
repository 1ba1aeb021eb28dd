// An error that a server reports inside its event stream, with status 200.
import { branded, KavachError } from "../errors/light.js";
import { own } from "../validate/own.js";

const LONGEST = 300;

export class StreamError extends KavachError {
  /** @param {string} data */
  static of(data) {
    let value;
    try {
      value = JSON.parse(data);
    } catch {
      value = undefined;
    }
    const text = (/** @type {string} */ name) => {
      const found = own(Object(value), name);
      return typeof found === "string" && found !== "" ? found.slice(0, LONGEST) : undefined;
    };
    const code = text("code") ?? "API_ERROR";
    // A server that asks for a token says so with status 200.
    const ErrorClass = code === "UNAUTHORIZED" ? AuthenticationError : StreamError;
    return new ErrorClass(text("message") ?? "the server ended the event stream", code);
  }
}
branded(StreamError, "KavachError");

class AuthenticationError extends StreamError {}
branded(AuthenticationError, "AuthenticationError", "KavachError");
