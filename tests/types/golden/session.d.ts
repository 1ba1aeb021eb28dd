import type { KavachClient, SignInInput, SignUpInput, TokenContext } from "./index.js";

/**
 * Makes the session of the person who uses this page: restored from a storage, checked with the server, expired in time, and the
 * same in all tabs.
 *
 * It can be made anywhere, also while a page is rendered on a server: it does nothing until it is first used. On a server make one for
 * each request, or only read `state`.
 *
 * @param kavach the client to ask the server with. It has no token.
 * @param options where the session is kept, and what it is
 * @returns the session
 * @throws {KavachError} INVALID_ARGUMENT when an option is wrong or not known, or the client would send other credentials
 * @example
 * ```ts
 * const baseUrl = "https://your-app.com/api/kavach";
 * const session = createSession(new KavachClient({ baseUrl }), { storage: "local" });
 * const kavach = new KavachClient({ baseUrl, token: session.token });
 * ```
 */
export function createSession(kavach: KavachClient, options?: SessionOptions | null): UserSession;

/** The options of `createSession`. */
export interface SessionOptions {
  /**
   * What the session is: a `"bearer"` token that goes with each request, or a `"cookie"` that the browser keeps and no script sees.
   * Only sign-in by passkey and by OAuth set the cookie.
   *
   * @default "bearer"
   */
  mode?: "bearer" | "cookie" | undefined;
  /**
   * Where the session is kept: in this page alone (`"memory"`), in this tab (`"session"`), in this browser (`"local"`), or in a
   * storage of your own. In mode `"cookie"` it holds no secret, only whose session it was.
   *
   * @default "memory", or "local" in mode "cookie"
   */
  storage?: "memory" | "session" | "local" | SessionStorage | undefined;
  /**
   * The key in the storage, and the name of the channel between tabs.
   *
   * @default one for each base URL
   */
  key?: string | undefined;
  /** A route of your own that answers `{ accessToken, accessTokenExpiresAt }` to its cookie. It is asked before a token expires. */
  refreshUrl?: string | undefined;
  /**
   * Whether tabs are kept in step.
   *
   * @default true
   */
  tabs?: boolean | undefined;
  /**
   * Whether the session is checked when somebody comes back to the tab.
   *
   * @default true
   */
  focus?: boolean | undefined;
  /** The session that a server has rendered this page with: `null` if nobody is signed in. Left out, the session is looked for. */
  initial?: { user: SessionUser; expiresAt?: string | undefined; token?: string | undefined } | null | undefined;
}

/** A storage of your own: as `localStorage`, or one that returns promises. */
export interface SessionStorage {
  /**
   * Returns what is stored.
   *
   * @param key the key
   * @returns the text; `null` if there is none
   */
  getItem(key: string): string | null | undefined | Promise<string | null | undefined>;
  /**
   * Stores a text.
   *
   * @param key the key
   * @param value the text
   * @returns anything; a promise is awaited
   */
  setItem(key: string, value: string): unknown;
}

/** A person, as far as the server tells. */
export interface SessionUser {
  /** The user's id. */
  readonly id: string;
  /** The e-mail address. */
  readonly email?: string | undefined;
  /** The display name. */
  readonly name?: string | undefined;
}

/**
 * How a person has signed in: `"password"`, `"magicLink"`, `"emailOtp"`, `"passkey"`, `"anonymous"`, `"impersonation"`, `"refresh"`,
 * `"initial"`, or `"cookie"` where only the browser knows.
 */
export type SignInMethod =
  | "password"
  | "magicLink"
  | "emailOtp"
  | "passkey"
  | "anonymous"
  | "oauth"
  | "impersonation"
  | "refresh"
  | "initial"
  | "cookie";

/**
 * Why nobody is signed in.
 *
 * - `"none"`: nobody has been
 * - `"signedOut"`: the person has signed out, here or in another tab
 * - `"expired"`: the time of the session is over
 * - `"revoked"`: the server has refused the session
 * - `"replaced"`: another tab has signed in as somebody else, and this tab cannot have that session
 * - `"unusable"`: the server does not accept the token that its own sign-in gave
 */
export type SignedOutReason = "none" | "signedOut" | "expired" | "revoked" | "replaced" | "unusable";

/** Whether a person is signed in. The same object until something changes. */
export type SessionState =
  | {
      /** Nobody has been asked yet. */
      readonly status: "loading";
    }
  | {
      /** Nobody is signed in. */
      readonly status: "signedOut";
      /** Why nobody is signed in. */
      readonly reason: SignedOutReason;
    }
  | {
      /** Somebody is signed in. */
      readonly status: "signedIn";
      /** The person. */
      readonly user: SessionUser;
      /** The expiry of the session, in ISO 8601; left out if the server does not tell. */
      readonly expiresAt?: string | undefined;
      /** How the person has signed in. */
      readonly method: SignInMethod;
      /** The administrator who acts as this person. */
      readonly impersonator?: SessionUser | undefined;
    }
  | {
      /** Somebody was signed in, and the server cannot be asked. */
      readonly status: "unknown";
      /** The person; left out if not even that is known. */
      readonly user?: SessionUser | undefined;
      /** The expiry of the session, in ISO 8601; left out if it is not known. */
      readonly expiresAt?: string | undefined;
      /** How the person has signed in. */
      readonly method?: SignInMethod | undefined;
      /** The administrator who acts as this person. */
      readonly impersonator?: SessionUser | undefined;
    };

/** What a sign-in comes to. The token stays within the session. */
export interface SignInResult {
  /** The person. */
  readonly user: SessionUser;
  /** The session. */
  readonly session: {
    /**
     * Whether the server accepts the session. Where it does not, `state` says `"unusable"`: servers give a token for a password that
     * none of their routes takes. Offer another way to sign in.
     */
    readonly usable: boolean;
    /** The expiry of the session, in ISO 8601. */
    readonly expiresAt?: string | undefined;
  };
}

/** The session of a person. Its methods are bound: they can be passed as callbacks. */
export interface UserSession {
  /** Whether a person is signed in: `"loading"` until the session is first used and its server has answered. */
  readonly state: SessionState;

  /**
   * Calls a function after each change of `state`.
   *
   * @param listener the function
   * @returns a function that ends it
   * @example
   * ```ts
   * const end = session.subscribe(() => render(session.state));
   * ```
   */
  subscribe(listener: () => void): () => void;

  /**
   * Resolves to the token of the session: the option `token` of a client whose calls are those of this person. After a 401 it asks the
   * server whether the session still holds.
   *
   * @param context why the client asks
   * @returns the token; `undefined` if nobody is signed in, and always in mode `"cookie"`
   * @example
   * ```ts
   * const kavach = new KavachClient({ baseUrl, token: session.token });
   * ```
   */
  token(context?: TokenContext): Promise<string | undefined>;

  /**
   * Resolves as soon as it is known whether a person is signed in.
   *
   * @returns the state, which is not `"loading"`
   * @throws {KavachError} WASM_UNAVAILABLE when the runtime cannot make the WebAssembly module
   * @example
   * ```ts
   * if ((await session.ready()).status !== "signedIn") showSignIn();
   * ```
   */
  ready(): Promise<SessionState>;

  /**
   * Asks the server anew, also when nobody is signed in: for another token if there is a `refreshUrl`, or whether the session holds.
   *
   * @returns the state
   * @example
   * ```ts
   * const state = await session.refresh();
   * ```
   */
  refresh(): Promise<SessionState>;

  /**
   * Opens an account, and signs in.
   *
   * @param input the e-mail address, the password and the display name
   * @returns the person, and whether the session is usable: many servers want the e-mail address confirmed first
   * @throws {KavachError} DUPLICATE_EMAIL, INVALID_EMAIL, INVALID_PASSWORD when the server refuses
   * @throws {KavachError} NOT_SUPPORTED when the server has no such route
   * @example
   * ```ts
   * const { user, session: { usable } } = await session.signUp({ email, password, name: "Ann" });
   * ```
   */
  signUp(input: SignUpInput): Promise<SignInResult>;

  /**
   * Signs in by password.
   *
   * @param input the e-mail address and the password
   * @returns the person, and whether the session is usable
   * @throws {AuthenticationError} INVALID_CREDENTIALS, EMAIL_NOT_VERIFIED when the server refuses
   * @throws {KavachError} NOT_SUPPORTED when the server has no such route
   * @example
   * ```ts
   * const signedIn = await session.signIn({ email, password });
   * if (!signedIn.session.usable) await session.magicLink.send(email);
   * ```
   */
  signIn(input: SignInInput): Promise<SignInResult>;

  /**
   * Signs out: tells the server, and forgets the session in all tabs whatever the server answers. While a person acts as another one,
   * it goes back to the first.
   *
   * @param options `all`: also the sessions of those who impersonate
   * @returns whether the server has confirmed the end
   * @example
   * ```ts
   * const { confirmed } = await session.signOut();
   * ```
   */
  signOut(options?: { all?: boolean | undefined } | null): Promise<{ confirmed: boolean }>;

  /** Sign-in by a link that is e-mailed. */
  readonly magicLink: MagicLink;
  /** Sign-in by a code that is e-mailed. */
  readonly emailOtp: EmailOtp;
  /** Sign-in by passkey, and the passkeys of the person. */
  readonly passkey: Passkeys;
  /** Sign-in through an OAuth provider: in mode `"cookie"`. */
  readonly oauth: OAuth;

  /**
   * Signs in without a name. The account can be given an e-mail address later (`upgrade`).
   *
   * @returns the person
   * @throws {KavachError} NOT_SUPPORTED when the server has no such route
   * @example
   * ```ts
   * await session.anonymous();
   * ```
   */
  anonymous(): Promise<SignInResult>;

  /**
   * Gives the account of an anonymous person an e-mail address. The id, the agents and the session stay. The server does not confirm
   * the address.
   *
   * @param input the e-mail address and the display name
   * @throws {KavachError} when the person is not anonymous, or the address is taken
   * @example
   * ```ts
   * await session.upgrade({ email: "ann@example.com" });
   * ```
   */
  upgrade(input: { email: string; name?: string | undefined }): Promise<void>;

  /**
   * Confirms an e-mail address with the token that was sent to it.
   *
   * @param token the token of the link
   * @throws {KavachError} INVALID_TOKEN, TOKEN_EXPIRED when the server refuses it
   * @example
   * ```ts
   * await session.verifyEmail(token);
   * ```
   */
  verifyEmail(token: string): Promise<void>;

  /**
   * Sends a link for another password. It resolves whether or not there is such an account.
   *
   * @param email the e-mail address
   * @throws {KavachError} NOT_SUPPORTED when the server has no such route
   * @example
   * ```ts
   * await session.requestPasswordReset("ann@example.com");
   * ```
   */
  requestPasswordReset(email: string): Promise<void>;

  /**
   * Sets another password with the token that was sent.
   *
   * @param input the token of the link, and the new password
   * @throws {KavachError} INVALID_TOKEN, TOKEN_EXPIRED when the server refuses the token
   * @throws {KavachError} NOT_SUPPORTED when the server is one of Hono, whose own route of that path is in the way
   * @example
   * ```ts
   * await session.resetPassword({ token, newPassword });
   * ```
   */
  resetPassword(input: { token: string; newPassword: string }): Promise<void>;

  /**
   * Sets another password for the one that holds. It needs a session that the server accepts: one that was not begun by password.
   *
   * @param input both passwords
   * @throws {KavachError} WRONG_PASSWORD when the current one is wrong
   * @throws {AuthenticationError} when nobody is signed in
   * @example
   * ```ts
   * await session.changePassword({ currentPassword, newPassword });
   * ```
   */
  changePassword(input: { currentPassword: string; newPassword: string }): Promise<void>;

  /**
   * Acts as another person from now on, in all tabs. `signOut` goes back. Only administrators can, and only in mode `"bearer"`.
   *
   * @param userId whom to act as
   * @returns the other person
   * @throws {PermissionError} when the person is no administrator
   * @throws {KavachError} NOT_SUPPORTED in mode `"cookie"`, or when the server has no such route
   * @throws {KavachError} NOT_APPLIED when the person has signed out before the answer comes
   * @example
   * ```ts
   * await session.impersonate(user.id);
   * // …
   * await session.signOut();
   * ```
   */
  impersonate(userId: string): Promise<SignInResult>;

  /**
   * Finds out which ways to sign in the server has. It asks once; a server that cannot be asked is asked again.
   *
   * @returns for each way whether its routes are there
   * @throws {NetworkError} when the server is unreachable
   * @example
   * ```ts
   * const { passkey, magicLink } = await session.methods();
   * ```
   */
  methods(): Promise<SignInMethods>;

  /**
   * Ends all timers, listeners and channels of this page. The person stays signed in. Using the session again starts it anew.
   *
   * @example
   * ```ts
   * session.stop();
   * ```
   */
  stop(): void;

  /**
   * Returns what is safe to log: the state.
   *
   * @returns the state
   */
  toJSON(): SessionState;
}

/** Sign-in by a link that is e-mailed. */
export interface MagicLink {
  /**
   * Sends a link. The server makes the account if there is none.
   *
   * @param email the e-mail address
   * @throws {RateLimitError} when too many were sent
   * @throws {KavachError} NOT_SUPPORTED when the server has no such route
   * @example
   * ```ts
   * await session.magicLink.send("ann@example.com");
   * ```
   */
  send(email: string): Promise<void>;

  /**
   * Signs in with the token of a link. A token can be used once: call this from a click and not when the page loads, as mail scanners
   * open links too.
   *
   * @param token the token
   * @returns the person
   * @throws {AuthenticationError} when the token is spent or expired
   * @example
   * ```ts
   * await session.magicLink.verify(token);
   * ```
   */
  verify(token: string): Promise<SignInResult>;

  /**
   * Takes the token of a link out of the address of this page, without using it up.
   *
   * @returns a function for the button that signs in, or nothing if the address has no token
   * @example
   * ```ts
   * const verify = session.magicLink.fromAddress();
   * if (verify) button.onclick = () => verify();
   * ```
   */
  fromAddress(): (() => Promise<SignInResult>) | undefined;
}

/** Sign-in by a code that is e-mailed. */
export interface EmailOtp {
  /**
   * Sends a code.
   *
   * @param email the e-mail address
   * @throws {RateLimitError} when too many were sent
   * @throws {KavachError} NOT_SUPPORTED when the server has no such route
   * @example
   * ```ts
   * await session.emailOtp.send("ann@example.com");
   * ```
   */
  send(email: string): Promise<void>;

  /**
   * Signs in with the code. The server makes the account if there is none.
   *
   * @param email the e-mail address
   * @param code the code, as it was typed
   * @returns the person
   * @throws {AuthenticationError} when the code is wrong, spent or expired
   * @example
   * ```ts
   * await session.emailOtp.verify("ann@example.com", "123 456");
   * ```
   */
  verify(email: string, code: string): Promise<SignInResult>;
}

/** A passkey of a person. */
export interface Passkey {
  /** The id of the credential, by which it is removed. */
  readonly credentialId: string;
  /** The name that it was given. */
  readonly deviceName?: string | undefined;
  /** When it was registered, in ISO 8601. */
  readonly createdAt?: string | undefined;
  /** When it was last used, in ISO 8601. */
  readonly lastUsedAt?: string | undefined;
}

/** Sign-in by passkey. */
export interface Passkeys {
  /**
   * Tells whether this browser can use passkeys.
   *
   * @param options `conditional`: whether it can offer them among the suggestions of an input
   * @returns whether it can
   * @example
   * ```ts
   * button.hidden = !(await session.passkey.isSupported());
   * ```
   */
  isSupported(options?: { conditional?: boolean | undefined } | null): Promise<boolean>;

  /**
   * Makes a passkey for the person who is signed in. Call it from a click.
   *
   * @param options the name of the device, the name that the browser shows, and a signal to give up with
   * @returns the passkey
   * @throws {KavachError} PASSKEY_EXISTS when this device has one already
   * @throws {KavachError} PASSKEY_CANCELLED when the person or the browser has given up
   * @throws {KavachError} NOT_SUPPORTED when the browser or the server has no passkeys
   * @throws `signal.reason` when the signal is aborted
   * @example
   * ```ts
   * const passkey = await session.passkey.register({ deviceName: "Ann's laptop" });
   * ```
   */
  register(options?: { deviceName?: string | undefined; userName?: string | undefined; signal?: AbortSignal | undefined } | null): Promise<Passkey>;

  /**
   * Signs in by passkey.
   *
   * With `conditional`, the browser offers passkeys among the suggestions of an input with `autocomplete="username webauthn"`: call it
   * when the page loads, and keep a button. A further call ends the one that waits.
   *
   * @param options whose passkey, whether to wait for a suggestion, and a signal to give up with
   * @returns the person
   * @throws {KavachError} PASSKEY_CANCELLED when the person or the browser has given up, or another call has taken its place
   * @throws {KavachError} NOT_SUPPORTED when the browser or the server has no passkeys
   * @throws `signal.reason` when the signal is aborted
   * @example
   * ```ts
   * await session.passkey.signIn();
   * ```
   */
  signIn(options?: { userId?: string | undefined; conditional?: boolean | undefined; signal?: AbortSignal | undefined } | null): Promise<SignInResult>;

  /**
   * Lists the passkeys of the person who is signed in.
   *
   * @returns the passkeys
   * @throws {AuthenticationError} when nobody is signed in
   * @example
   * ```ts
   * const passkeys = await session.passkey.list();
   * ```
   */
  list(): Promise<Passkey[]>;

  /**
   * Removes a passkey, and makes sure that it is gone.
   *
   * @param credentialId the `credentialId` of the passkey
   * @throws {KavachError} NOT_APPLIED when the server says that it is removed and still has it
   * @example
   * ```ts
   * await session.passkey.remove(passkey.credentialId);
   * ```
   */
  remove(credentialId: string): Promise<void>;
}

/** Sign-in through an OAuth provider. */
export interface OAuth {
  /**
   * Lists the providers.
   *
   * @returns the providers, by id and name
   * @throws {KavachError} NOT_SUPPORTED when the server has no such route
   * @example
   * ```ts
   * const providers = await session.oauth.providers();
   * ```
   */
  providers(): Promise<{ readonly id: string; readonly name?: string | undefined }[]>;

  /**
   * Leaves this page for that of a provider. The server comes back to the page that its option `baseUrl` names: call `complete` there.
   *
   * @param provider the provider's id
   * @param options `returnTo`: the path of a page of this site, which `complete` returns; this page by default
   * @throws {KavachError} NOT_SUPPORTED in mode `"bearer"`: the session is a cookie that no script sees
   * @throws {KavachError} INVALID_ARGUMENT when the server has no such provider, or `returnTo` is not of this site
   * @example
   * ```ts
   * await session.oauth.redirect("github");
   * ```
   */
  redirect(provider: string, options?: { returnTo?: string | undefined } | null): Promise<void>;

  /**
   * Ends a sign-in that `redirect` has begun: asks the server who is signed in. What stands in the address is removed and not
   * believed.
   *
   * @returns the state, and the page to go back to
   * @example
   * ```ts
   * const { state, returnTo } = await session.oauth.complete();
   * if (state.status === "signedIn" && returnTo) location.replace(returnTo);
   * ```
   */
  complete(): Promise<{ state: SessionState; returnTo: string | undefined }>;
}

/** Which ways to sign in a server has. */
export interface SignInMethods {
  /** By password. */
  readonly password: boolean;
  /** By a link that is e-mailed. */
  readonly magicLink: boolean;
  /** By a code that is e-mailed. */
  readonly emailOtp: boolean;
  /** By passkey. */
  readonly passkey: boolean;
  /** Without a name. */
  readonly anonymous: boolean;
  /** Through an OAuth provider. */
  readonly oauth: boolean;
}
