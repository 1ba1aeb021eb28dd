// The frame of the pages about people: their headings, the ways between them, and what is said to those who are not signed in.
import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { Link, useLocation } from "wouter-preact";
import { connectAs, type Session, session } from "../connection/session";
import { nextStep, SignInFields } from "../connection/sign-in-fields";
import { useSignIn } from "../connection/use-sign-in";
import { Failure } from "../ui/failure";
import { useSubmit } from "../ui/use-submit";
import "./people.css";

const PAGES = [
  { href: "/people", title: "Users" },
  { href: "/people/organizations", title: "Organizations" },
  { href: "/people/api-keys", title: "API keys" },
  { href: "/people/account", title: "Account" },
] as const;

/** The session of a person. */
export interface Signed extends Session {
  person: NonNullable<Session["person"]>;
  userId: string;
}

interface Props {
  title: ComponentChildren;
  /** What is done on the page, beside its heading. */
  action?: ComponentChildren;
  children: (signed: Signed) => ComponentChildren;
}

export function PeopleSection({ title, action, children }: Props) {
  const [path] = useLocation();
  const current = session.value;
  const signed = isSigned(current) ? current : undefined;
  return (
    <>
      <header>
        <h1>{title}</h1>
        {signed && action}
      </header>
      <nav class="people-nav" aria-label="People">
        {PAGES.map(({ href, title }) => {
          const isHere = href === "/people" ? path === href : path.startsWith(href);
          return (
            <Link key={href} href={href} aria-current={isHere ? "page" : undefined}>
              {title}
            </Link>
          );
        })}
      </nav>
      {signed ? children(signed) : current && <SignInHere current={current} />}
    </>
  );
}

function isSigned(current: Session | null): current is Signed {
  return current?.person !== undefined && current.userId !== undefined;
}

/** Signs in on the page, and goes on with the same server as that person. */
function SignInHere({ current: { settings } }: { current: Session }) {
  const [email, setEmail] = useState("");
  const signIn = useSignIn({ settings, email, stays: true, onElsewhere: connectAs });
  const { busy, error, submit } = useSubmit(async () => {
    const person = await signIn.submit();
    if (person) await connectAs(person);
  });
  return (
    <form class="card stack people-sign-in" onSubmit={submit}>
      <div>
        <h2>Sign in to see this</h2>
        <p class="muted">
          These pages act in the name of a person, and nobody is signed in. The session is kept in this browser until
          you sign out.
        </p>
      </div>
      <SignInFields signIn={signIn} email={email} onEmail={setEmail} />
      {error !== undefined && <Failure error={error} what="This did not work" />}
      <div class="row">
        <button type="submit" class="button primary" disabled={busy}>
          {busy ? "Signing in…" : nextStep(signIn)}
        </button>
      </div>
    </form>
  );
}
