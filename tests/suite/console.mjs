// Keeps what is printed from a terminal, and looks at it.

/** Takes the console over; `stop()` gives it back, and returns what was printed meanwhile. */
export function watchConsole() {
  const lines = [];
  const levels = ["log", "info", "warn", "error", "debug"].map((level) => [level, console[level]]);
  for (const [level] of levels) console[level] = (...values) => lines.push(values.join(" "));
  return {
    stop() {
      for (const [level, print] of levels) console[level] = print;
      return lines.join("\n");
    },
  };
}
