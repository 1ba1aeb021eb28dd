// Makes this client known to an authorization server, as a public one: it keeps no secret (RFC 7591).
import { NO_REGISTRATION, NOT_REGISTERED } from "../../../generated/mcp-client.js";
import { own } from "../validate/own.js";
import { isText } from "../validate/type-guards.js";
import { metadataOf } from "./client-metadata.js";
import { failed, reasonOf } from "./failed.js";

/**
 * @param {import("./options.js").Settings} settings
 * @param {import("./discovery.js").Server} server
 * @param {typeof import("./post.js").post} post
 * @returns {Promise<string>} the id
 * @throws {KavachError} REGISTRATION_FAILED
 */
export async function register(settings, server, post) {
  if (!server.register) throw failed(NO_REGISTRATION);
  const { status, body } = await post(settings, server.register, metadataOf(settings), true);
  const id = own(body, "client_id");
  // Some servers give everybody a secret, which those that take public clients do not ask for. It is not kept.
  const method =
    own(body, "token_endpoint_auth_method") ?? (own(body, "client_secret") && !server.isOpen ? "secret" : "none");
  // An address that is not this client's would get its codes.
  const addresses = own(body, "redirect_uris") ?? [settings.redirectUrl];
  const isOurs = Array.isArray(addresses) && addresses.length === 1 && addresses[0] === settings.redirectUrl;
  if (status > 299 || !isText(id) || method !== "none" || !isOurs)
    throw failed(NOT_REGISTERED, reasonOf(own(body, "error")));
  return id;
}
