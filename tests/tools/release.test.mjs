// A release goes ahead only if its tag, the version and the changelog agree.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { releaseNotes } from "../../tools/release.mjs";

const cargo = '[package]\nname = "x"\nversion = "1.2.0"\n';
const changelog =
  "# Changelog\n\n## [Unreleased]\n\n- new\n\n## [1.2.0] - 2026-11-29\n\n### Added\n\n- one\n\n## [1.1.0] - 2026-01-01\n\n- two\n\n[1.2.0]: https://example.com\n";

describe("a release", () => {
  it("has the notes of its version", () => {
    assert.equal(releaseNotes("v1.2.0", { cargo, changelog }), "### Added\n\n- one");
    const last = changelog.replace(/## \[1\.1\.0\][\s\S]*?(?=\[1\.2\.0\]:)/, "");
    assert.equal(releaseNotes("v1.2.0", { cargo, changelog: last }), "### Added\n\n- one");
  });

  it("is refused for another tag, an undated section, and an empty one", () => {
    const refused = (tag, files, reason) =>
      assert.throws(() => releaseNotes(tag, { cargo, changelog, ...files }), reason);
    refused("v1.3.0", {}, /The tag is v1\.3\.0, and the version in Cargo\.toml is 1\.2\.0\./);
    refused("1.2.0", {}, /The tag is 1\.2\.0/);
    refused("v1.2.0", { changelog: changelog.replace(" - 2026-11-29", "") }, /has no section/);
    refused("v1.2.0", { changelog: changelog.replace("### Added\n\n- one\n", "") }, /says nothing/);
  });
});
