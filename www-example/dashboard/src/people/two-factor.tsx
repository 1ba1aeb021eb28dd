// Two-factor authentication of the person: switched on with an authenticator app, off, and its backup codes.
import { KavachError, type TwoFactorEnrollment } from "kavachos-wasm";
import { ShieldCheck, ShieldOff } from "lucide-preact";
import { useState } from "preact/hooks";
import { CopyButton } from "../ui/copy";
import { Dialog } from "../ui/dialog";
import { Loading } from "../ui/loading";
import { toast } from "../ui/toasts";
import { useLoaded } from "../ui/use-loaded";
import { useSubmit } from "../ui/use-submit";
import { Confirm } from "./confirm";
import { PeopleFailure } from "./people-failure";
import type { Signed } from "./people-section";
import { QrCode } from "./qr-code";
import { showSecret } from "./secret-dialog";

const FEATURE = "two-factor authentication";
const BACKUP = {
  label: "The backup codes",
  advice: "Each works once, where you have your authenticator app no longer. Keep them apart from your password.",
};

export function TwoFactor({ signed }: { signed: Signed }) {
  const { twoFactor } = signed.people;
  const status = useLoaded((signal) => twoFactor.status({ signal }), []);
  const [enrollment, setEnrollment] = useState<TwoFactorEnrollment>();
  const [asking, setAsking] = useState<"off" | "codes">();
  const begin = useSubmit(async () => setEnrollment(await twoFactor.enroll()));
  if (status.error !== undefined)
    return (
      <PeopleFailure
        error={status.error}
        what="It is not known whether two-factor authentication is on"
        feature={FEATURE}
        onRetry={status.reload}
      />
    );
  const isOn = status.value?.enabled;
  const done = () => {
    setAsking(undefined);
    setEnrollment(undefined);
    status.reload();
  };
  return (
    <section class="card people-section">
      <div class="spread">
        <h2>Two-factor authentication</h2>
        {isOn === false && (
          <form onSubmit={begin.submit}>
            <button type="submit" class="button small" disabled={begin.busy}>
              {begin.busy ? "Preparing…" : "Switch it on"}
            </button>
          </form>
        )}
        {isOn && (
          <div class="row">
            <button type="button" class="button small" onClick={() => setAsking("codes")}>
              New backup codes
            </button>
            <button type="button" class="button small danger" onClick={() => setAsking("off")}>
              Switch it off
            </button>
          </div>
        )}
      </div>
      {status.value === undefined ? (
        <Loading what="its status" />
      ) : (
        <p class="row">
          {isOn ? <ShieldCheck size={16} aria-hidden /> : <ShieldOff size={16} aria-hidden />}
          {isOn ? "On: your authenticator app shows a code." : "Off."}
        </p>
      )}
      <p class="muted">
        The server checks the code when your app asks it to. It does not ask for one at sign-in by itself.
      </p>
      {begin.error !== undefined && <PeopleFailure error={begin.error} what="It is not on" feature={FEATURE} />}
      {enrollment && <EnrollDialog signed={signed} enrollment={enrollment} onClose={done} />}
      {asking === "off" && <OffDialog signed={signed} onClose={done} />}
      {asking === "codes" && <CodesDialog signed={signed} onClose={done} />}
    </section>
  );
}

interface EnrollProps {
  signed: Signed;
  enrollment: TwoFactorEnrollment;
  onClose: () => void;
}

/** Shows the secret, and switches it on with the first code. The backup codes follow: none is lost before it is on. */
function EnrollDialog({ signed, enrollment, onClose }: EnrollProps) {
  const [code, setCode] = useState("");
  const { busy, error, submit } = useSubmit(async () => {
    try {
      const { valid } = await signed.people.twoFactor.verify({ code: code.replace(/\s/g, "") });
      if (!valid) throw new TypeError(WRONG);
    } catch (reason) {
      throw reason instanceof KavachError && reason.statusCode === 400 ? new TypeError(WRONG) : reason;
    }
    showSecret({ title: "Two-factor authentication is on", text: enrollment.backupCodes.join("\n"), ...BACKUP });
    onClose();
  });
  return (
    <Dialog
      title="Switch on two-factor authentication"
      onClose={busy ? undefined : onClose}
      footer={
        <>
          <button type="button" class="button" disabled={busy} onClick={onClose}>
            Cancel
          </button>
          <button type="submit" form="enroll" class="button primary" disabled={busy || code.trim() === ""}>
            {busy ? "Checking…" : "Switch it on"}
          </button>
        </>
      }
    >
      <form id="enroll" class="stack" onSubmit={submit}>
        <p>Scan this with your authenticator app, or type the secret there. Then type the code that the app shows.</p>
        <div class="enroll">
          <QrCode text={enrollment.uri} label="QR code of the secret" />
          <div class="stack tight">
            <label class="field">
              <span>Secret</span>
              <input
                class="mono"
                readOnly
                autocomplete="off"
                value={enrollment.secret}
                onFocus={({ currentTarget }) => currentTarget.select()}
              />
            </label>
            <div class="row">
              <CopyButton text={enrollment.secret} label="Copy the secret" />
            </div>
            <CodeField label="Code" value={code} onInput={setCode} />
          </div>
        </div>
        {error !== undefined && <PeopleFailure error={error} what="It is not on yet" feature={FEATURE} />}
      </form>
    </Dialog>
  );
}

const WRONG = "The code is wrong, or its time is over: type the one that the app shows now";

function OffDialog({ signed, onClose }: { signed: Signed; onClose: () => void }) {
  const [code, setCode] = useState("");
  return (
    <Confirm
      title="Switch off two-factor authentication?"
      label="Switch it off"
      busyLabel="Switching off…"
      isDanger
      isDisabled={code.trim() === ""}
      what="It is still on"
      feature={FEATURE}
      act={async () => {
        await signed.people.twoFactor.disable({ code: code.replace(/\s/g, "") });
        toast("Two-factor authentication is off.");
        onClose();
      }}
      onClose={onClose}
    >
      <p>The secret in your authenticator app and the backup codes are of no use then.</p>
      <CodeField label="Code, or a backup code" value={code} onInput={setCode} />
    </Confirm>
  );
}

function CodesDialog({ signed, onClose }: { signed: Signed; onClose: () => void }) {
  const [code, setCode] = useState("");
  return (
    <Confirm
      title="Make new backup codes?"
      label="Make new codes"
      busyLabel="Making…"
      isDisabled={code.trim() === ""}
      what="The codes are still the old ones"
      feature={FEATURE}
      act={async () => {
        const codes = await signed.people.twoFactor.backupCodes({ code: code.replace(/\s/g, "") });
        showSecret({ title: "New backup codes", text: codes.join("\n"), ...BACKUP });
        onClose();
      }}
      onClose={onClose}
    >
      <p>They replace the former ones, which stop working.</p>
      <CodeField label="Code" value={code} onInput={setCode} />
    </Confirm>
  );
}

interface CodeProps {
  label: string;
  value: string;
  onInput: (value: string) => void;
}

function CodeField({ label, value, onInput }: CodeProps) {
  return (
    <label class="field">
      <span>{label}</span>
      <input
        class="mono"
        type="text"
        required
        autocomplete="one-time-code"
        spellcheck={false}
        value={value}
        onInput={({ currentTarget }) => onInput(currentTarget.value)}
      />
    </label>
  );
}
