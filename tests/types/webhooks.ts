// What `kavachos-wasm/webhooks` and `kavachos-wasm/events` promise to TypeScript.
import { KavachClient } from "kavachos-wasm";
import { events, type StreamEvent } from "kavachos-wasm/events";
import {
  type IncomingWebhook,
  type ReplayStore,
  signWebhook,
  verifyWebhook,
  WebhookError,
  type WebhookEvent,
} from "kavachos-wasm/webhooks";

declare const request: Request;
declare const node: { headers: Record<string, string | string[] | undefined>; body: Uint8Array };

const event: WebhookEvent = await verifyWebhook(request, {
  secrets: ["a", "b"],
  tolerance: 60,
  scheme: "auto",
  now: 5,
});
if (event.scheme === "A" && event.type === "auth.sign-in") console.log(event.data.userId, event.timestamp.toFixed());
// @ts-expect-error scheme A has no such event
if (event.scheme === "A" && event.type === "user.signIn") console.log();
await verifyWebhook(node, { secrets: "a" });
const incoming: IncomingWebhook = await signWebhook({ secret: "a", type: "t", scheme: "C", deliveryId: undefined });
await verifyWebhook(incoming, { secrets: "a", replays: undefined });
// @ts-expect-error a parsed body
await verifyWebhook({ headers: {}, body: { event: "x" } }, { secrets: "a" });
// @ts-expect-error no secret
await verifyWebhook(request, {});
const replays: ReplayStore = { add: async (key: string, seconds: number) => key.length > seconds };
await verifyWebhook(request, { secrets: "a", replays }).catch((error: unknown) => {
  if (error instanceof WebhookError && error.reason === "replayed") console.log(error.code satisfies "INVALID_WEBHOOK");
});
// @ts-expect-error made by the package alone
new WebhookError();

const kavach = new KavachClient({ baseUrl: "https://a.example" });
for await (const happened of events(kavach, { types: ["audit"], since: new Date(), signal: AbortSignal.timeout(5) }))
  console.log((happened satisfies StreamEvent).agentId?.length);
// @ts-expect-error no such event
events(kavach, { types: ["user.created"] });
