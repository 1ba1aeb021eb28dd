// An authenticator of Chromium's own, for passkeys.

/** Has Chromium answer for an authenticator, and for the person in front of it. Resolves to what controls it. */
export async function addAuthenticator(page) {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send("WebAuthn.enable");
  const { authenticatorId } = await devtools.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      ...{ protocol: "ctap2", transport: "internal", hasResidentKey: true, hasUserVerification: true },
      ...{ isUserVerified: true, automaticPresenceSimulation: true },
    },
  });
  return { send: (command, more = {}) => devtools.send(`WebAuthn.${command}`, { authenticatorId, ...more }) };
}
