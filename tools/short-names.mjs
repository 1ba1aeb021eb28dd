// Gives short names to what passes between the module and its glue. wasm-bindgen's are hashes, which no compression helps,
// and stand in both files.

// Those are looked up by their names, in src/host/client/core.js and pkg-template/loading.js.
const KEPT = [
  ...["memory", "connect", "disconnect", "dialect", "filters", "begin", "resume", "forget"],
  ...["__stack_pointer", "__reference_stack_pointer"],
];

/** Resolves to `{ wasm, glue }` with other names for the imports and exports of the module; its imports are all in `a`. */
export function withShortNames(wasm, glue) {
  const module = new WebAssembly.Module(wasm);
  const imports = WebAssembly.Module.imports(module).map((found, index) => ({ ...found, short: short(index) }));
  const exports = new Map(
    WebAssembly.Module.exports(module).map(({ name }, index) => [name, KEPT.includes(name) ? name : short(index)]),
  );
  return { wasm: renamed(wasm, imports, exports), glue: rewritten(glue, imports, exports) };
}

// a, b, … z, aa, ab, …
function short(index) {
  const letter = String.fromCharCode(97 + (index % 26));
  return index < 26 ? letter : short(Math.floor(index / 26) - 1) + letter;
}

const IMPORTS = 2;
const EXPORTS = 7;

function renamed(wasm, imports, exports) {
  const reader = { bytes: wasm, at: 8 };
  const parts = [wasm.subarray(0, 8)];
  while (reader.at < wasm.length) {
    const start = reader.at;
    const id = wasm[reader.at++];
    const length = number(reader);
    const end = reader.at + length;
    if (id === IMPORTS) parts.push(section(id, importSection(reader, imports)));
    else if (id === EXPORTS) parts.push(section(id, exportSection(reader, exports)));
    else parts.push(wasm.subarray(start, end));
    reader.at = end;
  }
  return Buffer.concat(parts);
}

function importSection(reader, imports) {
  const parts = [encoded(number(reader))];
  for (const { module, name, kind, short: shortName } of imports) {
    const found = [text(reader), text(reader)];
    // Functions are all that wasm-bindgen imports: a byte for the kind, and the index of their type.
    if (found[0] !== module || found[1] !== name || kind !== "function") throw new Error(`unexpected import ${found}`);
    const start = reader.at++;
    number(reader);
    parts.push(written("a"), written(shortName), reader.bytes.subarray(start, reader.at));
  }
  return Buffer.concat(parts);
}

function exportSection(reader, exports) {
  const count = number(reader);
  const parts = [encoded(count)];
  for (let index = 0; index < count; index++) {
    const name = text(reader);
    const start = reader.at++;
    number(reader);
    parts.push(written(exports.get(name)), reader.bytes.subarray(start, reader.at));
  }
  return Buffer.concat(parts);
}

const section = (id, content) => Buffer.concat([Buffer.from([id]), encoded(content.length), content]);

function number(reader) {
  let value = 0;
  for (let shift = 0; ; shift += 7) {
    const byte = reader.bytes[reader.at++];
    value += (byte & 0x7f) * 2 ** shift;
    if (byte < 0x80) return value;
  }
}

function encoded(value) {
  const bytes = [];
  for (let rest = value; ; rest = Math.floor(rest / 128)) {
    if (rest < 128) return Buffer.from([...bytes, rest]);
    bytes.push((rest % 128) | 0x80);
  }
}

function text(reader) {
  const length = number(reader);
  const start = reader.at;
  reader.at += length;
  return Buffer.from(reader.bytes.subarray(start, reader.at)).toString("utf8");
}

function written(name) {
  const bytes = Buffer.from(name);
  return Buffer.concat([encoded(bytes.length), bytes]);
}

function rewritten(glue, imports, exports) {
  const object = /return \{\n\s+__proto__: null,\n((?:\s+"[^"]+": import\d+,\n)+)\s+\};/;
  const found = object.exec(glue);
  if (!found) throw new Error("the glue has changed: no object of imports");
  const objects = new Map([...found[1].matchAll(/"([^"]+)": (import\d+)/g)].map(([, module, name]) => [module, name]));
  const elsewhere = imports.filter(({ module }) => objects.get(module) !== "import0");
  const members = elsewhere.map(({ module, name, short: shortName }) => `${shortName}: ${objects.get(module)}.${name}`);
  let text = glue.replace(object, `return { a: { ...import0, ${members.join(", ")} } };`);
  for (const { module, name, short: shortName } of imports) {
    if (objects.get(module) !== "import0") continue;
    const key = `        ${name}: function(`;
    if (!text.includes(key)) throw new Error(`the glue has changed: no ${name}`);
    text = text.replace(key, `        ${shortName}: function(`);
  }
  return text.replace(/\bwasm\.(\w+)/g, (whole, name) => (exports.has(name) ? `wasm.${exports.get(name)}` : whole));
}
