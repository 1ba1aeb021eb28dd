// Cargo.toml names the repository and its owner, and everything else follows it.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import { npmManifest } from "../../tools/manifest.mjs";

const root = fileURLToPath(new URL("../../", import.meta.url));
const read = (file) => readFileSync(root + file, "utf8");
const cargo = read("Cargo.toml");
const [, repository, owner, name] = /^repository = "(https:\/\/github\.com\/([\w-]+)\/([\w-]+))"$/m.exec(cargo);

describe("the repository", () => {
  it("is that of the npm package, with its pages and issues", () => {
    const manifest = npmManifest(JSON.parse(read("pkg-template/package.json")), cargo);
    assert.deepEqual(manifest.repository, { type: "git", url: `git+${repository}.git` });
    assert.deepEqual(manifest.bugs, { url: `${repository}/issues` });
    assert.equal(manifest.homepage, `https://${owner}.github.io/${name}/`);
    assert.match(manifest.version, /^\d+\.\d+\.\d+$/);
    assert.deepEqual(Object.keys(manifest).slice(0, 2), ["name", "version"]);
    assert.throws(() => npmManifest({}, 'version = "1.0.0"'), /Cargo\.toml states no repository/);
  });

  it("is the one that issue forms link, and its owner has the code owners", () => {
    for (const [url] of read(".github/ISSUE_TEMPLATE/config.yml").matchAll(/https:\S+/g))
      assert.ok(url.startsWith(`${repository}/`), url);
    for (const [, team] of read(".github/CODEOWNERS").matchAll(/@(\S+)\//g)) assert.equal(team, owner);
  });
});

describe("the changelog", () => {
  it("links each of its versions, which have dates, newest first", () => {
    const changelog = read("CHANGELOG.md");
    const [unreleased, ...versions] = [...changelog.matchAll(/^## (.*)$/gm)].map(([, heading]) => heading);
    assert.equal(unreleased, "[Unreleased]");
    const dates = versions.map((heading) => /^\[\d+\.\d+\.\d+\] - (\d{4}-\d{2}-\d{2})$/.exec(heading)?.[1]);
    assert.deepEqual(dates, [...dates].sort().reverse());
    const links = [...changelog.matchAll(/^\[([^\]]+)\]: (\S+)$/gm)];
    assert.deepEqual(
      links.map(([, version]) => `[${version}]`),
      [unreleased, ...versions].map((heading) => heading.split(" - ")[0]),
    );
    for (const [, , url] of links) assert.ok(url.startsWith(`${repository}/`), url);
  });

  it("has no headings but those of its format", () => {
    const kinds = ["Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"];
    for (const [, heading] of read("CHANGELOG.md").matchAll(/^### (.*)$/gm))
      assert.ok(kinds.includes(heading), heading);
  });
});

describe("tools", () => {
  it("have the version of wasm-bindgen that the crate has", () => {
    const version = /^wasm-bindgen = "=([\d.]+)"/m.exec(cargo)[1];
    assert.match(read("dev"), new RegExp(`^readonly BINDGEN=${version.replaceAll(".", "\\.")} `, "m"));
    assert.match(read("tools/bindgen/Cargo.toml"), new RegExp(`^wasm-bindgen-cli-support = "=${version}"`, "m"));
  });

  it("are reached by the commands of package.json, and each command of ./dev is in its help", () => {
    const commands = [...read("dev").matchAll(/^ {2}([a-z]+(?: \| [a-z]+)*)\)$/gm)].flatMap(([, names]) =>
      names.split(" | "),
    );
    const help = /cat <<'TEXT'\n([\s\S]*?)\nTEXT/.exec(read("dev"))[1];
    assert.ok(commands.length > 10, `${commands}`);
    for (const command of commands) assert.match(help, new RegExp(`^\\./dev ${command}\\b`, "m"));
    for (const [script, command] of Object.entries(JSON.parse(read("package.json")).scripts))
      assert.ok(command === `./dev ${script}` && commands.includes(script), script);
  });

  it("run in workflows by commands that ./dev has", () => {
    const help = read("dev");
    for (const file of readdirSync(`${root}.github/workflows`))
      for (const [, command] of read(`.github/workflows/${file}`).matchAll(/run: \.\/dev ([a-z]+)/g))
        assert.match(help, new RegExp(`^\\./dev ${command}\\b`, "m"), `${file}: ./dev ${command}`);
  });
});
