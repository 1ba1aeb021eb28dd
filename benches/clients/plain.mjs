// The client written by hand, which believes what it is answered.
import { calls, PlainClient } from "./plain-client.mjs";

export const make = (options) => calls(new PlainClient(options));
