// The parts of the delegations page, and agents that delegate to each other for a test.
export const LATER = "2099-01-01T00:00:00Z";
/** Few audit entries: this page does not look at them. */
export const SHOWCASE = ["--showcase", "--showcase-rows", "200"];

export const node = (page, name) => page.locator(".agent-node").filter({ has: page.getByText(name, { exact: true }) });
export const label = (page, from, to) => page.getByRole("button", { name: `Delegation from ${from} to ${to}, depth` });
export const details = (page) => page.getByRole("complementary", { name: "Details" });
export const dialog = (page) => page.getByRole("dialog");

/** A point within, away from what may lie over its middle and edges; asked for once what was moved is drawn. */
export function within(locator) {
  return locator.evaluate(async (element) => {
    for (let frames = 0; frames < 2; frames++) await new Promise((resolve) => requestAnimationFrame(resolve));
    const { x, y, width, height } = element.getBoundingClientRect();
    return [x + width / 3, y + height / 2];
  });
}

/** Drags with the mouse from one to the other. */
export async function drag(page, from, to) {
  await page.mouse.move(...(await within(from)));
  await page.mouse.down();
  await page.mouse.move(...(await within(to)), { steps: 6 });
  await page.mouse.up();
}

/** The requests that change something, from now on. */
export function changes(page) {
  const sent = [];
  page.on("request", (request) => {
    const { pathname } = new URL(request.url());
    if (["POST", "DELETE"].includes(request.method())) sent.push(`${request.method()} ${pathname}`);
  });
  return sent;
}

/** What tests make at the server of a fixture, behind the page's back. */
export function behind(fixture) {
  return {
    idOf: async (name) => (await fixture.kavach.agents.list()).find((agent) => agent.name === name).id,
    /** Owners may have ten agents, so each test that makes some has one. */
    newOwner: async (name) => {
      const { user } = await fixture.kavach.auth.signUp({ email: `${name}@example.com`, password: "a long password" });
      return user.id;
    },
    make: (ownerId, name, permissions) =>
      fixture.kavach.agents.create({ ownerId, name, type: "service", permissions, expiresAt: LATER }),
    lend: (from, to, permissions, extra = {}) =>
      fixture.kavach.delegation.create({
        ...{ fromAgent: from.id, toAgent: to.id, permissions, expiresAt: LATER, maxDepth: 9 },
        ...extra,
      }),
  };
}
