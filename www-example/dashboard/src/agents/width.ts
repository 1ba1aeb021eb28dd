// How many columns the list of agents has room for. Columns that are not shown are not rendered, ten thousand times over.
import { computed, signal } from "@preact/signals";

export type Width = "narrow" | "medium" | "wide";

const narrow = matches("(max-width: 760px)");
const medium = matches("(max-width: 1080px)");

export const width = computed<Width>(() => (narrow.value ? "narrow" : medium.value ? "medium" : "wide"));

function matches(query: string) {
  const list = matchMedia(query);
  const state = signal(list.matches);
  list.addEventListener("change", ({ matches }) => {
    state.value = matches;
  });
  return state;
}
