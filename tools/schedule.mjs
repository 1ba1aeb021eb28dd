// Runs jobs several at a time, each as soon as what it needs is free.
//
// A job is `{ uses?: string[], alone?: boolean, seconds?: number }`. Two jobs that use the same thing never run together, and a job
// that is `alone` runs while nothing else does: after all the others, so that no slot stays empty while it waits. What takes longest
// starts first, where `seconds` says so: a long job that starts last would run alone in the end. Jobs that use the same thing run one
// after the other, so they count as one long job.

/**
 * @template {{ uses?: readonly string[], alone?: boolean, seconds?: number }} Job
 * @template Result
 * @param {readonly Job[]} jobs
 * @param {number} slots how many jobs may run at the same time
 * @param {(job: Job) => Promise<Result>} run
 * @returns {Promise<Result[]>} the results in the order of the jobs
 */
export async function runScheduled(jobs, slots, run) {
  /** @type {Result[]} */
  const results = [];
  const waiting = jobs.map((job, index) => ({ job, index }));
  /** @type {Map<Job, Promise<void>>} */
  const running = new Map();

  while (waiting.length > 0 || running.size > 0) {
    const next = longest(
      waiting.filter(({ job }) => mayStart(job, [...running.keys()], slots)),
      waiting,
    );
    if (next) {
      const { job, index } = next;
      waiting.splice(waiting.indexOf(next), 1);
      running.set(
        job,
        run(job).then((result) => {
          results[index] = result;
          running.delete(job);
        }),
      );
    } else {
      await Promise.race(running.values());
    }
  }
  return results;
}

function mayStart(job, running, slots) {
  if (running.length === 0) return true;
  if (running.length >= slots || job.alone || running.some((other) => other.alone)) return false;
  return !running.some((other) => other.uses?.some((thing) => job.uses?.includes(thing)));
}

// The first of those that have the most seconds to go. A job that runs alone has to wait for all that need not.
function longest(candidates, waiting) {
  const togo = ({ job }) => {
    if (job.alone) return -1;
    const sum = (thing) =>
      waiting.reduce((total, { job: other }) => total + (other.uses?.includes(thing) ? (other.seconds ?? 0) : 0), 0);
    return Math.max(job.seconds ?? 0, ...(job.uses ?? []).map(sum));
  };
  return candidates.reduce(
    (best, candidate) => (best === undefined || togo(candidate) > togo(best) ? candidate : best),
    undefined,
  );
}
