import { rmSync } from 'node:fs'
import { build } from 'esbuild'

// `npm run build`: dist/server and dist/sandbox, each a program with everything it needs in a few files. Read one by one
// from node_modules, the same takes Node more than a second longer to start. Types are the type check's business.

// Of these packages a program needs little, and loading all of them is a fifth of its start: what it needs, by name.
const NEEDED = {
  undici: `
    export { default as Client } from 'undici/lib/dispatcher/client.js'
    export { default as Pool } from 'undici/lib/dispatcher/pool.js'
    export { default as buildConnector } from 'undici/lib/core/connect.js'
    export { default as errors } from 'undici/lib/core/errors.js'`,
  // Pothos' plugin would print with it; src/graphql/subgraph.ts prints instead, and loads what it takes when it does.
  '@apollo/subgraph': 'export const printSubgraphSchema = undefined',
}

const onlyWhatIsNeeded = {
  name: 'only what is needed',
  setup(build) {
    build.onResolve({ filter: new RegExp(`^(?:${Object.keys(NEEDED).join('|')})$`) }, ({ path }) => ({
      path,
      namespace: 'needed',
      sideEffects: false,
    }))
    build.onLoad({ filter: /./, namespace: 'needed' }, ({ path }) => ({
      contents: NEEDED[path],
      resolveDir: import.meta.dirname,
    }))
  },
}

const common = {
  plugins: [onlyWhatIsNeeded],
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
  external: ['libsql', 'pg', '@opentelemetry/*'],
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
