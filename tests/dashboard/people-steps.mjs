// What people do on the dashboard: sign in by a code that the server mails, and use an authenticator.

/** The latest mail of a kind to an address. The local server keeps them instead of sending them. */
export async function mail(fixture, to, kind) {
  const url = new URL(`/__outbox?kind=${kind}&to=${encodeURIComponent(to)}`, fixture.api.baseUrl);
  const { mails } = await (await fetch(url)).json();
  return mails.at(-1);
}

/** Signs in on the connect page by a code. */
export async function signInByCode(fixture, page, email) {
  await page.getByLabel("As a person").check();
  await page.getByRole("button", { name: "Code by e-mail" }).click();
  await page.getByLabel("E-mail", { exact: true }).fill(email);
  await page.getByRole("button", { name: "Send a code" }).click();
  await page.getByText("A code was sent to").waitFor();
  await page.getByLabel("Code", { exact: true }).fill((await mail(fixture, email, "email-otp")).code);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await page.locator(".shell").waitFor();
}

/** Opens the dashboard as a person, who has signed in by a code. */
export async function openAs(fixture, email, path, options) {
  const page = await fixture.open(path, { connect: false, ...options });
  await signInByCode(fixture, page, email);
  return page;
}

/** Looks at a page in both themes and on a phone: it fits, and everybody can read it. */
export async function looksRight(fixture, page) {
  const desktop = page.viewportSize();
  for (const [viewport, colorScheme] of [
    [desktop, "light"],
    [{ width: 390, height: 844 }, "dark"],
  ]) {
    await page.setViewportSize(viewport);
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await fixture.fits(page);
    await fixture.accessible(page);
  }
  await page.setViewportSize(desktop);
  await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
}
