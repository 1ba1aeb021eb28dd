import { defineConfig } from "vite";
import { connectSrcOf, policyElement } from "./security-policy.mjs";

export default defineConfig({
  build: {
    outDir: "../../.build/dashboard",
    emptyOutDir: true,
    target: "es2023",
    // Under `img-src 'self'` and with long caching there is nothing to gain from data URLs.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  plugins: [
    {
      name: "content-security-policy",
      // While one develops, Vite itself needs inline scripts and a socket.
      apply: "build",
      transformIndexHtml: (html) =>
        html.replace(
          '<meta charset="utf-8" />',
          (first) => `${first}\n    ${policyElement(connectSrcOf(process.env))}`,
        ),
    },
  ],
});
