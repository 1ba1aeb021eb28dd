// The policy of the playground: the permissions that an agent has, or those that they were edited to. Edits are kept for
// as long as the dashboard is connected to the same server, for each agent, so that looking elsewhere loses nothing.
import { effect, signal } from "@preact/signals";
import type { Permission } from "kavachos-wasm";
import { diff } from "kavachos-wasm/permissions";
import { session } from "../connection/session";

const edits = signal<ReadonlyMap<string, Permission[]>>(new Map());
let server: string | undefined;

effect(() => {
  const url = session.value?.settings.baseUrl;
  if (url !== server) edits.value = new Map();
  server = url;
});

/** The edited permissions of an agent, of none with `""`; nothing if they were not edited. */
export function editOf(agentId: string): Permission[] | undefined {
  return edits.value.get(agentId);
}

/** Keeps an edit, or with `null` forgets it. */
export function edit(agentId: string, permissions: Permission[] | null): void {
  const next = new Map(edits.value);
  if (permissions === null) next.delete(agentId);
  else next.set(agentId, permissions);
  edits.value = next;
}

/** Whether two lists of permissions are not the same. */
export function differs(before: readonly Permission[], after: readonly Permission[]): boolean {
  const { same, reordered } = diff(before, after);
  return !same || reordered;
}

/** The permissions of `effective` that are not the agent's own: those that were delegated to it. */
export function lentOf(effective: readonly Permission[], own: readonly Permission[]): Permission[] {
  const left = own.map((permission) => JSON.stringify(permission));
  return effective.filter((permission) => {
    const place = left.indexOf(JSON.stringify(permission));
    if (place >= 0) left.splice(place, 1);
    return place < 0;
  });
}
