// Members of the objects that users hold. Methods are bound: they work taken off their object, as callbacks, and behind the proxies
// of reactive frameworks. What they need is in a closure, where neither a log nor a copy of the object shows it.

/**
 * Sets a member that neither `for…in`, nor a spread, nor an inspector shows.
 *
 * @param {object} object
 * @param {PropertyKey} name
 * @param {unknown} value
 */
export function hide(object, name, value) {
  Object.defineProperty(object, name, hidden({ value, writable: true }));
}

/**
 * Defines a member of a class that is made when it is first asked for, and then stays, unless the object is frozen. It can be
 * replaced.
 *
 * @param {object} prototype
 * @param {PropertyKey} name
 * @param {(object: any) => unknown} make returns nothing for a prototype: what it kept, all objects would have
 */
export function defineLazily(prototype, name, make) {
  Object.defineProperty(
    prototype,
    name,
    hidden({
      get() {
        const value = make(this);
        if (value !== undefined) Reflect.defineProperty(this, name, hidden({ value, writable: true }));
        return value;
      },
      set(value) {
        hide(this, name, value);
      },
    }),
  );
}

/** A descriptor that inherits nothing. @param {PropertyDescriptor} descriptor @returns {PropertyDescriptor} */
const hidden = (descriptor) => Object.assign(Object.create(null), descriptor, { configurable: true });
