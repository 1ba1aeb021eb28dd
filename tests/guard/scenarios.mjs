// What takes more than one request, by name: each is given the packages and the servers, and rejects if something is wrong.
import { askers } from "./scenarios/askers.mjs";
import { browsers } from "./scenarios/browsers.mjs";
import { cache } from "./scenarios/cache.mjs";
import { deadlines } from "./scenarios/deadlines.mjs";
import { handlers } from "./scenarios/handlers.mjs";
import { many } from "./scenarios/many.mjs";
import { outages } from "./scenarios/outages.mjs";
import { people } from "./scenarios/people.mjs";
import { requests } from "./scenarios/requests.mjs";

export const scenarios = {
  ...many,
  ...cache,
  ...askers,
  ...handlers,
  ...requests,
  ...deadlines,
  ...outages,
  ...browsers,
  ...people,
};
