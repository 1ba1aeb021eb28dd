// The time of day in a time zone.

import { invalid } from "../errors/invalid.js";

const CLOCKS = 64; // Making a clock for a time zone takes longer than a decision.
/** @type {Map<string, Intl.DateTimeFormat>} */
const clocks = new Map();

/**
 * The time of day as `HH:MM`.
 *
 * @param {string} timeZone
 * @param {number} now milliseconds since 1970
 * @throws {KavachError} INVALID_ARGUMENT when the host knows no such time zone
 */
export const timeOfDay = (timeZone, now) => clockOf(timeZone).format(now);

/**
 * @param {string} timeZone
 * @throws {KavachError} INVALID_ARGUMENT when the host knows no such time zone
 */
export function clockOf(timeZone) {
  let clock = clocks.get(timeZone);
  if (clock) return clock;
  try {
    clock = new Intl.DateTimeFormat("en-GB", { timeZone, hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  } catch {
    throw invalid('context.timezone must be the name of a time zone, such as "Europe/Berlin"');
  }
  if (clocks.size >= CLOCKS) clocks.clear();
  clocks.set(timeZone, clock);
  return clock;
}
