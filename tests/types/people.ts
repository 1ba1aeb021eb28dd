// The types of the entries for people. This file is compiled, never run, as surface.ts is.
import { KavachClient } from "kavachos-wasm";
import {
  guardSession,
  type SessionCredential,
  type SessionGranted,
  type SessionGuarded,
  type SessionRefused,
  sessionFrom,
} from "kavachos-wasm/guard";
import { guardSession as direct } from "kavachos-wasm/guard-session";
import {
  type AccountDeletion,
  type AdminUser,
  type AdminUserPage,
  type ApiKey,
  type CreatedApiKey,
  createPeople,
  type Organization,
  type OrganizationMember,
  type People,
  type TwoFactorVerification,
} from "kavachos-wasm/people";

type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
function is<_Claim extends true>(): void {}

const kavach = new KavachClient({ baseUrl: "https://app.example" });

export async function accounts(): Promise<void> {
  const people = createPeople(kavach);
  is<Equal<typeof people, People>>();
  const verified = await people.twoFactor.verify({ code: "123456" }, { timeout: 5 });
  is<Equal<typeof verified, TwoFactorVerification>>();
  is<Equal<typeof verified.valid, boolean>>();
  const created = await people.apiKeys.create({ name: "n", permissions: ["*"] as const, expiresAt: new Date() });
  is<Equal<typeof created, CreatedApiKey>>();
  is<Equal<typeof created.key, string>>();
  is<Equal<Awaited<ReturnType<typeof people.apiKeys.list>>, ApiKey[]>>();
  for await (const key of people.apiKeys.list()) is<Equal<typeof key, ApiKey>>();
  for await (const org of people.organizations.list()) is<Equal<typeof org, Organization>>();
  for await (const member of people.organizations.members("o")) is<Equal<typeof member, OrganizationMember>>();
  for await (const user of people.users.list({ limit: 5 })) is<Equal<typeof user, AdminUser>>();
  is<Equal<Awaited<ReturnType<typeof people.users.list>>, AdminUserPage>>();
  is<Equal<Awaited<ReturnType<typeof people.users.get>>, AdminUser | null>>();
  is<Equal<Awaited<ReturnType<typeof people.users.ban>>, AdminUser>>();
  const deleted = await people.account.delete({ confirm: "delete my account", keepAuditLogs: undefined });
  is<Equal<typeof deleted, AccountDeletion>>();
  // @ts-expect-error: the words are what the user types
  await people.account.delete({ confirm: "yes" });
  // @ts-expect-error: a code is a string
  await people.twoFactor.verify({ code: 123456 });
  // @ts-expect-error: a list has no more arguments than the options
  await people.apiKeys.list({}, {});
  // @ts-expect-error: a client is needed
  createPeople({});
}

export async function sessions(request: Request): Promise<Response | string> {
  const checked = await guardSession(kavach, request, { cacheTtl: 1_000, origins: ["https://app.example"] });
  is<Equal<typeof checked, SessionGuarded>>();
  if (!checked.ok) {
    is<Equal<typeof checked, SessionRefused>>();
    // @ts-expect-error: who is refused has no user
    checked.user;
    return checked.response;
  }
  is<Equal<typeof checked, SessionGranted>>();
  is<Equal<typeof checked.via, "bearer" | "cookie">>();
  await direct(kavach, request, { jwt: { issuer: "i", audience: "a", secrets: ["s"], keys: [{ kty: "RSA" }] } });
  // @ts-expect-error: an audience is required
  await guardSession(kavach, request, { jwt: { issuer: "i", secrets: ["s"] } });
  // @ts-expect-error: the token is that of the request
  await guardSession(kavach, request, { token: "kv_1" });
  const found = sessionFrom({ headers: new Headers() }, "mine");
  is<Equal<typeof found, SessionCredential | null>>();
  return checked.user.email ?? checked.user.id;
}
