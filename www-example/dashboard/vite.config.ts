import { defineConfig } from "vite";

export default defineConfig({
  build: {
    outDir: "../../.build/dashboard",
    emptyOutDir: true,
    target: "es2023",
    // Under `img-src 'self'` and with long caching there is nothing to gain from data URLs.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
});
