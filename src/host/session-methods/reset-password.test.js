// Another password, where no other route is in the way.
import assert from "node:assert/strict";
import { it } from "node:test";
import { answer, failing, Page } from "../session/fake-page.mjs";

const INPUT = { token: "one-time", newPassword: "password-2" };
const ROUTE = "POST /auth/reset-password";

it("is set", async () => {
  const page = new Page({ [ROUTE]: { success: true } });
  assert.equal(await page.session().resetPassword(INPUT), undefined);
  assert.deepEqual(page.calls[0].body, INPUT);
});

it("says that Hono's route is in the way, and leaves every other error as it is", async () => {
  const page = new Page();
  const { resetPassword } = page.session();
  for (const error of ["Password reset not configured", "Missing required fields: token, password"]) {
    page.routes[ROUTE] = answer(400, { error });
    assert.equal((await failing(resetPassword(INPUT))).code, "NOT_SUPPORTED", error);
  }
  page.routes[ROUTE] = answer(400, { error: { code: "INVALID_TOKEN", message: "wrong: one-time password-2" } });
  const error = await failing(resetPassword(INPUT));
  assert.equal(error.code, "INVALID_TOKEN");
  assert.ok(!/one-time|password-2/.test(error.stack), error.stack);
  assert.equal((await failing(resetPassword({ token: "" }))).code, "INVALID_ARGUMENT");
});
