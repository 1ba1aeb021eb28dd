// Keeps what goes wrong on one page from taking the frame along: code that cannot be loaded, a bug.
import type { ComponentChildren } from "preact";
import { useErrorBoundary } from "preact/hooks";
import { Failure } from "./failure";

/** Shows its children, or what they threw. */
export function Boundary({ children }: { children: ComponentChildren }) {
  const [error] = useErrorBoundary();
  if (error === undefined) return <>{children}</>;
  // A page whose code did not come is only asked for again by the page as a whole.
  return <Failure error={error} what="This page could not be shown" onRetry={() => location.reload()} />;
}
