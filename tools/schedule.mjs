// Runs jobs several at a time, each as soon as what it needs is free.
//
// A job is `{ uses?: string[], alone?: boolean }`. Two jobs that use the same thing never run together, and a job that is
// `alone` runs while nothing else does: after all the others, so that no slot stays empty while it waits.

/**
 * @template {{ uses?: readonly string[], alone?: boolean }} Job
 * @template Result
 * @param {readonly Job[]} jobs
 * @param {number} slots how many jobs may run at the same time
 * @param {(job: Job) => Promise<Result>} run
 * @returns {Promise<Result[]>} the results in the order of the jobs
 */
export async function runScheduled(jobs, slots, run) {
  /** @type {Result[]} */
  const results = [];
  // `sort` is stable: the jobs that run alone come last, and otherwise the order stays.
  const waiting = jobs
    .map((job, index) => ({ job, index }))
    .sort((a, b) => Number(a.job.alone ?? false) - Number(b.job.alone ?? false));
  /** @type {Map<Job, Promise<void>>} */
  const running = new Map();

  while (waiting.length > 0 || running.size > 0) {
    const next = waiting.findIndex(({ job }) => mayStart(job, [...running.keys()], slots));
    if (next >= 0) {
      const [{ job, index }] = waiting.splice(next, 1);
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
