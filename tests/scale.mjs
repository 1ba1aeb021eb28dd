// How much the large tests do: everything in continuous integration, where KAVACHOS_FULL=1 is set, and a tenth elsewhere.

export const FULL = process.env.KAVACHOS_FULL === "1";

/** The number itself, or a tenth of it. Pass bounds that grow with the number of cases through it, too. */
export function scaled(number) {
  return FULL ? number : Math.ceil(number / 10);
}
