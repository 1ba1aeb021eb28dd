// A modal dialog: the browser's own, which keeps the focus and closes on Escape.
import { X } from "lucide-preact";
import type { ComponentChildren } from "preact";
import { useEffect, useId, useRef } from "preact/hooks";

interface Props {
  title: ComponentChildren;
  /** Called when one closes it; if left out, only what it holds can close it. */
  onClose?: () => void;
  children: ComponentChildren;
  footer?: ComponentChildren;
  wide?: boolean;
}

/** Fields that one cannot type into, and choices that are not made. */
const UNFIT = ':disabled, [readonly], [type="radio"]:not(:checked)';

/** Shown as long as it is rendered. */
export function Dialog({ title, onClose, children, footer, wide = false }: Props) {
  const element = useRef<HTMLDialogElement>(null);
  const heading = useId();
  useEffect(() => {
    const dialog = element.current;
    if (dialog && !dialog.open) dialog.showModal();
    // By itself the browser takes the first button, which closes the dialog.
    const field = dialog?.querySelector<HTMLElement>(`.body :is(input, select, textarea):not(${UNFIT})`);
    (field ?? dialog?.querySelector<HTMLElement>("h2"))?.focus();
    return () => dialog?.close();
  }, []);
  // Browsers let a second Escape through whatever one says to the first. What cannot be closed is shown again.
  const reopen = () => {
    if (element.current?.isConnected && !element.current.open) element.current.showModal();
  };
  return (
    <dialog
      ref={element}
      class={wide ? "wide" : undefined}
      aria-labelledby={heading}
      onKeyDown={(event) => {
        // Before it closes for a moment.
        if (event.key === "Escape" && !onClose) event.preventDefault();
      }}
      onCancel={(event) => {
        event.preventDefault();
        onClose?.();
      }}
      onClose={reopen}
    >
      <header>
        <h2 id={heading} tabIndex={-1}>
          {title}
        </h2>
        {onClose && (
          <button type="button" class="button quiet small" onClick={onClose}>
            <X size={16} aria-hidden />
            <span class="visually-hidden">Close</span>
          </button>
        )}
      </header>
      <div class="body">{children}</div>
      {footer && <footer>{footer}</footer>}
    </dialog>
  );
}
