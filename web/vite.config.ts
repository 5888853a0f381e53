import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

/** Where the service serves the built client from; `hatch_build.py` reads it here. */
const BUILT = "../api/front/client";

export default defineConfig({
  plugins: [react()],
  resolve: { alias: { "@": fileURLToPath(new URL("./src", import.meta.url)) } },
  css: { transformer: "lightningcss", modules: { localsConvention: "camelCaseOnly" } },
  build: {
    outDir: BUILT,
    emptyOutDir: true,
    target: ["chrome94", "safari15", "firefox95"],
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  server: { proxy: { "/api": "http://127.0.0.1:8765", "/subscribe": "http://127.0.0.1:8765" } },
  test: { environment: "node", include: ["tests/**/*.test.ts"] },
});
