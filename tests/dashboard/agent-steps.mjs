// What one does on the pages of an agent, and where a token must not be.
import assert from "node:assert/strict";

export const heading = (page, name) => page.getByRole("heading", { level: 1, name, exact: true });
export const tokenDialog = (page) =>
  page.getByRole("dialog").filter({ hasText: "the only time that the token is shown" });
export const tokenOf = (page) => tokenDialog(page).getByLabel("Token", { exact: true }).inputValue();

/** Says that the token is stored, as one has to. */
export async function stored(page) {
  const dialog = tokenDialog(page);
  assert.ok(await dialog.getByRole("button", { name: "Done" }).isDisabled());
  await dialog.getByLabel("I have stored it").check();
  await dialog.getByRole("button", { name: "Done" }).click();
  await dialog.waitFor({ state: "detached" });
}

/** Fails if a text is anywhere a page can keep it. All calls in the inspector are opened and read first. */
export async function isNowhere(page, text) {
  await page.getByRole("button", { name: /^Calls/ }).click();
  const lines = page.locator(".inspector .call");
  let read = "";
  for (let index = 0; index < (await lines.count()); index++) {
    await lines.nth(index).click();
    read += await page.locator(".inspector").innerHTML();
  }
  assert.match(read, /agents\.(create|rotate)/);
  const kept = await page.evaluate(() =>
    [
      document.documentElement.outerHTML,
      ...[...document.querySelectorAll("input, textarea")].map(({ value }) => value),
      JSON.stringify({ ...sessionStorage }),
      JSON.stringify({ ...localStorage }),
      JSON.stringify(history.state),
      location.href,
      document.cookie,
      document.title,
    ].join("\n"),
  );
  for (const place of [read, kept]) assert.ok(!place.includes(text), "the token is kept");
  await page.locator(".inspector").getByRole("button", { name: "Close" }).click();
}

export async function fillIn(page, { name, owner = "usr_demo" }) {
  await page.getByLabel("Name", { exact: true }).fill(name);
  await page.getByLabel(/^Owner/).fill(owner);
  await page.getByRole("button", { name: "rateLimited" }).click();
}
