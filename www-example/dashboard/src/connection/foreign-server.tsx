// Asks about a server of another origin that a link names, before the page uses it for anything.
import { TriangleAlert } from "lucide-preact";
import type { Link } from "./link";

interface Props {
  link: Link;
  onUse: () => void;
  onDecline: () => void;
}

export function ForeignServer({ link, onUse, onDecline }: Props) {
  return (
    <main class="connect">
      <div class="card stack">
        <div class="brand">
          <img src="/icon.svg" alt="" /> KavachOS
        </div>
        <h1>Use the server of this link?</h1>
        <p>The link that you opened names a server of another origin than this page:</p>
        <p class="origin mono">{link.foreign}</p>
        <div class="notice warning">
          <TriangleAlert size={18} aria-hidden />
          <p>
            That server would receive the e-mail address, password or token with which you sign in, and decide what this
            page shows. Use it only if you know it.
          </p>
        </div>
        {link.omitted && <p class="muted">{link.omitted}</p>}
        <div class="row">
          <button type="button" class="button primary" onClick={onDecline}>
            Do not use it
          </button>
          <button type="button" class="button" onClick={onUse}>
            Use this server
          </button>
        </div>
      </div>
    </main>
  );
}
