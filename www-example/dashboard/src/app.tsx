// What is shown where: the connect page until there is a session, then the page that the URL names.
import { lazy, Suspense } from "preact/compat";
import { Link, Route, Switch, useLocation } from "wouter-preact";
import { ConnectPage, namesAnother } from "./connection/connect-page";
import { forgetLink } from "./connection/link";
import { linkToken, takeLinkToken } from "./connection/mail-link";
import { isRestoring, restore, session } from "./connection/session";
import { Boundary } from "./ui/boundary";
import { Empty } from "./ui/empty";
import { Loading } from "./ui/loading";
import { Shell } from "./ui/shell";

// Pages are loaded when they are first opened: who looks at the agents does not wait for the graph.
const OverviewPage = lazy(() => import("./overview/overview-page"));
const AgentsPage = lazy(() => import("./agents/agents-page"));
const AgentPage = lazy(() => import("./agents/agent-page"));
const NewAgentPage = lazy(() => import("./agents/new-agent-page"));
const PlaygroundPage = lazy(() => import("./playground/playground-page"));
const DelegationsPage = lazy(() => import("./delegations/delegations-page"));
const AuditPage = lazy(() => import("./audit/audit-page"));
const UsersPage = lazy(() => import("./people/users-page"));
const OrganizationsPage = lazy(() => import("./people/organizations-page"));
const OrganizationPage = lazy(() => import("./people/organization-page"));
const ApiKeysPage = lazy(() => import("./people/api-keys-page"));
const AccountPage = lazy(() => import("./people/account-page"));

takeLinkToken();
if (linkToken.value === undefined) {
  restore(namesAnother).finally(() => {
    // A session goes on with its own server, whatever the link names.
    if (session.value !== null) forgetLink();
  });
}

export function App() {
  const [path] = useLocation();
  if (isRestoring.value) return <Loading what="your session" />;
  if (session.value === null) return <ConnectPage />;
  return (
    <Shell>
      <Boundary key={path}>
        <Suspense fallback={<Loading what="the page" />}>
          <Switch>
            <Route path="/" component={OverviewPage} />
            <Route path="/agents" component={AgentsPage} />
            <Route path="/agents/new" component={NewAgentPage} />
            <Route path="/agents/:id">{({ id }) => <AgentPage key={id} id={id} />}</Route>
            <Route path="/playground" component={PlaygroundPage} />
            <Route path="/delegations" component={DelegationsPage} />
            <Route path="/audit" component={AuditPage} />
            <Route path="/people" component={UsersPage} />
            <Route path="/people/organizations" component={OrganizationsPage} />
            <Route path="/people/organizations/:id">{({ id }) => <OrganizationPage key={id} id={id} />}</Route>
            <Route path="/people/api-keys" component={ApiKeysPage} />
            <Route path="/people/account" component={AccountPage} />
            <Route>
              <Empty title="There is no such page">
                <Link href="/">Go to the overview</Link>
              </Empty>
            </Route>
          </Switch>
        </Suspense>
      </Boundary>
    </Shell>
  );
}
