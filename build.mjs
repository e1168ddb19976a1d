import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { build } from 'esbuild'

// `npm run build`: dist/server and dist/sandbox, each a program with everything it needs in a few files. Read one by one
// from node_modules, the same takes Node more than a second longer to start. Types are the type check's business.

const ROOT = import.meta.dirname

// Of these packages a program needs little, and loading all of them is a fifth of its start: what it needs, by name.
const NEEDED = {
  undici: `
    export { default as Client } from 'undici/lib/dispatcher/client.js'
    export { default as Pool } from 'undici/lib/dispatcher/pool.js'
    export { default as buildConnector } from 'undici/lib/core/connect.js'
    export { default as errors } from 'undici/lib/core/errors.js'`,
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
      resolveDir: ROOT,
    }))
  },
}

// Nine megabytes that only a browser's visit needs: a file of its own.
const GRAPHIQL = { package: '@graphql-yoga/render-graphiql', file: 'graphiql-page' }

const graphiqlApart = {
  name: 'GraphiQL apart',
  setup(build) {
    build.onResolve({ filter: new RegExp(`^${GRAPHIQL.package}$`) }, ({ kind }) =>
      kind === 'entry-point' ? undefined : { path: `./${GRAPHIQL.file}.cjs`, external: true },
    )
  },
}

// undici gives what it makes of each connection a getter of its own. V8 keeps such a getter in a hidden class among the old
// objects, and with it the socket and all it leads to, until the next large collection; one on a prototype keeps nothing.
const SHARED_GETTER = {
  file: /undici[\\/]lib[\\/]dispatcher[\\/]client-h1\.js$/,
  own: /get destroyed \(\) \{\s+return socket\.destroyed\s+\},/g,
  inherited: 'socket, __proto__: connection,',
  prototype: '\nconst connection = { get destroyed () { return this.socket.destroyed } }\n',
}

const connectionsShareTheirGetter = {
  name: 'connections share their getter',
  setup(build) {
    build.onLoad({ filter: SHARED_GETTER.file }, ({ path }) => {
      const source = readFileSync(path, 'utf8')
      if (source.match(SHARED_GETTER.own)?.length !== 1) throw new Error(`${path} has changed: is this still needed?`)
      return { contents: source.replace(SHARED_GETTER.own, SHARED_GETTER.inherited) + SHARED_GETTER.prototype }
    })
  },
}

const common = {
  plugins: [onlyWhatIsNeeded, graphiqlApart, connectionsShareTheirGetter],
  bundle: true,
  platform: 'node',
  target: 'node20',
  charset: 'ascii',
  sourcemap: true,
  minifyWhitespace: true,
  minifySyntax: true,
  // Native, or loaded only where it is configured.
  external: ['@photostructure/sqlite', 'pg', '@opentelemetry/*'],
  logLevel: 'warning',
  metafile: true,
}

/** Scripts, because V8's compiled code can be kept for these only: all files find each other by their own place. */
const script = {
  ...common,
  format: 'cjs',
  outExtension: { '.js': '.cjs' },
  define: { 'import.meta.url': 'urlOfThisFile' },
  banner: { js: 'const urlOfThisFile=require("node:url").pathToFileURL(__filename).href;' },
  supported: {
    // What is loaded late stands in the same file, or is required.
    'dynamic-import': false,
    // Node has them; esbuild would have such an expression compiled anew for each text.
    'regexp-unicode-property-escapes': true,
  },
}

// What is asked at the warm-up: a lookup, and something that changes the world.
const USUAL = [
  '{ cardPrefix(prefix: "949094") { __typename ... on CardPrefix { merchantId } } }',
  `mutation { chargeMobileBillingKey(input: {
    orderId: "O-1", amount: 100, billingKey: "SANDBOX-MOBILEKEY-1", buyer: { name: "홍길동" }
  }) { __typename ... on MobilePayment { operationId } ... on PayApiFailure { message outcome } } }`,
]

const results = await Promise.all([
  build({
    ...script,
    entryPoints: { program: 'src/server/main.ts', [GRAPHIQL.file]: GRAPHIQL.package },
    outdir: 'dist/server',
  }),
  build({
    ...common,
    format: 'esm',
    entryPoints: {
      main: 'src/launch/main.ts',
      'warm-up': 'src/launch/warm-up.ts',
      'sqlite-worker': 'src/journal/sqlite-worker.ts',
    },
    outdir: 'dist/server',
  }),
  build({ ...common, format: 'esm', entryPoints: ['src/sandbox/main.ts'], outdir: 'dist/sandbox' }),
])
removeOthers(new Set(results.flatMap(({ metafile }) => Object.keys(metafile.outputs))))
await keepCompiledCode().catch((fault) => process.stderr.write(`No compiled code is kept: ${fault.message}\n`))

/** What earlier builds left. What is there still is written over and never away, for a facade that runs from it. */
function removeOthers(made) {
  for (const entry of readdirSync(join(ROOT, 'dist'), { recursive: true, withFileTypes: true })) {
    const file = join(entry.parentPath, entry.name)
    if (entry.isFile() && !made.has(relative(ROOT, file))) rmSync(file)
  }
}

/** Starts the facade once, with its own sandbox, asks it what callers ask, and has it keep what V8 compiled for that. */
async function keepCompiledCode() {
  const folder = mkdtempSync(join(tmpdir(), 'payapi-build-'))
  try {
    const child = spawn(process.execPath, [...startOptions(), 'dist/server/warm-up.js'], {
      cwd: ROOT,
      env: { PATH: process.env.PATH, HOST: '127.0.0.1', PORT: '0', PAYAPI_DATA_DIR: folder },
      stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
    })
    const ended = once(child, 'exit')
    try {
      const url = await Promise.race([urlFrom(child), ended.then(() => Promise.reject(new Error('it does not start')))])
      for (const query of USUAL) await ask(url, query)
      child.send('remember')
      const [code] = await ended
      if (code !== 0) throw new Error(`it ended with ${code}`)
    } finally {
      child.kill('SIGKILL')
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** The options of Node in the script `start`; V8 takes compiled code only with the same ones. */
function startOptions() {
  const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'))
  return scripts.start
    .match(/(?<=node )(?:--\S+ )*(?=dist\/server\/main\.js$)/)[0]
    .split(' ')
    .filter(Boolean)
}

/** Resolves to where the facade listens. What it says is read to its end: a log that nobody reads would end it. */
function urlFrom(child) {
  return new Promise((resolve) => {
    let said = ''
    child.stdout.on('data', (chunk) => {
      said += chunk
      const url = /GraphQL: (\S+)\n/.exec(said)?.[1]
      if (url !== undefined) resolve(url)
    })
  })
}

/** Asks as often as a caller's second request differs from the first. */
async function ask(url, query) {
  for (let time = 0; time < 3; time++) {
    const headers = { 'content-type': 'application/json', accept: 'application/json' }
    const answer = await fetch(url, { method: 'POST', headers, body: JSON.stringify({ query }) })
    if (!answer.ok) throw new Error(`it answers ${answer.status}: ${await answer.text()}`)
    await answer.arrayBuffer()
  }
}
