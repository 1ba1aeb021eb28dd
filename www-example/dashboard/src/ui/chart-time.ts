// What stands below a chart over time: the hour, and at midnight the day.
const day = new Intl.DateTimeFormat("en", { month: "short", day: "numeric" });
const hour = new Intl.DateTimeFormat("en", { hour: "numeric" });
const minute = new Intl.DateTimeFormat("en", { hour: "numeric", minute: "2-digit" });

/** The words of moments on an axis, in milliseconds since 1970. */
export function timeTicks(moments: readonly number[]): string[] {
  const areHours = moments.every((moment) => new Date(moment).getMinutes() === 0);
  return moments.map((moment) => {
    const date = new Date(moment);
    if (date.getHours() === 0 && date.getMinutes() === 0) return day.format(date);
    return (areHours ? hour : minute).format(date);
  });
}
