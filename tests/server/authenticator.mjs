// An authenticator in software, for what a browser's would never sign.
import { createHash, generateKeyPairSync, randomBytes, sign } from "node:crypto";

const sha256 = (data) => createHash("sha256").update(data).digest();
const base64url = (data) => Buffer.from(data).toString("base64url");
const counterOf = (count) => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(count);
  return bytes;
};

/** One passkey of one domain. `origin` and `rpId` may be lies. */
export class Authenticator {
  #keys = generateKeyPairSync("ec", { namedCurve: "P-256" });
  id = randomBytes(32);
  count = 0;

  constructor({ origin, rpId = "localhost" }) {
    this.origin = origin;
    this.rpId = rpId;
  }

  #clientData(type, challenge, more) {
    return Buffer.from(JSON.stringify({ type, challenge, origin: this.origin, crossOrigin: false, ...more }));
  }

  /** What `navigator.credentials.create` resolves to, as the server takes it. */
  create({ challenge }, { more, flags = 0x45 } = {}) {
    const { x, y } = this.#keys.publicKey.export({ format: "jwk" });
    const key = Buffer.concat([
      // {1: 2, 3: -7, -1: 1, -2: x, -3: y} in CBOR
      Buffer.from("a5010203262001215820", "hex"),
      Buffer.from(x, "base64url"),
      Buffer.from("225820", "hex"),
      Buffer.from(y, "base64url"),
    ]);
    this.count += 1;
    const head = [sha256(this.rpId), Buffer.from([flags]), counterOf(this.count)];
    const credential = [Buffer.alloc(16), Buffer.from([0, this.id.length]), this.id, key];
    const data = Buffer.concat([...head, ...credential]);
    // {"fmt": "none", "attStmt": {}, "authData": data} in CBOR
    const attestation = Buffer.concat([
      Buffer.from("a363666d74646e6f6e656761747453746d74a0686175746844617461", "hex"),
      Buffer.from([0x58, data.length]),
      data,
    ]);
    return this.#wrapped({
      clientDataJSON: base64url(this.#clientData("webauthn.create", challenge, more)),
      attestationObject: base64url(attestation),
    });
  }

  /** What `navigator.credentials.get` resolves to, as the server takes it. */
  get({ challenge }, { more, flags = 0x05, advance = 1 } = {}) {
    this.count += advance;
    const data = Buffer.concat([sha256(this.rpId), Buffer.from([flags]), counterOf(this.count)]);
    const clientData = this.#clientData("webauthn.get", challenge, more);
    const signature = sign("sha256", Buffer.concat([data, sha256(clientData)]), this.#keys.privateKey);
    return this.#wrapped({
      clientDataJSON: base64url(clientData),
      authenticatorData: base64url(data),
      signature: base64url(signature),
    });
  }

  #wrapped(response) {
    const id = base64url(this.id);
    return { id, rawId: id, type: "public-key", response, deviceName: "soft", transports: ["internal"] };
  }
}
