// The time, and alarms by it. Hosts take long to set a timer and to take it back – Deno as long as a whole call takes for all
// else – so one timer of the host serves all alarms that are set: it rings for the first of them. In a Worker, where a timer
// belongs to one request, each alarm has its own.
import { isolated } from "./isolation.js";

const PATIENCE = 4; // How many turns the timer is kept for when no alarm is set: most calls follow another one.

const alarms = new Set();
let timer;
let rings = Number.POSITIVE_INFINITY; // When the timer does.
let setter; // What has set it: tests put a clock of their own in the place of the host's.
let turns = 0; // How many of them are left.
const settled = Promise.resolve();

// Milliseconds that only ever grow.
export function now() {
  return globalThis.performance?.now() ?? Date.now();
}

// Calls `ring()` once, in so many milliseconds.
export function setAlarm(milliseconds, ring) {
  if (isolated()) return { timer: setTimeout(ring, milliseconds) };
  const alarm = { due: now() + milliseconds, ring };
  alarms.add(alarm);
  if (alarm.due < rings || setter !== setTimeout) wake(alarm.due);
  return alarm;
}

export function cancelAlarm(alarm) {
  if (!alarm) return;
  if (alarm.timer) clearTimeout(alarm.timer);
  else if (alarms.delete(alarm) && alarms.size === 0 && turns === 0) {
    turns = PATIENCE;
    settled.then(rest);
  }
}

// Takes the timer back, if nothing sets an alarm meanwhile: nothing is left that would keep a process alive.
function rest() {
  if (alarms.size > 0) turns = 0;
  else if (--turns > 0) settled.then(rest);
  else {
    clearTimeout(timer);
    rings = Number.POSITIVE_INFINITY;
  }
}

function wake(due) {
  clearTimeout(timer);
  setter = setTimeout;
  rings = due;
  timer = setTimeout(onTime, Math.max(due - now(), 0), due);
}

function onTime(planned) {
  const time = Math.max(now(), planned); // Timers may ring a little early, and go by another clock than ours.
  const due = [...alarms].filter((alarm) => alarm.due <= time);
  for (const alarm of due) alarms.delete(alarm);
  rings = Number.POSITIVE_INFINITY;
  for (const alarm of alarms) if (alarm.due < rings) rings = alarm.due;
  if (alarms.size > 0) wake(rings);
  for (const alarm of due) alarm.ring();
}
