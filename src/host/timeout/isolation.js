// Whether requests are isolated from each other, as in a Worker: what one makes – a promise, a signal – is of no use to another.
export const isIsolated = () => "WebSocketPair" in globalThis || "EdgeRuntime" in globalThis;
