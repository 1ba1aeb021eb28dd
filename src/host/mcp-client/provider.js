// The same as the `OAuthClientProvider` of the official SDK. The SDK says when a user must authorize; what is sent, and where, is decided
// here: it is given no refresh token and no verifier, and nothing that it would have to look for.
import { USE_COMPLETE } from "../../../generated/mcp-client.js";
import { metadataOf } from "./client-metadata.js";
import { failed } from "./failed.js";
import { scopesIn } from "./scopes.js";

const notHere = async () => {
  throw failed(USE_COMPLETE);
};

/**
 * @param {import("./options.js").Settings} settings
 * @param {any} source of tokens: authorization.js or agent.js
 * @returns {import("./entry.js").McpAuthProvider}
 */
export function providerOf(settings, source) {
  const { redirectUrl } = settings;
  return {
    redirectUrl: redirectUrl ?? "",
    clientMetadata: redirectUrl ? metadataOf(settings) : { redirect_uris: [] },
    async clientInformation() {
      const server = await source.discovered();
      return { client_id: await source.identified(server), issuer: server.issuer };
    },
    async tokens() {
      const token = await source.token();
      return token && { access_token: token, token_type: "Bearer" };
    },
    async discoveryState() {
      const { issuer, resource, authorize, token } = await source.discovered();
      return {
        authorizationServerUrl: issuer,
        resourceMetadata: { resource, authorization_servers: [issuer] },
        authorizationServerMetadata: {
          issuer,
          authorization_endpoint: authorize,
          token_endpoint: token,
          response_types_supported: ["code"],
        },
      };
    },
    // Its own address has another verifier, and no state.
    redirectToAuthorization: (url) => source.reconnect(scopesIn(url.searchParams.get("scope"))),
    saveCodeVerifier: async () => {},
    codeVerifier: notHere,
    saveTokens: notHere,
  };
}
