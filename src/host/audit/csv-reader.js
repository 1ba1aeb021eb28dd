// A reader of CSV by RFC 4180, in the module.
import { call, decoder, pass, Slot, take } from "./module.js";

const NOTHING = new Uint8Array();

export class CsvReader extends Slot {
  constructor() {
    super("csv_new");
  }

  /**
   * Reads the next bytes, or the end of the file.
   * @param {Uint8Array | undefined} bytes nothing for the end
   * @param {number} most how many bytes a record may have
   * @returns {{ error: number, rows: string }} 0 and the rows that are complete, JSON objects with a comma after each; or a `CSV_` error
   */
  read(bytes, most) {
    pass(bytes ?? NOTHING);
    const error = call("csv_read", this.slot, bytes?.length ?? 0, most, bytes === undefined);
    return { error, rows: decoder().decode(take()) };
  }
}
