// How far the loading is, what it failed with, and what is missing.

import { Info } from "lucide-preact";
import { Failure } from "../ui/failure";
import { cancelLoading, complete, lentBy, loadChains, loadError, loading, tellsEffective } from "./chains";

export function LoadingBar({ ids, few }: { ids: readonly string[]; few: boolean }) {
  if (loading.value !== null) {
    const { done, of } = loading.value;
    return (
      <div class="spread progress-line">
        <label class="row">
          <span>
            Asking who delegates to whom: {done.toLocaleString("en")} of {of.toLocaleString("en")} agents
          </span>
          <progress value={done} max={of} />
        </label>
        <button type="button" class="button small" onClick={cancelLoading}>
          Cancel
        </button>
      </div>
    );
  }
  const missing = ids.filter((id) => !lentBy.value.has(id));
  // What is there already was asked for anew by `Refresh`, so that is what is tried again.
  const goOn = () => loadChains(missing.length > 0 ? missing : [...lentBy.value.keys()]);
  if (loadError.value !== undefined) {
    const what =
      missing.length === ids.length
        ? "The delegations could not be loaded"
        : missing.length === 0
          ? "What receiving agents may do could not be loaded"
          : `Not all delegations could be loaded: ${missing.length} of ${ids.length} agents were not asked`;
    return <Failure error={loadError.value} what={what} onRetry={goOn} />;
  }
  return (
    <>
      {!complete.value && (few || lentBy.value.size > 0) && (
        <div class="notice">
          <Info size={18} aria-hidden />
          <div class="row">
            <span>
              {(ids.length - missing.length).toLocaleString("en")} of {ids.length.toLocaleString("en")} agents were
              asked what they delegate. What others delegate is not shown.
            </span>
            <button type="button" class="button small" onClick={goOn}>
              Ask {few ? "the others" : `the other ${missing.length.toLocaleString("en")}`}
            </button>
          </div>
        </div>
      )}
      {tellsEffective.value === false && (
        <p class="muted untold">
          This server keeps revoked delegations in its list and does not tell them apart: what is shown as ending later
          may have been revoked.
        </p>
      )}
    </>
  );
}
