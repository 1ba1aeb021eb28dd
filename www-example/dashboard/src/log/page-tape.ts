// Keeps the pages that a scan reads, so that another scan can be made of those that have come before the first one is whole.
import type { AuditFilters, CallOptions, KavachClient } from "kavachos-wasm";
import { type Scan, scan } from "kavachos-wasm/audit";

type Audit = KavachClient["audit"];

const NOTHING = new TextEncoder().encode("[]");

export class PageTape {
  /** What `scan` is to read: it asks the server, and keeps what comes. */
  readonly source: Audit;
  readonly #audit: Audit;
  readonly #pages: Uint8Array[] = [];
  #isEnded = false;

  constructor(audit: Audit) {
    this.#audit = audit;
    this.source = sourceOf(audit, async (filters, options) => {
      const bytes = await audit.queryBytes(filters, options);
      if (!this.#isEnded) this.#pages.push(bytes);
      return bytes;
    });
  }

  /** A scan of the pages so far. Its updates ask the server. */
  async scanSoFar(signal: AbortSignal): Promise<Scan> {
    const pages = this.#pages.slice();
    let isRead = false;
    const source = sourceOf(this.#audit, async (filters, options) => {
      if (isRead) return await this.#audit.queryBytes(filters, options);
      return pages.shift() ?? NOTHING;
    });
    const log = await scan(source, {}, { signal });
    isRead = true;
    return log;
  }

  /** When the oldest entry of the last page was written, in milliseconds since 1970; `NaN` if it has none. */
  async oldest(): Promise<number> {
    const last = this.#pages.at(-1) ?? NOTHING;
    let isRead = false;
    const source = sourceOf(this.#audit, async () => {
      const bytes = isRead ? NOTHING : last;
      isRead = true;
      return bytes;
    });
    const page = await scan(source);
    const { timestamp = "" } = page.row(page.count() - 1) ?? {};
    page.free();
    return Date.parse(timestamp);
  }

  /** Ends it: what is asked for from now on is not kept. */
  end(): void {
    this.#isEnded = true;
    this.#pages.length = 0;
  }
}

function sourceOf(
  audit: Audit,
  queryBytes: (filters: AuditFilters, options: CallOptions) => Promise<Uint8Array>,
): Audit {
  return { queryBytes, exportStream: audit.exportStream } as Audit;
}
