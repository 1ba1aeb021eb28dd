import type {  } from "./index.js";

/** The events of webhooks in scheme A. */
export type WebhookEventTypeA =
  | "user.created"
  | "user.deleted"
  | "user.updated"
  | "session.created"
  | "session.revoked"
  | "agent.created"
  | "agent.revoked"
  | "agent.rotated"
  | "auth.sign-in"
  | "auth.sign-up"
  | "auth.password-reset"
  | "auth.email-verified";

/** The events of webhooks in scheme B. */
export type WebhookEventTypeB =
  | "user.created"
  | "user.deleted"
  | "user.updated"
  | "agent.created"
  | "agent.revoked"
  | "agent.rotated"
  | "session.created"
  | "session.revoked"
  | "auth.login"
  | "auth.logout"
  | "auth.failed"
  | "delegation.created"
  | "delegation.revoked"
  | "org.created"
  | "org.member.added"
  | "org.member.removed";

/** The events of webhooks in scheme C. */
export type WebhookEventTypeC =
  | "user.signIn"
  | "user.signUp"
  | "user.signOut"
  | "user.deleted"
  | "user.banned"
  | "user.unbanned"
  | "user.updated"
  | "session.created"
  | "session.revoked"
  | "session.refreshed"
  | "agent.created"
  | "agent.revoked"
  | "agent.rotated"
  | "agent.updated"
  | "permission.granted"
  | "permission.revoked"
  | "organization.created"
  | "organization.memberAdded";

/** Why a webhook was refused. */
export type WebhookErrorReason = "missing_header" | "malformed" | "no_match" | "too_old" | "in_the_future" | "replayed";

/** A webhook that was refused. Its code is `INVALID_WEBHOOK`. */
export class WebhookError extends Error {
  private constructor();
  /** The name of the class. */
  readonly name: "WebhookError";
  /** The code of the error. */
  readonly code: "INVALID_WEBHOOK";
  /**
   * - `missing_header`: a header of KavachOS is not there
   * - `malformed`: a header or the body is not what KavachOS sends, or is too large
   * - `no_match`: signed with another secret, or changed on the way
   * - `too_old`, `in_the_future`: signed too long ago, or later than this clock says
   * - `replayed`: delivered before, by `options.replays`
   */
  readonly reason: WebhookErrorReason;
  /**
   * Returns what is safe to log.
   *
   * @returns the name, the code, the message and the reason
   */
  toJSON(): { name: string; code: string; message: string; reason: WebhookErrorReason };
}

/** What remembers which webhooks were received. */
export interface ReplayStore {
  /**
   * Adds a key, atomically.
   *
   * @param key what identifies the webhook
   * @param seconds for how long it must be remembered
   * @returns whether it was not there before
   */
  add: (key: string, seconds: number) => boolean | Promise<boolean>;
}

/** How webhooks are verified. */
export interface VerifyWebhookOptions {
  /** The secret of the webhook, or several while one replaces another. They are used as they stand, with their prefix. */
  secrets: string | readonly string[];
  /** How old a webhook may be, in seconds. @default 300 */
  tolerance?: number | undefined;
  /**
   * The scheme that the server signs in. `"auto"` accepts A and C. B must be asked for: its timestamp is not signed, so that anyone who
   * has seen a webhook can send it again, forever.
   *
   * @default "auto"
   */
  scheme?: "A" | "B" | "C" | "auto" | undefined;
  /** The time, in Unix seconds. @default the time of the host */
  now?: number | undefined;
  /** Refuses webhooks that were received before. Remove `event.key` from it when your handler fails, or the sender's next attempt is refused too. */
  replays?: ReplayStore | undefined;
}

/** What a webhook says, in one of the schemes. `Type` are its events. */
export interface WebhookEventOf<Scheme extends string, Type extends string> {
  /** The scheme that it was signed in. */
  scheme: Scheme;
  /** The event. In schemes B and C it comes from a header, which is not signed. */
  type: Type;
  /** What happened. */
  data: Record<string, unknown>;
  /** When it was signed, in Unix seconds. */
  timestamp: number;
  /** The id of the delivery, which repeated attempts share. It comes from a header, which is not signed. */
  deliveryId?: string | undefined;
  /** What identifies the webhook in `options.replays`. */
  key: string;
}

/** A verified webhook. `scheme` and `type` tell them apart. A newer server may send types that are not listed. */
export type WebhookEvent =
  | WebhookEventOf<"A", WebhookEventTypeA>
  | WebhookEventOf<"B", WebhookEventTypeB | "ping">
  | WebhookEventOf<"C", WebhookEventTypeC>;

/** A webhook as it arrived: what a framework that does not have a `Request` knows. */
export interface IncomingWebhook {
  /** `Headers`, or an object with names in any case. */
  headers: Headers | { readonly [name: string]: string | readonly string[] | undefined };
  /** The body as it arrived, not parsed. */
  body: string | Uint8Array | ArrayBuffer;
}

/**
 * Verifies that a webhook comes from KavachOS, is not changed, and is new.
 *
 * @param request the request, before its body is read, or its headers and raw body
 * @param options the secrets, and how strictly to verify
 * @returns what the webhook says
 * @throws {WebhookError} INVALID_WEBHOOK when it must not be believed; `reason` says why
 * @throws {KavachError} INVALID_ARGUMENT when an argument is wrong, such as a body that is parsed already
 * @example
 * ```ts
 * const event = await verifyWebhook(request, { secrets: [env.WEBHOOK_SECRET] });
 * if (event.type === "agent.revoked") await forget(event.data.agentId);
 * ```
 */
export function verifyWebhook(request: Request | IncomingWebhook, options: VerifyWebhookOptions): Promise<WebhookEvent>;

/** A webhook to sign. */
export interface SignWebhookInput {
  /** The secret, as it stands. */
  secret: string;
  /** The event. */
  type: string;
  /** What happened. @default {} */
  data?: Record<string, unknown> | undefined;
  /** @default "A" */
  scheme?: "A" | "B" | "C" | undefined;
  /** When it is signed, in Unix seconds. @default the time of the host */
  timestamp?: number | undefined;
  /** The id of the delivery, in schemes B and C. @default a random one */
  deliveryId?: string | undefined;
}

/**
 * Signs a webhook as KavachOS does, for tests of what receives it.
 *
 * @param input what to sign, and with which secret
 * @returns the headers and the body to send
 * @throws {KavachError} INVALID_ARGUMENT when a member is missing or wrong
 * @example
 * ```ts
 * const webhook = await signWebhook({ secret: "whsec_test", type: "user.created", data: { userId: "u1" } });
 * await handler(new Request("https://app.example/hook", { method: "POST", ...webhook }));
 * ```
 */
export function signWebhook(input: SignWebhookInput): Promise<{ headers: Record<string, string>; body: string }>;
