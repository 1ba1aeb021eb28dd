// Members of the objects that users hold. Methods are bound: they work taken off their object, as callbacks, and behind the
// proxies of reactive frameworks. What they need is in a closure, where neither a log nor a copy of the object shows it.

// Sets a member that neither `for…in`, nor a spread, nor an inspector shows.
export function hide(object, name, value) {
  Object.defineProperty(object, name, { __proto__: null, value, configurable: true, writable: true });
}

// Defines a member of a class that is made when it is first asked for, and then stays. It can be replaced.
export function defineLazily(prototype, name, make) {
  Object.defineProperty(prototype, name, {
    __proto__: null,
    configurable: true,
    get() {
      const value = make(this);
      hide(this, name, value);
      return value;
    },
    set(value) {
      hide(this, name, value);
    },
  });
}
