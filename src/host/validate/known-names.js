// Unknown names are refused: ignoring a misspelt `requireApproval` or `userId` would open a door.

/**
 * What is expected of a member whose name is none of `known`, to follow "must be". It suggests the nearest name.
 *
 * @param {string} name
 * @param {readonly string[]} known
 */
export function leftOut(name, known) {
  const nearest = nearestName(name, known);
  const advice = nearest === undefined ? `Known names: ${known.join(", ")}` : `Did you mean "${nearest}"?`;
  return `left out: the name is not known. ${advice}`;
}

/**
 * Whether the option `allowUnknown` accepts a name: `true` accepts all, a list those in it.
 *
 * @param {string} name
 * @param {unknown} allowUnknown
 */
export function isAllowed(name, allowUnknown) {
  return allowUnknown === true || (Array.isArray(allowUnknown) && allowUnknown.includes(name));
}

/**
 * The known name that is most like `name`, if one is.
 *
 * @param {string} name
 * @param {readonly string[]} known
 */
export function nearestName(name, known) {
  let nearest;
  let least = Math.max(2, name.length / 2);
  for (const candidate of known) {
    const distance = editDistance(plain(name), plain(candidate));
    if (distance < least) [nearest, least] = [candidate, distance];
  }
  return nearest;
}

const LONGEST = 40; // Longer names are compared by their beginning: the work grows with the square.
/** @param {string} name */
const plain = (name) => name.slice(0, LONGEST).replace(/[_-]/g, "").toLowerCase();

/**
 * The number of characters to change, add or remove.
 *
 * @param {string} from
 * @param {string} to
 */
function editDistance(from, to) {
  let row = [...Array(to.length + 1).keys()];
  for (const letter of from) {
    let left = row[0] + 1;
    const next = Array.from(to, (other, at) => {
      left = Math.min(left, row[at + 1], row[at] - (letter === other ? 1 : 0)) + 1;
      return left;
    });
    row = [row[0] + 1, ...next];
  }
  return row[to.length];
}
