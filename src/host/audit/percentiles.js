// Percentiles of numbers of which some are not known.

/**
 * Returns the percentiles, interpolated between the two nearest numbers, and how many numbers are known. Sorts the numbers.
 * @param {Float64Array} numbers `NaN` for those that are not known
 * @param {number[]} percents from 0 to 100
 */
export function percentilesOf(numbers, percents) {
  let count = numbers.sort().length;
  while (Number.isNaN(numbers[count - 1])) count--;
  const values = percents.map((percent) => {
    const place = (percent / 100) * (count - 1);
    const below = Math.floor(place);
    return numbers[below] + (place - below) * (numbers[Math.ceil(place)] - numbers[below]);
  });
  return { values, count };
}
