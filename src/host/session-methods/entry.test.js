// What is loaded later: each part, and the account of the person who is signed in.
import assert from "node:assert/strict";
import { it } from "node:test";
import { ANN, answer, failing, grant, Page } from "../session/fake-page.mjs";

const INPUT = { email: "ann@x.test", password: "password-1" };

it("calls the routes of an account as the person who is signed in, and others as nobody", async () => {
  const page = new Page({
    "POST /auth/sign-in": grant(ANN, "t1"),
    "GET /auth/session": { user: ANN },
    "POST /auth/anonymous/upgrade": { success: true },
    "POST /auth/verify-email": { success: true },
    "POST /auth/request-reset": { success: true },
    "POST /auth/change-password": { success: true },
  });
  const session = page.session();
  await session.signIn(INPUT);
  const before = page.calls.length;
  page.routes["GET /auth/session"] = { user: { ...ANN, email: "new@x.test" } };
  assert.equal(await session.upgrade({ email: "new@x.test" }), undefined);
  assert.equal(session.state.user.email, "new@x.test");
  await session.verifyEmail("one-time");
  await session.requestPasswordReset("ann@x.test");
  await session.changePassword({ currentPassword: "password-1", newPassword: "password-2" });
  assert.deepEqual(
    page.calls.slice(before).map(({ path, token, body }) => [path, token, body && Object.keys(body)]),
    [
      ["/auth/anonymous/upgrade", "t1", ["email"]],
      ["/auth/session", "t1", undefined],
      ["/auth/verify-email", undefined, ["token"]],
      ["/auth/request-reset", undefined, ["email"]],
      ["/auth/change-password", "t1", ["currentPassword", "newPassword"]],
    ],
  );
});

it("shows no password and no token in an error", async () => {
  const page = new Page();
  const session = page.session();
  const said = (path) => {
    page.routes[`POST ${path}`] = answer(400, { error: { code: "NO", message: "wrong: s3cret-1" } });
  };
  for (const path of ["/auth/change-password", "/auth/verify-email", "/auth/reset-password"]) said(path);
  for (const call of [
    () => session.changePassword({ currentPassword: "s3cret-1", newPassword: "s3cret-1" }),
    () => session.verifyEmail("s3cret-1"),
    () => session.resetPassword({ token: "s3cret-1", newPassword: "s3cret-1" }),
  ]) {
    const error = await failing(call());
    assert.ok(!`${error.stack} ${JSON.stringify(error)}`.includes("s3cret-1"), error.stack);
  }
});
