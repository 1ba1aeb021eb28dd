// Users, for administrators: find them, ban and delete them, and act as one of them.
import type { AdminUser } from "kavachos-wasm";
import { Search } from "lucide-preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { useLocation, useSearch } from "wouter-preact";
import { Empty } from "../ui/empty";
import { Loading } from "../ui/loading";
import { useLoaded } from "../ui/use-loaded";
import { PeopleFailure } from "./people-failure";
import { PeopleSection, type Signed } from "./people-section";
import { BanDialog, DeleteDialog, ImpersonateDialog, UnbanDialog } from "./user-dialogs";
import { UserRow } from "./user-row";

/** How many users are shown at first, and with each further step. */
const STEP = 50;

export default function UsersPage() {
  return <PeopleSection title="People">{(signed) => <Users key={signed.userId} signed={signed} />}</PeopleSection>;
}

export type Act = "ban" | "unban" | "delete" | "impersonate";

function Users({ signed }: { signed: Signed }) {
  const search = new URLSearchParams(useSearch()).get("q") ?? "";
  const [wanted, setWanted] = useState(STEP);
  useEffect(() => setWanted(STEP), [search]);
  const [acting, setActing] = useState<{ user: AdminUser; act: Act }>();
  const { users } = signed.people;
  const list = useLoaded(
    (signal) => users.list({ limit: wanted, search: search || undefined }, { signal }),
    [search, wanted],
  );
  const found = list.value;
  const close = (isChanged: boolean) => {
    setActing(undefined);
    if (isChanged) list.reload();
  };
  const Dialog = { ban: BanDialog, unban: UnbanDialog, delete: DeleteDialog, impersonate: ImpersonateDialog };
  const Acting = acting && Dialog[acting.act];

  if (list.error !== undefined && found === undefined)
    return (
      <PeopleFailure
        error={list.error}
        what="The users could not be loaded"
        feature="administration of users"
        onRetry={list.reload}
      />
    );
  return (
    <>
      <SearchField value={search} />
      {list.error !== undefined && (
        <PeopleFailure
          error={list.error}
          what="The users could not be loaded again"
          feature="administration of users"
          onRetry={list.reload}
        />
      )}
      {found === undefined ? (
        <Loading what="the users" />
      ) : (
        <>
          <p role="status" aria-busy={list.loading}>
            {countWords(found.users.length, found.total, search)}
          </p>
          {found.users.length === 0 ? (
            <Empty title={search ? "No user is like that" : "No users yet"}>
              <p>{search ? "The search looks at names and e-mail addresses." : "Users appear once they sign in."}</p>
            </Empty>
          ) : (
            <ul class="people-list card" aria-label="Users">
              {found.users.map((user) => (
                <UserRow
                  key={user.id}
                  user={user}
                  isSelf={user.id === signed.userId}
                  onAct={(act) => setActing({ user, act })}
                />
              ))}
            </ul>
          )}
          {found.users.length < found.total && (
            <div class="row">
              <button
                type="button"
                class="button"
                disabled={list.loading}
                onClick={() => setWanted((before) => before + STEP)}
              >
                {list.loading ? "Loading…" : `Show ${Math.min(STEP, found.total - found.users.length)} more`}
              </button>
            </div>
          )}
        </>
      )}
      {acting && Acting && <Acting user={acting.user} signed={signed} onClose={close} />}
    </>
  );
}

function countWords(shown: number, total: number, search: string): string {
  const all = `${total.toLocaleString("en")} ${total === 1 ? "user" : "users"}`;
  const words = search ? `${all} found` : all;
  return shown < total ? `${words}, ${shown.toLocaleString("en")} shown` : words;
}

/** Written to the URL when one pauses: browsers do not take one address per key for long. */
const PAUSE = 200;

function SearchField({ value }: { value: string }) {
  const [text, setText] = useState(value);
  const [, navigate] = useLocation();
  const written = useRef(value);
  // The URL may change by other means: the back button, a link.
  useEffect(() => {
    if (value !== written.current) setText(value);
    written.current = value;
  }, [value]);
  useEffect(() => {
    if (text === written.current) return;
    const timer = setTimeout(() => {
      written.current = text;
      navigate(text ? `/people?${new URLSearchParams({ q: text })}` : "/people", { replace: true });
    }, PAUSE);
    return () => clearTimeout(timer);
  }, [text]);
  return (
    <div class="people-search">
      <Search size={16} aria-hidden />
      <input
        type="search"
        aria-label="Search by name or e-mail address"
        placeholder="Name or e-mail address"
        spellcheck={false}
        value={text}
        onInput={({ currentTarget }) => setText(currentTarget.value)}
      />
    </div>
  );
}
