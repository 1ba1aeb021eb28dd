// KavachOS is mounted at /api/kavach of the same site.
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

const proxy = { "/api/kavach": new URL(process.env.KAVACHOS_URL ?? "http://127.0.0.1:3000").origin };
export default defineConfig({ plugins: [react()], server: { proxy }, preview: { proxy } });
