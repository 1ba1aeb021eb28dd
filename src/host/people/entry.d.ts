export type {
  AccountDeletion,
  AccountExport,
  AdminUser,
  AdminUserFilters,
  AdminUserPage,
  ApiKey,
  BanUserInput,
  CreateApiKeyInput,
  CreatedApiKey,
  CreateOrganizationInput,
  DeleteAccountInput,
  DeletionConfirmation,
  ImpersonationSession,
  InviteMemberInput,
  MemberRoleInput,
  Organization,
  OrganizationInvitation,
  OrganizationMember,
  TwoFactorCodeInput,
  TwoFactorEnrollment,
  TwoFactorStatus,
  TwoFactorVerification,
} from "kavachos-wasm";

/**
 * Makes the methods for people's accounts and their administration.
 *
 * They act for the person whose session token the client sends: a JWT session of a magic link, an e-mail code, a passkey, an
 * anonymous or an OAuth sign-in, or the cookie with `credentials: "include"`. Servers accept neither agent tokens nor the token of an
 * e-mail and password sign-in. Calls have the retries, observers and errors of the client.
 *
 * Plugins of the server serve these routes, below `authUrl`. Where one is not mounted, its methods reject with `NOT_SUPPORTED`.
 *
 * @param kavach the client
 * @returns the methods; each works by itself, without its object
 * @throws {KavachError} INVALID_ARGUMENT when `kavach` is not a `KavachClient`
 * @example
 * ```ts
 * const people = createPeople(new KavachClient({ baseUrl: "https://your-app.com/api/kavach", token: session.token }));
 * const { secret, uri, backupCodes } = await people.twoFactor.enroll();
 * ```
 */
export function createPeople(kavach: KavachClient): People;

/** The methods for people's accounts and their administration. */
export interface People {
  /** Two-factor authentication of the signed-in person: the server plugin `twoFactor`. */
  readonly twoFactor: TwoFactor;
  /** API keys of the signed-in person: the server plugin `apiKeys`. */
  readonly apiKeys: PersonalApiKeys;
  /** Organizations: the server plugin `organization`. */
  readonly organizations: OrganizationsOfPerson;
  /** All users, for administrators: the server plugin `admin`. */
  readonly users: Users;
  /** The signed-in person's data: the server plugin `gdpr`. */
  readonly account: Account;
  /**
   * Counts agents, their owners and the decisions of the last 24 hours.
   *
   * @param options for this call
   * @returns the numbers
   * @throws {KavachError} NOT_SUPPORTED on servers of the `sdk` dialect
   */
  stats(options?: CallOptions | null): Promise<DashboardStats>;
}

/**
 * Two-factor authentication by one-time codes (TOTP).
 *
 * Servers do not ask for the code at sign-in, and remember nothing of a check: the host asks `status` and `verify` itself.
 */
export interface TwoFactor {
  /**
   * Makes a secret. Two-factor authentication is on once `verify` has seen a code.
   *
   * Where it is on already, this switches it **off** until the new secret is verified. So it is never sent twice.
   *
   * @param options for this call
   * @returns the secret, its `otpauth:` URI and backup codes, none of which can be read again
   * @throws {AuthenticationError} without a valid session
   * @throws {DecodeError} when the answer is incomplete; `error.answer()` still has what the server sent
   */
  enroll(options?: CallOptions | null): Promise<TwoFactorEnrollment>;
  /**
   * Checks a code. The first right one completes the enrollment.
   *
   * @param input the code; errors do not show it
   * @param options for this call
   * @returns whether the code is right: a wrong one is `{ valid: false }`, not an error
   * @throws {KavachError} before the enrollment is complete, when the code is wrong (400)
   */
  verify(input: TwoFactorCodeInput, options?: CallOptions | null): Promise<TwoFactorVerification>;
  /**
   * Switches two-factor authentication off.
   *
   * @param input a code, or a backup code; errors do not show it
   * @param options for this call
   * @returns nothing
   * @throws {KavachError} when the code is wrong (400)
   */
  disable(input: TwoFactorCodeInput, options?: CallOptions | null): Promise<void>;
  /**
   * Makes new backup codes, which replace the former ones.
   *
   * @param input a code; errors do not show it
   * @param options for this call
   * @returns the codes, which cannot be read again
   * @throws {KavachError} when the code is wrong (400)
   */
  backupCodes(input: TwoFactorCodeInput, options?: CallOptions | null): Promise<string[]>;
  /**
   * Reads whether two-factor authentication is on.
   *
   * @param options for this call
   * @returns `{ enabled }`
   */
  status(options?: CallOptions | null): Promise<TwoFactorStatus>;
}

/** A promise of a list. `for await` iterates its items, too. */
export interface ListPromise<T> extends Promise<T[]>, AsyncIterable<T> {}

/** A promise of a page of users. `for await` iterates the users of this page and of all pages after it. */
export interface UserPagePromise extends Promise<AdminUserPage>, AsyncIterable<AdminUser> {}

/** The API keys of the signed-in person. Only code of the host accepts them: no route of the server does by default. */
export interface PersonalApiKeys {
  /**
   * Makes a key.
   *
   * @param input name, permissions and expiry. An expiry that no server would understand is refused: it would make a key that never
   * expires.
   * @param options for this call
   * @returns the key, which cannot be read again, and what is known of it
   * @throws {KavachError} INVALID_ARGUMENT when the input is wrong, before any request
   * @throws {DecodeError} when the answer is incomplete; `error.answer()` still has the key
   */
  create(input: CreateApiKeyInput, options?: CallOptions | null): Promise<CreatedApiKey>;
  /**
   * Lists the keys, without the keys themselves.
   *
   * @param options for this call
   * @returns the keys
   * @example
   * ```ts
   * for await (const { name, prefix } of people.apiKeys.list()) console.log(name, prefix);
   * ```
   */
  list(options?: CallOptions | null): ListPromise<ApiKey>;
  /**
   * Replaces a key. The new one has another id, and the same expiry.
   *
   * @param id the key's id
   * @param options for this call
   * @returns the new key, which cannot be read again
   * @throws {NotFoundError} when there is no such key. Adapters for Next.js, SolidStart and TanStack answer so for every key.
   * @throws {DecodeError} when the answer is incomplete; `error.answer()` still has the key
   */
  rotate(id: string, options?: CallOptions | null): Promise<CreatedApiKey>;
  /**
   * Deletes a key.
   *
   * @param id the key's id
   * @param options for this call
   * @returns nothing
   * @throws {NotFoundError} when there is no such key. Adapters for Next.js, SolidStart and TanStack answer so for every key.
   */
  revoke(id: string, options?: CallOptions | null): Promise<void>;
}

/** The organizations of the signed-in person. Adapters for Next.js, SolidStart and TanStack refuse (403) what takes an `orgId`. */
export interface OrganizationsOfPerson {
  /**
   * Makes an organization, which the signed-in person owns.
   *
   * @param input name and slug
   * @param options for this call
   * @returns the organization
   * @throws {KavachError} when the slug is taken or invalid, or the person has too many organizations (400)
   */
  create(input: CreateOrganizationInput, options?: CallOptions | null): Promise<Organization>;
  /**
   * Lists the organizations of the signed-in person.
   *
   * @param options for this call
   * @returns the organizations
   */
  list(options?: CallOptions | null): ListPromise<Organization>;
  /**
   * Lists the members of an organization.
   *
   * @param orgId the organization
   * @param options for this call
   * @returns the members, without names and e-mail addresses
   * @throws {PermissionError} when the signed-in person is not a member
   */
  members(orgId: string, options?: CallOptions | null): ListPromise<OrganizationMember>;
  /**
   * Invites a person. Servers have no route to accept an invitation: the host's own code does.
   *
   * @param orgId the organization
   * @param input e-mail address and role
   * @param options for this call
   * @returns the invitation
   * @throws {PermissionError} when the signed-in person is neither owner nor admin
   */
  invite(orgId: string, input: InviteMemberInput, options?: CallOptions | null): Promise<OrganizationInvitation>;
  /**
   * Changes the role of a member.
   *
   * @param orgId the organization
   * @param userId the user
   * @param input the new role
   * @param options for this call
   * @returns the member
   * @throws {KavachError} when the user is no member or the last owner, or the role is unknown (400)
   */
  setRole(
    orgId: string,
    userId: string,
    input: MemberRoleInput,
    options?: CallOptions | null,
  ): Promise<OrganizationMember>;
  /**
   * Removes a member. A user who is no member is no error.
   *
   * @param orgId the organization
   * @param userId the user
   * @param options for this call
   * @returns nothing
   * @throws {KavachError} when the user is the last owner (400)
   */
  removeMember(orgId: string, userId: string, options?: CallOptions | null): Promise<void>;
}

/**
 * All users. The signed-in person must be an administrator; everybody else is refused with a `PermissionError`.
 *
 * `ban`, `unban` and `delete` read the user back, because adapters for Next.js, SolidStart and TanStack answer success and do nothing.
 * They reject with `NOT_APPLIED` if nothing changed. If reading back fails, they reject with that error, and the change may be made.
 */
export interface Users {
  /**
   * Lists users. Dates that the e-mail plugin stores wrongly (in the year 58879) are corrected.
   *
   * @param filters page and search; `limit` is the size of a page
   * @param options for each call
   * @returns a page, with the number of all users; `for await` goes on to the pages after it, and skips nobody if users are deleted
   * meanwhile
   * @example
   * ```ts
   * for await (const user of people.users.list({ search: "example.com" })) console.log(user.email);
   * ```
   */
  list(filters?: AdminUserFilters | null, options?: CallOptions | null): UserPagePromise;
  /**
   * Gets a user.
   *
   * @param id the user
   * @param options for this call
   * @returns the user, or `null`. Adapters for Next.js, SolidStart and TanStack find nobody.
   */
  get(id: string, options?: CallOptions | null): Promise<AdminUser | null>;
  /**
   * Bans a user: ends the sessions, and revokes the agents for good. Servers still let a banned user sign in again.
   *
   * @param id the user
   * @param input reason and end; an end that no server would understand is refused
   * @param options for each call
   * @returns the user as read back
   * @throws {KavachError} NOT_APPLIED when the user is not banned afterwards
   */
  ban(id: string, input?: BanUserInput | null, options?: CallOptions | null): Promise<AdminUser>;
  /**
   * Ends a ban. Agents stay revoked.
   *
   * @param id the user
   * @param options for each call
   * @returns the user as read back
   * @throws {KavachError} NOT_APPLIED when the user is banned afterwards, or there is none
   */
  unban(id: string, options?: CallOptions | null): Promise<AdminUser>;
  /**
   * Deletes a user. A user who does not exist is no error.
   *
   * @param id the user
   * @param options for each call
   * @returns nothing
   * @throws {KavachError} NOT_APPLIED when the user is still there, or the server finds no user by an id
   */
  delete(id: string, options?: CallOptions | null): Promise<void>;
  /**
   * Opens a session as another user. Servers have no route to end it: call `kavach.auth.signOut(token)` with its token.
   *
   * @param id the user
   * @param options for this call
   * @returns the session
   */
  impersonate(id: string, options?: CallOptions | null): Promise<ImpersonationSession>;
}

/** The data of the signed-in person. */
export interface Account {
  /**
   * Exports what the server knows of the person.
   *
   * @param options for this call
   * @returns the data
   */
  export(options?: CallOptions | null): Promise<AccountExport>;
  /**
   * Deletes the account, for good. It is sent once: after a network failure, `kavach.auth.getSession()` shows whether it is gone.
   *
   * @param input what the user typed to confirm, and what to keep
   * @param options for this call
   * @returns what was deleted
   * @throws {KavachError} INVALID_ARGUMENT unless `confirm` is `"delete my account"`, before any request
   */
  delete(input: DeleteAccountInput, options?: CallOptions | null): Promise<AccountDeletion>;
  /**
   * Replaces name and e-mail address by random ones. The session goes on.
   *
   * @param options for this call
   * @returns nothing
   */
  anonymize(options?: CallOptions | null): Promise<void>;
}
