// Where an export is written to: a file on the disk as the bytes come, where the browser can do that, or else memory, out
// of which it is downloaded when it is whole.

interface Picker {
  showSaveFilePicker(options: {
    suggestedName: string;
    types: { description: string; accept: Record<string, string[]> }[];
  }): Promise<FileSystemFileHandle & { remove?: () => Promise<void> }>;
}

export interface Target {
  /** Closing it makes the file whole; aborting it leaves none. */
  writable: WritableStream<Uint8Array>;
  /** Whether all of it is held in memory until it is whole. */
  inMemory: boolean;
  name: string;
}

/** Whether files can be written as their bytes come. */
export function canStream(): boolean {
  return "showSaveFilePicker" in window;
}

/**
 * Asks where to save, and opens it. Must be called right when a button is pressed.
 *
 * Resolves to `undefined` if the person thinks better of it.
 */
export async function openTarget(name: string, type: string): Promise<Target | undefined> {
  if (!canStream()) return { writable: inMemory(name, type), inMemory: true, name };
  const extension = name.slice(name.lastIndexOf("."));
  const { showSaveFilePicker } = window as unknown as Picker;
  try {
    const handle = await showSaveFilePicker.call(window, {
      suggestedName: name,
      types: [{ description: "Audit export", accept: { [type]: [extension] } }],
    });
    return { writable: onDisk(handle, await handle.createWritable()), inMemory: false, name: handle.name };
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") return undefined;
    throw error;
  }
}

// The browser writes into its own file, which takes the place of the chosen one when it is closed.
function onDisk(
  handle: FileSystemFileHandle & { remove?: () => Promise<void> },
  file: FileSystemWritableFileStream,
): WritableStream<Uint8Array<ArrayBuffer>> {
  return new WritableStream({
    write: (chunk) => file.write(chunk),
    close: () => file.close(),
    async abort(reason) {
      await file.abort(reason);
      // Choosing a name made an empty file, which nobody wants. One that holds something is not ours.
      const { size } = await handle.getFile();
      if (size === 0) await handle.remove?.();
    },
  });
}

function inMemory(name: string, type: string): WritableStream<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  return new WritableStream({
    write(chunk) {
      chunks.push(chunk);
    },
    close() {
      const url = URL.createObjectURL(new Blob(chunks, { type }));
      const link = document.createElement("a");
      link.href = url;
      link.download = name;
      link.click();
      // The download has begun by then, and holds on to what it needs.
      setTimeout(() => URL.revokeObjectURL(url), 60_000);
    },
    abort() {
      chunks.length = 0;
    },
  });
}
