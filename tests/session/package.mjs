// The installed package.
const main = process.env.KAVACHOS_PACKAGE;
export const { KavachClient, KavachError, AuthenticationError, NetworkError } = await import(main);
export const { createSession } = await import(main.replace(/index\.js$/, "session.js"));
