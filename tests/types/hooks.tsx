// The hooks of React, as a page uses them.
import type { Agent, AuditEntry, KavachClient } from "kavachos-wasm";
import {
  type ActionResult,
  KavachContext,
  KavachProvider,
  Protect,
  useAgents,
  useAudit,
  useCan,
  useKavachContext,
  useSession,
  useSignIn,
  useSignOut,
  useSignUp,
  useUser,
} from "kavachos-wasm/react";
import type { SessionUser, UserSession } from "kavachos-wasm/session";
import { type ReactNode, useContext } from "react";

export function App({ session, kavach }: { session: UserSession; kavach: KavachClient }): ReactNode {
  return (
    <KavachProvider basePath="/api/kavach" session={session} kavach={kavach} agentId="agent-1" initial={null}>
      <Protect action="read" resource="file:a" fallback={<p>no</p>} loading="wait">
        <Page />
      </Protect>
    </KavachProvider>
  );
}

function Page() {
  const { user }: { user: SessionUser | null } = useUser();
  const shared = useContext(KavachContext);
  const { session, state } = useSession();
  const { isAuthenticated } = useKavachContext();
  const { signIn, error } = useSignIn();
  const { signUp } = useSignUp();
  const { signOut } = useSignOut();
  const { agents, create } = useAgents();
  const { allowed, reason } = useCan("read", "file:a", { agentId: "agent-2" });
  const { entries, loadMore } = useAudit({ result: "denied" }, { pageSize: 20 });
  const first: Agent | undefined = agents[0];
  const newest: AuditEntry | undefined = entries[0];
  const act = async () => {
    const result: ActionResult = await signIn("ann@x.test", "password-1");
    if (!result.success) return result.error;
    await signUp("ann@x.test", "password-1", "Ann");
    const made = await create({ ownerId: "u", name: "a", type: "autonomous", permissions: [] });
    // @ts-expect-error: there is a token only if it has been made.
    made.data.token;
    await shared?.session.magicLink.send("ann@x.test");
    await loadMore();
    await signOut();
    // @ts-expect-error: a name is text.
    await signUp("ann@x.test", "password-1", 1);
    return made.success ? made.data.token : made.error;
  };
  // @ts-expect-error: the session holds no token.
  session?.token;
  const shown = state.status === "unknown" ? state.user?.id : session?.expiresAt;
  return (
    <button type="button" onClick={() => void act()}>
      {[user?.email, isAuthenticated, error, first?.id, newest?.id, allowed, reason, shown].join()}
    </button>
  );
}

// @ts-expect-error: agentID is no prop.
export const wrong = <KavachProvider agentID="agent-1" />;
