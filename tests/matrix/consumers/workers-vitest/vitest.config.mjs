import { cloudflareTest } from "@cloudflare/vitest-pool-workers";

// With a configuration of wrangler's, as projects have it: it is what makes modules of `.wasm` files.
export default {
  plugins: [
    cloudflareTest({
      wrangler: { configPath: "wrangler.toml" },
      miniflare: { bindings: { SERVERS: process.env.SERVERS } },
    }),
  ],
  test: {
    // There, a plain fetch that is aborted counts as one, even if it is caught.
    onUnhandledError: ({ name }) => name !== "AbortError",
  },
};
