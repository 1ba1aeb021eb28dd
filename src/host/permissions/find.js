// Finding the permission that decides. What most calls need is here, so that they cross to the module once, with three numbers: the
// words of the request are written straight into its memory.

import { wasm } from "./instance.js";
import { encoded, makeRoom, view } from "./memory.js";
import { checkedText } from "./packer.js";

/**
 * The permission that decides: its index, doubled, and one more if it has constraints; -1 if there is none.
 *
 * @param {number} list
 * @param {string} action
 * @param {string} resource
 */
export function find(list, action, resource) {
  const split = action.length;
  const end = split + resource.length;
  // A memory that has grown has left its old views empty.
  if (end > view.length) makeRoom(end);
  for (let at = 0; at < split; at++) {
    const unit = action.charCodeAt(at);
    if (unit > 127) return findEncoded(list, action, resource);
    view[at] = unit;
  }
  for (let at = split; at < end; at++) {
    const unit = resource.charCodeAt(at - split);
    if (unit > 127) return findEncoded(list, action, resource);
    view[at] = unit;
  }
  return wasm.find(list, split, end);
}

/**
 * The same for texts that are not ASCII.
 *
 * @param {number} list
 * @param {string} action
 * @param {string} resource
 */
function findEncoded(list, action, resource) {
  // Half a surrogate pair would be taken for something else.
  const first = encoded(checkedText(action, "request.action"));
  const second = encoded(checkedText(resource, "request.resource"));
  const end = first.length + second.length;
  makeRoom(end);
  view.set(first);
  view.set(second, first.length);
  return wasm.find(list, first.length, end);
}
