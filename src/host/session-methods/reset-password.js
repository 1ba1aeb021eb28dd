// Sets another password with the token of a mail. On Hono the adapter has another route at that path, which knows nothing of the
// accounts of the plugin.

const IN_THE_WAY = /^Password reset not configured$|^Missing required fields: token, password$/;

/**
 * @param {import("../session/core.js").Core} core
 * @param {unknown} input
 */
export async function resetPassword({ ask, contract }, input) {
  try {
    await ask("resetPassword", [input]);
  } catch (error) {
    if (!IN_THE_WAY.test(/** @type {any} */ (error).message)) throw error;
    throw contract.invalid(
      "the Hono adapter answers /auth/reset-password itself, before the plugin can",
      "NOT_SUPPORTED",
    );
  }
}
