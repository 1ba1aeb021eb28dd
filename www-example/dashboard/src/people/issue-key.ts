// Calls that answer with an API key: whatever else goes wrong, a key that was made reaches the person.
import { type CreatedApiKey, DecodeError } from "kavachos-wasm";
import { messageOf } from "../ui/failure";
import { showSecret } from "./secret-dialog";

const LABEL = "The key";
const ADVICE = "Store it where your program finds it, and nobody else.";

/**
 * Makes a call, and shows the key that it answers with: once, in its own dialog that outlives the page.
 *
 * Resolves as soon as the key is in sight. Rejects with the call's error if it brought no key. The call is not aborted by
 * those who leave: its key would be lost.
 */
export async function issueKey(title: string, call: () => Promise<CreatedApiKey>): Promise<void> {
  try {
    const { key } = await call();
    showSecret({ title, label: LABEL, text: key, advice: ADVICE });
  } catch (error) {
    const key = error instanceof DecodeError ? keyIn(error.answer()) : undefined;
    if (key === undefined) throw error;
    showSecret({ title, label: LABEL, text: key, advice: ADVICE, problem: messageOf(error) });
  }
}

/** The key in an answer that is not what it should be, wherever it is in it. */
export function keyIn(answer: unknown): string | undefined {
  if (typeof answer !== "object" || answer === null) return undefined;
  const { key } = answer as Record<string, unknown>;
  if (typeof key === "string" && key !== "") return key;
  for (const member of Object.values(answer)) {
    const found = keyIn(member);
    if (found) return found;
  }
  return undefined;
}
