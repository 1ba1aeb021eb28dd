// Says on every page that an administrator acts as somebody else, and leads back.
import { VenetianMask } from "lucide-preact";
import { useState } from "preact/hooks";
import { toast } from "../ui/toasts";
import { session } from "./session";

export function ActingAs() {
  const [busy, setBusy] = useState(false);
  const { impersonator, person, email } = session.value ?? {};
  if (!impersonator || !person) return <div />;
  const back = async () => {
    setBusy(true);
    // It goes back in any case, whether or not the server confirms the end of the other session.
    const { confirmed } = await person.recorded.signOut();
    if (!confirmed) toast("You are back. The server did not confirm the end of the other session.", true);
    setBusy(false);
  };
  return (
    <div class="banner notice warning">
      <VenetianMask size={18} aria-hidden />
      <div class="spread">
        <p>
          You act as <bdi>{email}</bdi>, in all tabs. What you do is done in their name.
        </p>
        <button type="button" class="button small" disabled={busy} onClick={back}>
          Back to <bdi>{impersonator.email ?? impersonator.name ?? impersonator.id}</bdi>
        </button>
      </div>
    </div>
  );
}
