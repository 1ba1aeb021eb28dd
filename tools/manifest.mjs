// The manifest of the npm package: pkg-template/package.json, with what Cargo.toml already states.

/**
 * @param {Record<string, unknown>} template
 * @param {string} cargo the text of Cargo.toml
 * @returns {Record<string, unknown>}
 * @throws {Error} if Cargo.toml lacks a field
 */
export function npmManifest(template, cargo) {
  const field = (name) => {
    const value = new RegExp(`^${name} = "([^"]+)"`, "m").exec(cargo)?.[1];
    if (!value) throw new Error(`Cargo.toml states no ${name}`);
    return value;
  };
  const { name, version: _, ...rest } = template;
  const repository = field("repository");
  return {
    name,
    version: field("version"),
    ...rest,
    homepage: field("homepage"),
    repository: { type: "git", url: `git+${repository}.git` },
    bugs: { url: `${repository}/issues` },
  };
}
