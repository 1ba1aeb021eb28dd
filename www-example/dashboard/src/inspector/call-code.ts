// Writes a call of the client down as the JavaScript that one would type, without its secrets.
import { stringLiteral } from "../ui/quoted";

/** Methods whose first argument is a bearer token. */
const TAKES_TOKEN = new Map([
  ["kavach.auth.authorizeByToken", "agentToken"],
  ["kavach.auth.getSession", "token"],
  ["kavach.auth.signOut", "token"],
  ["session.magicLink.verify", "token"],
]);

const SECRET = /^(password|token|authorization|secret|code)$/i;
const TOKEN = /\b(kv_|kos_|eyJ)[\w.-]{4,}/g;
const WIDTH = 76;

/** The call as code: `await kavach.agents.list({ status: "active" });` */
export function codeOf(name: string, args: readonly unknown[]): string {
  const shown = args.map((value, index) => {
    if (name === "session.emailOtp.verify" && index === 1) return "code";
    const secret = index === 0 && value !== undefined && value !== null ? TAKES_TOKEN.get(name) : undefined;
    return secret ?? literal(value, "");
  });
  while (shown.at(-1) === "undefined" || shown.at(-1) === "{}") shown.pop();
  if (/\.iterate$/.test(name))
    return `for await (const entry of ${name}(${shown.join(", ")})) {\n  console.log(entry);\n}`;
  return `await ${name}(${shown.join(", ")});`;
}

/**
 * A value as a JavaScript literal, on one line if it fits. Secrets become `"…"`, what is no data is left out. With
 * `masked` false it is written as it is: for what holds no secrets.
 */
export function literal(value: unknown, indent: string, masked = true): string {
  if (typeof value === "string") return stringLiteral(masked ? value.replace(TOKEN, "$1…") : value);
  if (value instanceof Date) return `new Date(${JSON.stringify(value.toISOString())})`;
  if (typeof value !== "object" || value === null) return String(value);
  const deeper = `${indent}  `;
  const isArray = Array.isArray(value);
  const members = isArray
    ? value.map((item) => literal(item, deeper, masked))
    : Object.entries(value)
        .filter(([, member]) => member !== undefined && isData(member))
        .map(
          ([key, member]) => `${keyOf(key)}: ${masked && SECRET.test(key) ? '"…"' : literal(member, deeper, masked)}`,
        );
  const [open, close] = isArray ? ["[", "]"] : ["{", "}"];
  if (members.length === 0) return open + close;
  const line = isArray ? `[${members.join(", ")}]` : `{ ${members.join(", ")} }`;
  if (line.length + indent.length <= WIDTH && !line.includes("\n")) return line;
  return `${open}\n${members.map((member) => `${deeper}${member},\n`).join("")}${indent}${close}`;
}

function isData(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return typeof value !== "function";
  const prototype = Object.getPrototypeOf(value);
  return Array.isArray(value) || value instanceof Date || prototype === Object.prototype || prototype === null;
}

function keyOf(key: string): string {
  // Without the brackets it would set the prototype.
  if (key === "__proto__") return '["__proto__"]';
  return /^[A-Za-z_$][\w$]*$/.test(key) ? key : stringLiteral(key);
}
