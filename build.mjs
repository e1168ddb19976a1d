import { rmSync } from 'node:fs'
import { build } from 'esbuild'

// `npm run build`: dist/server and dist/sandbox, each a program with everything it needs in a few files. Read one by one
// from node_modules, the same takes Node more than a second longer to start. Types are the type check's business.

const common = {
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'esm',
  splitting: true,
  // All files of a program stand side by side: they find each other, and the folder `schema`, by their own place.
  entryNames: '[name]',
  chunkNames: '[name]-[hash]',
  sourcemap: true,
  minifyWhitespace: true,
  minifySyntax: true,
  // Native, or loaded only where it is configured.
  external: ['libsql', 'pg-native', '@opentelemetry/*'],
  banner: {
    // For packages in CommonJS that load Node's own modules.
    js: "import{createRequire as createRequireOfBundle}from'node:module';const require=createRequireOfBundle(import.meta.url);",
  },
  logLevel: 'warning',
}

rmSync('dist', { recursive: true, force: true })
await build({
  ...common,
  entryPoints: ['src/server/main.ts', 'src/journal/sqlite-worker.ts'],
  outdir: 'dist/server',
})
await build({ ...common, entryPoints: ['src/sandbox/main.ts'], outdir: 'dist/sandbox' })
