// A user, and what an administrator can do with them.
import type { AdminUser } from "kavachos-wasm";
import { Ban } from "lucide-preact";
import { Time } from "../ui/time";
import { ActButton } from "./act-button";
import { nameOf } from "./names";
import type { Act } from "./users-page";

interface Props {
  user: AdminUser;
  /** Whether this is the person who looks: they cannot lock themselves out. */
  isSelf: boolean;
  onAct: (act: Act) => void;
}

export function UserRow({ user, isSelf, onAct }: Props) {
  const { id, email, banned, banReason, banExpiresAt, agentCount, createdAt } = user;
  const name = nameOf(user);
  const button = (act: Act, label: string) => (
    <ActButton label={label} name={name} isDanger={act === "delete"} onClick={() => onAct(act)} />
  );
  return (
    <li data-user={id}>
      <div class="who">
        <p class="truncate">
          <bdi class="name">{name}</bdi>
          {isSelf && <span class="muted"> (you)</span>}
        </p>
        <p class="muted truncate">{name === email ? <span class="mono">{id}</span> : <bdi>{email}</bdi>}</p>
      </div>
      <div class="facts">
        {banned ? (
          <p>
            <span class="badge outcome-denied">
              <Ban size={14} aria-hidden /> Banned
            </span>{" "}
            <span class="muted">
              {banReason && <bdi>{banReason}</bdi>}
              {banReason && banExpiresAt && " · "}
              {banExpiresAt && (
                <>
                  ends <Time iso={banExpiresAt} />
                </>
              )}
            </span>
          </p>
        ) : (
          <p class="muted">
            {agentCount === 1 ? "1 agent" : `${(agentCount ?? 0).toLocaleString("en")} agents`}
            {createdAt && (
              <>
                {" "}
                · since <Time iso={createdAt} />
              </>
            )}
          </p>
        )}
      </div>
      <div class="acts">
        {!isSelf && (
          <>
            {button("impersonate", "Act as")}
            {banned ? button("unban", "Unban") : button("ban", "Ban")}
            {button("delete", "Delete")}
          </>
        )}
      </div>
    </li>
  );
}
