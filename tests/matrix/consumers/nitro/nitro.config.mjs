export default {
  srcDir: "server",
  preset: "cloudflare_module",
  compatibilityDate: "2025-01-01",
  experimental: { wasm: true },
};
