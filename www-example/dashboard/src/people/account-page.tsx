// The account of the person who is signed in: who that is, their passkeys, and two-factor authentication.

import { Time } from "../ui/time";
import { Passkeys } from "./passkeys";
import { PeopleSection, type Signed } from "./people-section";
import { TwoFactor } from "./two-factor";

const METHODS: Record<string, string> = {
  password: "a password",
  magicLink: "a link by e-mail",
  emailOtp: "a code by e-mail",
  passkey: "a passkey",
  impersonation: "impersonation",
};

export default function AccountPage() {
  return (
    <PeopleSection title="Your account">
      {(signed) => (
        <div class="stack" key={signed.userId}>
          <Facts signed={signed} />
          <Passkeys signed={signed} />
          <TwoFactor signed={signed} />
        </div>
      )}
    </PeopleSection>
  );
}

function Facts({ signed }: { signed: Signed }) {
  const { state } = signed.person.session;
  const { method, expiresAt } = { method: undefined, expiresAt: undefined, ...state };
  return (
    <section class="card people-section">
      <h2>You</h2>
      <dl class="people-facts">
        {signed.name && (
          <div>
            <dt>Name</dt>
            <dd>
              <bdi>{signed.name}</bdi>
            </dd>
          </div>
        )}
        <div>
          <dt>E-mail</dt>
          <dd>
            <bdi>{signed.email}</bdi>
          </dd>
        </div>
        <div>
          <dt>Id</dt>
          <dd class="mono">{signed.userId}</dd>
        </div>
        {method && (
          <div>
            <dt>Signed in</dt>
            <dd>by {METHODS[method] ?? method}</dd>
          </div>
        )}
        <div>
          <dt>Session</dt>
          <dd>
            {expiresAt ? (
              <>
                expires <Time iso={expiresAt} />
              </>
            ) : (
              "expires when the server says so"
            )}
            {signed.person.stays ? ", kept in this browser" : ", in the memory of this page only"}
          </dd>
        </div>
      </dl>
    </section>
  );
}
