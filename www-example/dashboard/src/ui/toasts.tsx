// Short messages about what was done, read out by screen readers; they go by themselves.
import { signal } from "@preact/signals";
import { CircleAlert, CircleCheck } from "lucide-preact";

interface Toast {
  id: number;
  text: string;
  bad: boolean;
}

const toasts = signal<readonly Toast[]>([]);
const STAYS = 6000;
let made = 0;

/** Says that something was done, or with `bad` that it was not. */
export function toast(text: string, bad = false): void {
  const id = ++made;
  toasts.value = [...toasts.value, { id, text, bad }].slice(-4);
  setTimeout(() => {
    toasts.value = toasts.value.filter((one) => one.id !== id);
  }, STAYS);
}

export function Toasts() {
  return (
    <div class="toasts" role="status" aria-live="polite">
      {toasts.value.map(({ id, text, bad }) => (
        <div key={id} class={bad ? "notice danger" : "notice"}>
          {bad ? <CircleAlert size={18} aria-hidden /> : <CircleCheck size={18} aria-hidden />}
          <span>{text}</span>
        </div>
      ))}
    </div>
  );
}
