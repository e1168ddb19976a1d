import { defineConfig } from 'vite'

export default defineConfig({
  // In this repository the package is its sources, as tsconfig.json says. Where it is installed, neither is needed.
  resolve: { tsconfigPaths: true },
  // While you work at the page: `npx vite examples/shop` beside `npm run shop`.
  server: { proxy: { '^/(api|admin/api|pg|s)/': 'http://127.0.0.1:4020' } },
})
