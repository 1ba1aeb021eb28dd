// Signs a person in, by one of the ways that the server has: what was chosen, how far it is, and what is wrong.
import { KavachError } from "kavachos-wasm";
import type { SessionState, SignInMethods } from "kavachos-wasm/session";
import { useEffect, useState } from "preact/hooks";
import { forgetAsked, keepAsked, linkToken, tokenIn } from "./mail-link";
import { type Person, personOf, reasonWords } from "./person";
import type { Settings } from "./servers";

/** The ways to sign in, and the plugin of the server that each needs. */
export const METHODS = [
  { name: "password", title: "Password", plugin: "emailPassword" },
  { name: "magicLink", title: "Link by e-mail", plugin: "magicLink" },
  { name: "emailOtp", title: "Code by e-mail", plugin: "emailOtp" },
  { name: "passkey", title: "Passkey", plugin: "passkey" },
] as const;

export type Method = (typeof METHODS)[number]["name"];

export interface SignIn {
  method: Method;
  choose: (method: Method) => void;
  /** Which ways the server has; `undefined` before it has answered. */
  offered?: SignInMethods;
  /** The person who is signed in at this server already, in this browser. */
  known?: Person;
  /** Whether a mail was sent, so that its link or its code is asked for. */
  isSent: boolean;
  /** The password, the code, or the link. */
  secret: string;
  setSecret: (secret: string) => void;
  /** Takes the next step. Resolves to the person once they are signed in. Rejects with what went wrong. */
  submit: () => Promise<Person | undefined>;
  /** Goes back to the address, to have another mail sent. */
  startOver: () => void;
}

interface Options {
  /** The server; `undefined` while its address is not complete. */
  settings?: Settings;
  email: string;
  stays: boolean;
  /** Called when another tab has signed in, by the link that was mailed. */
  onElsewhere: (person: Person) => void;
}

export function useSignIn({ settings, email, stays, onElsewhere }: Options): SignIn {
  const [method, setMethod] = useState<Method>(linkToken.value === undefined ? "password" : "magicLink");
  const [offered, setOffered] = useState<SignInMethods>();
  const [known, setKnown] = useState<Person>();
  const [sentTo, setSentTo] = useState<{ person: Person; before: SessionState }>();
  const [secret, setSecret] = useState("");

  const choose = (next: Method) => {
    setMethod(next);
    setSentTo(undefined);
    setSecret("");
  };

  const { baseUrl, dialect, authUrl } = settings ?? {};
  useEffect(() => {
    setOffered(undefined);
    setKnown(undefined);
    setSentTo(undefined);
    if (settings === undefined) return;
    let isOver = false;
    const person = personOf(settings, stays);
    const find = ({ status }: SessionState) => {
      if (!isOver && status === "signedIn") setKnown(person);
    };
    const take = (found: SignInMethods) => {
      if (isOver) return;
      setOffered(found);
      const first = METHODS.find(({ name }) => found[name]);
      if (first) setMethod((chosen) => (found[chosen] ? chosen : first.name));
    };
    // A server that cannot be asked says so when one signs in.
    person.session.methods().then(take, () => {});
    person.session.ready().then(find, () => {});
    return () => {
      isOver = true;
    };
  }, [baseUrl, dialect, authUrl]);

  useEffect(() => {
    if (sentTo === undefined) return;
    const { person, before } = sentTo;
    return person.session.subscribe(() => {
      const { state } = person.session;
      if (state.status === "signedIn" && state !== before) onElsewhere(person);
    });
  }, [sentTo]);

  async function submit(): Promise<Person | undefined> {
    if (settings === undefined) throw new TypeError("The address of the server is not complete");
    const person = sentTo?.person ?? personOf(settings, stays);
    const { recorded: session } = person;
    // Somebody may be signed in here already: the mail is waited for all the same.
    const waitForMail = async () => setSentTo({ person, before: await person.session.ready() });
    if (method === "passkey" && !(await session.passkey.isSupported()))
      throw new TypeError("This browser has no passkeys. They need https, or localhost");
    if (method === "magicLink" && linkToken.value === undefined && !sentTo) {
      await session.magicLink.send(email);
      keepAsked({ settings, email });
      await waitForMail();
      return undefined;
    }
    if (method === "emailOtp" && !sentTo) {
      await session.emailOtp.send(email);
      await waitForMail();
      return undefined;
    }
    const ways = {
      password: () => session.signIn({ email, password: secret }),
      magicLink: () => session.magicLink.verify(linkToken.value ?? tokenIn(secret)),
      emailOtp: () => session.emailOtp.verify(email, secret),
      passkey: () => session.passkey.signIn(),
    };
    try {
      const { session: made } = await ways[method]();
      if (!made.usable)
        throw new TypeError(`${reasonWords("unusable")} Sign in in another way: by link, by code or by passkey`);
    } catch (error) {
      // A link works once: another one has to be sent.
      if (method === "magicLink" && error instanceof KavachError && error.statusCode === 401) forgetAsked();
      throw error;
    }
    forgetAsked();
    setSecret("");
    return person;
  }

  return {
    method,
    choose,
    offered,
    known,
    isSent: sentTo !== undefined,
    secret,
    setSecret,
    submit,
    startOver: () => choose(method),
  };
}
