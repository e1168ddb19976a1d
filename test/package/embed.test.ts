import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { transformSync } from 'esbuild'
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { type Consumer, createConsumer } from '../support/package/packed.ts'
import { EventStream } from '../support/server/event-stream.ts'
import { aDeposit, form, MERCHANT, TOKENS } from '../support/server/notices.ts'
import { charge, post } from '../support/server/running-facade.ts'

// The examples of examples/embed as somebody has them who installs the package, each as a process of its own.

const EXAMPLES = join(import.meta.dirname, '../../examples/embed')
const NEXT = 'next/app/payments/[...path]/route'

const FRAMEWORKS = [
  'express',
  'fastify',
  'hono',
  '@hono/node-server',
  '@nestjs/core',
  '@nestjs/common',
  '@nestjs/platform-express',
  'reflect-metadata',
]
const TYPES = ['@types/node', '@types/express', 'undici-types', 'typescript']

const sourceOf = (name: string) => readFileSync(join(EXAMPLES, `${name}.ts`), 'utf8')

let consumer: Consumer

beforeAll(async () => {
  consumer = await createConsumer([...FRAMEWORKS, ...TYPES])
})

/** A program that is changed, where it is as it is thought to be. */
function changed(source: string, from: string, to: string): string {
  if (!source.includes(from)) throw new Error(`the example no longer has: ${from}`)
  return source.replace(from, to)
}

/** What Next.js does with a route: each method is a function of its own, and what is not under its path is the app's. */
const ASKED_LIKE_NEXT = `import { createServer } from 'node:http'
import { getRequestListener } from '@hono/node-server'
import * as route from './route.js'
const server = createServer(getRequestListener(async (request) => {
  const { pathname } = new URL(request.url)
  if (pathname.startsWith('/payments/')) return route[request.method](request)
  return pathname === '/orders' ? Response.json({ ordered: await request.json() }) : new Response('', { status: 404 })
}))
server.listen(0, '127.0.0.1', () => console.log(server.address()))
process.once('SIGTERM', () => server.close())`

interface Running {
  readonly origin: string
  /** Tells it to stop; resolves once it has. */
  stop(): Promise<unknown>
}

let programs = 0

/** Starts a program of TypeScript where the package is installed. It ends with the test. */
async function start(source: string): Promise<Running> {
  const folder = join(consumer.folder, `program-${++programs}`)
  mkdirSync(folder)
  const tsconfigRaw = { compilerOptions: { experimentalDecorators: true, emitDecoratorMetadata: true } }
  const write = (name: string, text: string) =>
    writeFileSync(join(folder, name), transformSync(text, { loader: 'ts', tsconfigRaw }).code)
  write('main.js', source)
  if (source === ASKED_LIKE_NEXT) write('route.js', sourceOf(NEXT))
  const child = spawn(process.execPath, ['main.js'], {
    cwd: folder,
    env: { PATH: process.env['PATH'], PORT: '0', NOTICE_TOKEN: TOKENS.deposit },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  const ended = once(child, 'exit')
  let output = ''
  const port = await new Promise<string>((resolve, reject) => {
    const read = (bytes: Buffer) => {
      output += bytes.toString()
      const found = /port: (\d+)/.exec(output)?.[1]
      if (found !== undefined) resolve(found)
    }
    child.stdout.on('data', read)
    child.stderr.on('data', read)
    void ended.then(() => reject(new Error(`ended before it listened:\n${output}`)))
  })
  return {
    origin: `http://127.0.0.1:${port}`,
    stop() {
      child.kill('SIGTERM')
      return ended
    },
  }
}

const LOOK_UP = { query: '{ result: cardPrefix(prefix: "949094") { __typename } }' }
const NOTICES =
  'query ($filter: PayApiNoticeFilter) { result: notices(filter: $filter, first: 9) { edges { node { payerName } } } }'
const CHANGED = 'subscription ($id: ID!) { changed: paymentOperationChanged(id: $id) { id state } }'

const notify = async (base: string, fields: Readonly<Record<string, string>>) => {
  const answer = await fetch(`${base}/pg/notices/deposit/${MERCHANT}/${TOKENS.deposit}`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: form(fields),
  })
  return [answer.status, await answer.text()]
}

/** GraphQL with everything about it: the page, a query, a charge once, and a subscription, which it resolves to. */
async function useGraph(graph: string): Promise<EventStream> {
  const page = await fetch(graph, { headers: { accept: 'text/html' } })
  expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8'])
  const [, script = ''] = /<script[^>]* src="([^"]+)"/.exec(await page.text()) ?? []
  const loaded = await fetch(new URL(script, graph))
  expect([loaded.status, loaded.headers.get('content-type')]).toEqual([200, expect.stringContaining('javascript')])
  await loaded.arrayBuffer()

  expect(await post(graph, LOOK_UP)).toEqual({ __typename: 'CardPrefix' })
  const paid = await post(graph, charge('ORDER-1', { idempotencyKey: 'pay-1' }))
  expect(paid).toMatchObject({ __typename: 'CardPayment', orderId: 'ORDER-1' })
  expect(await post(graph, charge('ORDER-1', { idempotencyKey: 'pay-1' }))).toEqual(paid)
  const { operationId: id } = paid
  const stream = await EventStream.open(graph, { query: CHANGED, variables: { id } })
  expect((await stream.next())?.data).toEqual({ changed: { id, state: 'SUCCEEDED' } })
  return stream
}

/** Whoever is subscribed is told that it stops, and it does. */
async function stopInOrder({ stop }: Running, stream: EventStream): Promise<void> {
  const stopped = stop()
  expect((await stream.next())?.errors).toEqual([expect.objectContaining({ extensions: { code: 'SHUTTING_DOWN' } })])
  await stopped
}

/** What is not the package's is the application's: its paths, and its parser. */
async function useApplication(origin: string): Promise<void> {
  const missing = await fetch(`${origin}/nothing`, { headers: { accept: 'application/json' } })
  expect(missing.status).toBe(404)
  expect(await missing.text()).not.toContain('NOT_FOUND')
  const ordered = await fetch(`${origin}/orders`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{"goods":"coffee"}',
  })
  expect(await ordered.json()).toEqual({ ordered: { goods: 'coffee' } })
}

describe.each([
  ['express', () => sourceOf('express'), ''],
  ['fastify', () => sourceOf('fastify'), ''],
  ['hono', () => sourceOf('hono'), ''],
  ['nest', () => sourceOf('nest'), ''],
  ['next', () => ASKED_LIKE_NEXT, '/payments'],
])('the example for %s', (_, source, path) => {
  it('serves GraphQL, GraphiQL and subscriptions, charges once, takes notices in, and leaves the rest to the application', async () => {
    const running = await start(source())
    const { origin } = running
    const base = `${origin}${path}`
    expect((await fetch(`${base}/health/ready`)).status).toBe(200)
    const stream = await useGraph(`${base}/graphql`)
    const deposit = aDeposit()
    expect(await notify(base, deposit)).toEqual([200, 'OK'])
    const filter = { orderId: deposit['no_oid'] }
    expect(await post(`${base}/graphql`, { query: NOTICES, variables: { filter } })).toEqual({
      edges: [{ node: { payerName: '김하나' } }],
    })
    await useApplication(origin)
    await stopInOrder(running, stream)
  })
})

const BEHIND_PARSERS: readonly (readonly [string, string, () => string])[] = [
  [
    'Express',
    'express',
    () => changed(sourceOf('express'), 'express()\n', 'express()\napp.use(express.json(), express.urlencoded())\n'),
  ],
  [
    'Fastify, which are told of what was parsed,',
    'fastify',
    () =>
      changed(
        sourceOf('fastify'),
        "app.addHook('onRequest', (request, reply, next) => payments.nodeHandler(request.raw, reply.raw, next))",
        `app.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_, body, done) => done(null, Object.fromEntries(new URLSearchParams(body))))
for (const path of ['/graphql', '/graphql/*', '/pg/*']) {
  app.all(path, (request, reply) => payments.nodeHandler(Object.assign(request.raw, { body: request.body }), reply.hijack().raw))
}`,
      ),
  ],
  [
    'Nest',
    'nest',
    () =>
      changed(
        sourceOf('nest'),
        'app.use(payments.nodeHandler)',
        "app.useBodyParser('json')\napp.useBodyParser('urlencoded', { extended: false })\napp.use(payments.nodeHandler)",
      ),
  ],
]

describe.each(BEHIND_PARSERS)('behind the body parsers of %s', (_, __, source) => {
  it('GraphQL is served, and a notice, whose charset is lost, has to come again', async () => {
    const running = await start(source())
    const { origin } = running
    const stream = await useGraph(`${origin}/graphql`)
    expect(await notify(origin, aDeposit())).toEqual([500, 'FAIL'])
    await useApplication(origin)
    await stopInOrder(running, stream)
  })
})

it('behind the parser of Fastify, of which nobody tells it, a request is refused at once with the reason', async () => {
  const { origin } = await start(
    changed(
      sourceOf('fastify'),
      "app.addHook('onRequest', (request, reply, next) => payments.nodeHandler(request.raw, reply.raw, next))",
      "app.all('/graphql', (request, reply) => payments.nodeHandler(request.raw, reply.hijack().raw))",
    ),
  )
  const answer = await fetch(`${origin}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(LOOK_UP),
  })
  expect(answer.status).toBe(500)
  expect(await answer.json()).toMatchObject({ errors: [{ extensions: { code: 'BODY_ALREADY_READ' } }] })
})

it('the examples compile, strictly, against the declarations of the package', () => {
  for (const name of ['express', 'fastify', 'hono', 'nest']) consumer.write(`${name}.ts`, sourceOf(name))
  consumer.write('route.ts', sourceOf(NEXT))
  const compilerOptions = {
    strict: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    experimentalDecorators: true,
    skipLibCheck: true,
    noEmit: true,
    target: 'ES2022',
    lib: ['ES2023', 'DOM', 'DOM.Iterable'],
    module: 'NodeNext',
    types: ['node'],
  }
  consumer.write('tsconfig.json', JSON.stringify({ compilerOptions, include: ['*.ts'] }))
  expect(consumer.node('node_modules/typescript/bin/tsc', '-p', '.')).toBe('')
})
