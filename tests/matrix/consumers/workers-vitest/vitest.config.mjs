import { cloudflareTest } from "@cloudflare/vitest-pool-workers";

export default {
  plugins: [
    cloudflareTest({ miniflare: { compatibilityDate: "2025-01-01", bindings: { SERVERS: process.env.SERVERS } } }),
  ],
};
