export * from "../../../generated/stream-events.d.ts";

/** Which events to read. */
export interface EventsOptions {
  /** The path of the stream, relative to `baseUrl`. @default "/events/stream" */
  path?: string;
  /** The events to read. @default all */
  types?: readonly StreamEventType[];
  /** Begin with what happened after this time. The server has the last 1000 events. */
  since?: Date | string;
  /** Ends the reading: the iterator throws `signal.reason`. */
  signal?: AbortSignal;
  /** Whether to connect again when the stream ends or breaks. @default true */
  reconnect?: boolean;
  /** The token to send. @default the client's */
  token?: TokenSource;
  /** Headers to send. */
  headers?: Record<string, string>;
}

/** Something that happened on the server. */
export interface StreamEvent {
  /** The id of the event. */
  id: string;
  /** The type of the event. */
  type: StreamEventType;
  /** When it happened, in ISO 8601. */
  timestamp: string;
  /** What the event is about; its members depend on the type. */
  data: Record<string, unknown>;
  /** The agent that the event is about, if there is one. */
  agentId?: string;
  /** The user that the event is about, if there is one. */
  userId?: string;
}

/**
 * Reads the event stream of a server, as it comes.
 *
 * It connects again after failures of the network and of the server, goes on where it was, and leaves out events that it has given
 * before. Leave the loop to end it.
 *
 * @param kavach the client
 * @param options which events to read
 * @returns an iterator over the events
 * @throws {AuthenticationError} when the server refuses the token, which it does inside the stream
 * @throws {KavachError} INVALID_ARGUMENT when an argument is wrong; `NOT_SUPPORTED` or `ROUTE_NOT_FOUND` when the server mounts no stream
 * @example
 * ```ts
 * for await (const event of events(kavach, { types: ["agent.revoked"] })) console.log(event.agentId);
 * ```
 */
export function events(kavach: KavachClient, options?: EventsOptions): AsyncGenerator<StreamEvent, void, undefined>;
