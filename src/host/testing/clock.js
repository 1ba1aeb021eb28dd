// The clock of a test server: that of the machine, one that stands still, or one that a program brings. It can be put forward.

import { invalid } from "./invalid.js";

/** @typedef {number | string | Date | (() => number)} ClockOption */

/**
 * @param {ClockOption} [option]
 * @returns {{ now(): number, advance(milliseconds: number): void }}
 */
export function createClock(option) {
  const read = reader(option);
  let ahead = 0;
  return {
    now: () => Math.trunc(read() + ahead),
    advance(milliseconds) {
      if (!Number.isFinite(milliseconds)) throw invalid("milliseconds", "a finite number", milliseconds);
      ahead += milliseconds;
    },
  };
}

/**
 * @param {unknown} option
 * @returns {() => number}
 */
function reader(option) {
  if (option === undefined) return Date.now;
  if (typeof option === "function") {
    return () => {
      const moment = option();
      if (!isMoment(moment)) throw invalid("What options.clock returns", "a time in milliseconds", moment);
      return moment;
    };
  }
  const moment =
    typeof option === "string" ? Date.parse(option) : option instanceof Date ? option.getTime() : Number(option);
  if ((typeof option !== "number" && typeof option !== "string" && !(option instanceof Date)) || !isMoment(moment))
    throw invalid("options.clock", "a Date, a time in milliseconds, an ISO 8601 time or a function", option);
  return () => moment;
}

/** @param {unknown} moment */
const isMoment = (moment) => typeof moment === "number" && Math.abs(moment) <= 8.64e15;
