// Keeps what a developer would see on the console.
export const noise = [];

for (const level of ["log", "info", "warn", "error", "debug"]) {
  const print = console[level];
  console[level] = (...values) => {
    noise.push(`${level}: ${values.join(" ")}`);
    print.apply(console, values);
  };
}
addEventListener("error", (event) => noise.push(`uncaught: ${event.message}`));
addEventListener("unhandledrejection", (event) => noise.push(`unhandled: ${event.reason}`));
addEventListener("securitypolicyviolation", (event) =>
  noise.push(`refused: ${event.violatedDirective} ${event.blockedURI}`),
);
