// A body as a stream that ends as calls do: in full, or with an error that says why.
import { messageOf } from "../fetch/host-error.js";
import { unwatch, watch, within } from "../timeout/limits.js";
import { causeOf } from "./cause.js";
import { withoutSecrets } from "./secrets.js";

const FULFILLED = 0;
const TIMED_OUT = 2;

// `asked` puts the request in words, and `template` is a `Failure` of its call. `timeout` is for each chunk that is waited for.
export function guarded(body, timeout, caller, asked, template) {
  const reader = body.getReader();
  const none = undefined;
  const failure = (name, code, how, members) => {
    const message = withoutSecrets(asked + how, template.members.secrets);
    return template.with({ name, code, message, ...members }).toError();
  };
  const stop = (reason) => {
    if (caller) unwatch(caller, onAbort);
    return reader.cancel(reason);
  };
  let sink;
  const onAbort = () => {
    sink.error(caller.reason);
    stop().catch(() => {});
  };
  const source = {
    start(controller) {
      sink = controller;
      if (caller?.aborted) onAbort();
      else if (caller) watch(caller, onAbort);
    },
    async pull() {
      const read = () => reader.read();
      const [ending, value] = await new Promise((resolve) => {
        within(timeout, none, read, (...ended) => resolve(ended));
      });
      if (ending === FULFILLED && !value.done) return sink.enqueue(value.value);
      if (ending === FULFILLED) sink.close();
      else if (ending === TIMED_OUT) sink.error(failure("TimeoutError", "TIMEOUT", " went silent before its end"));
      else {
        const cause = causeOf(value, template.members.secrets);
        sink.error(failure("NetworkError", "NETWORK_ERROR", ` broke off: ${messageOf(value)}`, { cause }));
      }
      stop().catch(() => {});
    },
    cancel: stop,
  };
  const Stream = globalThis.ReadableStream ?? body.constructor; // Not every place where this runs has what the host has.
  return new Stream(source, { highWaterMark: 0 }); // Nothing is read before it is wanted.
}
