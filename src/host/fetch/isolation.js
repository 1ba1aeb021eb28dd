// Whether requests live apart, as in a Worker: what one of them makes – a promise, a signal – is of no use to another.
export const isolated = () => "WebSocketPair" in globalThis || "EdgeRuntime" in globalThis;
