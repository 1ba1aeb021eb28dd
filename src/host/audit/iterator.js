// Async iterators that users hold. A store makes a Proxy of them, whose methods would be called on the Proxy, where a generator
// and private members are unknown: here they are functions of the generator itself.

const prototype = Object.getPrototypeOf(Object.getPrototypeOf(async function* () {}.prototype));

// Returns an iterator over what `generator` yields.
export function iteratorOf(generator) {
  return Object.assign(Object.create(prototype), {
    next: () => generator.next(),
    return: (value) => generator.return(value),
    throw: (error) => generator.throw(error),
  });
}
