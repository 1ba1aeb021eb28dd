// What this client says about itself, to authorization servers (RFC 7591, 2) and to the official SDK.
import { isLoopback } from "../mcp/key-set.js";

/** @param {import("./options.js").Settings} settings */
export const metadataOf = ({ redirectUrl, clientName }) => ({
  client_name: clientName,
  redirect_uris: [redirectUrl],
  grant_types: ["authorization_code", "refresh_token"],
  response_types: ["code"],
  token_endpoint_auth_method: "none",
  // Without it, OpenID providers refuse addresses of this machine.
  application_type: isLoopback(new URL(redirectUrl)) ? "native" : "web",
});
