// Permission checks as one writes them in JavaScript: a walk over the list, and an index of it. The first permission
// that matches decides; a `*` segment takes the rest of a resource.

const matches = (pattern, segments) => {
  for (let place = 0; place < pattern.length; place++) {
    if (pattern[place] === "*") return true;
    if (pattern[place] !== segments[place]) return false;
  }
  return pattern.length === segments.length;
};
const allows = (actions, action) => actions.includes(action) || actions.includes("*");

/** Walks the list. */
export function linear(permissions) {
  const rules = permissions.map(({ resource, actions }) => ({ pattern: resource.split(":"), actions }));
  return ({ action, resource }) => {
    const segments = resource.split(":");
    return rules.some(({ pattern, actions }) => allows(actions, action) && matches(pattern, segments));
  };
}

/** Looks the resource up, segment by segment, in a tree of maps. */
export function indexed(permissions) {
  const root = new Map();
  for (const { resource, actions } of permissions) {
    let node = root;
    for (const segment of resource.split(":")) {
      if (!node.has(segment)) node.set(segment, new Map());
      node = node.get(segment);
      if (segment === "*") break;
    }
    node.actions = [...(node.actions ?? []), ...actions];
  }
  const granted = (node, action) => node?.actions !== undefined && allows(node.actions, action);
  return ({ action, resource }) => {
    let node = root;
    for (const segment of resource.split(":")) {
      if (granted(node.get("*"), action)) return true;
      node = node.get(segment);
      if (node === undefined) return false;
    }
    return granted(node.get("*"), action) || granted(node, action);
  };
}
