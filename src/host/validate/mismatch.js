// Where a value differs from what is expected.

/** A difference. It is thrown by what copies, and returned by what validates; nobody else can make one. */
export class Mismatch {
  /**
   * @param {string} expected what was expected, to follow "must be"
   * @param {string} [path] the way to the part that is wrong
   */
  constructor(expected, path = "") {
    this.expected = expected;
    this.path = path;
  }

  /**
   * The same difference, seen from one level up.
   *
   * @param {string} step the way down from there
   */
  below(step) {
    return new Mismatch(this.expected, step + this.path);
  }
}

/**
 * The sentence for a difference.
 *
 * @param {Mismatch} mismatch
 * @param {string} [name] what the whole value is called
 */
export const sentence = ({ path, expected }, name = "") => `${name}${path} must be ${expected}`;

/**
 * What to throw where a part of a value has thrown something: a difference is seen from one level up, all else stays.
 *
 * @param {string} step
 * @param {unknown} problem
 */
export const below = (step, problem) => (problem instanceof Mismatch ? problem.below(step) : problem);

export const UNREADABLE = "a value that can be read: a getter or a proxy in it throws";
