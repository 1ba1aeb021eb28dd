// A table: the entries of a scan, in the module. Rows are numbers, in the order in which they were added.
import { NUMBERS, PAGE_MALFORMED } from "../../../generated/audit.js";
import { DecodeError } from "../errors/errors.js";
import { call, decoder, encoder, pass, Slot, take, takeFloats, takeIntegers } from "./module.js";

const TIME = NUMBERS.indexOf("timestamp");

export class Table extends Slot {
  constructor() {
    super("table_new");
  }

  /**
   * Selects what is kept of the pages that follow.
   * @param {string} actions separated by commas; any action if empty
   * @param {number} skip how many of those to skip first
   * @param {number} limit how many to keep at most
   */
  select(actions, skip, limit) {
    const bytes = encoder().encode(actions);
    pass(bytes);
    call("table_select", this.slot, bytes.length, skip, limit);
  }

  /**
   * Adds a page.
   * @param {Uint8Array} bytes
   * @returns what it has: how many entries, how many of those are new, how many were kept, how many more may be kept, and when
   *   the first was written
   * @throws {DecodeError} if it is not a page of audit entries
   */
  add(bytes) {
    pass(bytes);
    const error = call("table_add", this.slot, bytes.length);
    if (error === PAGE_MALFORMED) throw undecodable("a page that is not JSON");
    if (error > 0) {
      const [path, expected] = decoder().decode(take()).split("\n");
      throw undecodable(`${path} must be ${expected}`, path);
    }
    const [count, fresh, kept, left, newest] = takeFloats();
    return { count, fresh, kept, left, newest };
  }

  /**
   * Returns those rows that have one of the texts in a field whose numbers are flagged with 1, or no text.
   * @param {Uint32Array} rows
   * @param {number} field
   * @param {Uint8Array} flags
   * @param {boolean} orMissing
   */
  filter(rows, field, flags, orMissing) {
    pass(rows, flags);
    call("table_filter", this.slot, rows.length, flags.length, field, orMissing);
    return takeIntegers();
  }

  /**
   * Returns those rows that say how a call ended.
   * @param {Uint32Array} rows
   */
  decisions(rows) {
    pass(rows);
    call("table_superseded", this.slot, rows.length);
    const flags = take();
    return rows.filter((_, place) => flags[place] !== 1);
  }

  /**
   * Where rows are: a page, a start and an end for each.
   * @param {Uint32Array} rows
   */
  locations(rows) {
    pass(rows);
    call("table_locations", this.slot, rows.length);
    return takeIntegers();
  }

  /**
   * When a row was written, in milliseconds since 1970; `NaN` if that is not known.
   * @param {number} row
   */
  time(row) {
    return call("table_time", this.slot, row);
  }

  /**
   * When each row was written.
   * @param {Uint32Array} rows
   */
  times(rows) {
    return this.numbers(rows, TIME);
  }

  /**
   * Groups rows. Of each group: when its interval begins, how many rows it has, and the number of its text in each field, -1
   * for none.
   * @param {Uint32Array} rows
   * @param {number[]} fields
   * @param {number} length of the intervals, in milliseconds; 0 for none
   * @param {number[]} shifts since when the clocks are how far ahead of UTC, in turn
   */
  group(rows, fields, length, shifts) {
    pass(rows, Uint32Array.from(fields), Float64Array.from(shifts));
    call("table_group", this.slot, rows.length, fields.length, shifts.length / 2, length);
    return takeFloats();
  }

  /**
   * The texts of a field but the first `known` ones: the texts in UTF-8, one after the other, and where each ends.
   * @param {number} field
   * @param {number} known
   */
  texts(field, known) {
    const count = call("table_texts", this.slot, field, known);
    const found = take();
    return { ends: new Uint32Array(found.buffer, 0, count), bytes: found.subarray(4 * count) };
  }

  /**
   * A number of each row, by its place in `NUMBERS`; `NaN` where it is not known.
   * @param {Uint32Array} rows
   * @param {number} which
   */
  numbers(rows, which) {
    pass(rows);
    call("table_numbers", this.slot, rows.length, which);
    return takeFloats();
  }
}

/**
 * @param {string} what
 * @param {string} [path]
 */
const undecodable = (what, path) => new DecodeError(`The audit log cannot be read: ${what}`, { path });
