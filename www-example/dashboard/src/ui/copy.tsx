// Code or text with a button that copies it.
import { Check, Copy } from "lucide-preact";
import { useEffect, useState } from "preact/hooks";

const COPIED = "Copied";

export function CopyButton({ text, label = "Copy" }: { text: string; label?: string }) {
  const [said, setSaid] = useState<string>();
  useEffect(() => {
    if (said === undefined) return;
    const timer = setTimeout(() => setSaid(undefined), 3000);
    return () => clearTimeout(timer);
  }, [said]);
  async function copy() {
    try {
      // Browsers have no clipboard on pages that came unencrypted, and may refuse it on others.
      await navigator.clipboard.writeText(text);
      setSaid(COPIED);
    } catch {
      setSaid("Not allowed: select and copy it");
    }
  }
  return (
    <button type="button" class="button small" onClick={copy}>
      {said === COPIED ? <Check size={14} aria-hidden /> : <Copy size={14} aria-hidden />}
      <span aria-live="polite">{said ?? label}</span>
    </button>
  );
}

export function Code({ text, label }: { text: string; label?: string }) {
  return (
    <div class="stack tight">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <pre class="code" tabIndex={0}>
        {text}
      </pre>
      <div class="row">
        <CopyButton text={text} label={label} />
      </div>
    </div>
  );
}
