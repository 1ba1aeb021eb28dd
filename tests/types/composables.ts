// The composables of Vue and the stores of Svelte, as an application uses them.
import type { Agent } from "kavachos-wasm";
import { createAgentStore, createAuditStore, createDecisionStore, createKavachClient } from "kavachos-wasm/svelte";
import {
  createKavachPlugin,
  KAVACH_KEY,
  Protect,
  useAgents,
  useAudit,
  useCan,
  useRequiredContext,
  useSession,
  useSignIn,
  useUser,
} from "kavachos-wasm/vue";
import type { Readable } from "svelte/store";
import { type App, h, inject, type Ref, ref } from "vue";

export const install = (app: App) => app.use(createKavachPlugin({ basePath: "/api/kavach", storage: "session" }));

export function setup() {
  const { user } = useUser();
  const { session } = useSession();
  const { signIn, error } = useSignIn();
  const { agents }: { agents: Readonly<Ref<Agent[]>> } = useAgents();
  const { allowed } = useCan(ref("read"), () => "file:a", { agentId: "agent-1" });
  const { entries } = useAudit(() => ({ result: "denied" as const }), { pageSize: 10 });
  inject(KAVACH_KEY)?.session.signOut();
  useRequiredContext().kavach.agents.list();
  // @ts-expect-error: the session holds no token.
  session.value?.token;
  return () =>
    h(Protect, { action: "read", resource: "file:a" }, () => [
      user.value?.email,
      error.value,
      agents.value.length,
      allowed.value,
      entries.value.length,
      signIn,
    ]);
}

const client = createKavachClient({ basePath: "/api/kavach" });
const { agents, create } = createAgentStore(client);
export const asReadable: Readable<Agent[]> = agents;
export const allowed: boolean = createDecisionStore(client, "read", "file:a").allowed.current;
export const first = createAuditStore(client, { result: "denied" }, { pageSize: 10 }).entries.current[0]?.id;
export const made = create({ ownerId: "u", name: "a", type: "autonomous", permissions: [] });
// @ts-expect-error: storage is one of three.
createKavachClient({ storage: "disk" });
