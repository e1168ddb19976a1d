import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { parse, parseAllDocuments } from 'yaml'
import { type Config, readConfig } from '../../src/config/index.ts'

const EXAMPLES = join(import.meta.dirname, '../../examples')
const secrets = mkdtempSync(join(tmpdir(), 'payapi-examples-'))
afterAll(() => rmSync(secrets, { recursive: true, force: true }))

const SECRETS: Readonly<Record<string, string>> = {
  'merchants.json': JSON.stringify([{ mid: 'shop', signKey: 's', apiKey: 'k'.repeat(32), apiIv: 'i'.repeat(16) }]),
  'journal-keys': Buffer.alloc(32, 7).toString('base64'),
  'api-keys.json': JSON.stringify([{ id: 'shop', hash: 'a'.repeat(64), scopes: ['payments:charge'] }]),
}
for (const [name, text] of Object.entries(SECRETS)) writeFileSync(join(secrets, name), text)

type Env = Readonly<Record<string, string | number>>

/** As the container has it: what the image sets, what the example sets, and the files of secrets that it mounts. */
function configOf(env: Env): Config {
  const image = Object.fromEntries(
    [...readFileSync(join(EXAMPLES, '../Dockerfile'), 'utf8').matchAll(/^(?:ENV)? +(\w+)=(\S+?)(?: \\)?$/gm)].map(
      ([, name = '', value]) => [name, value],
    ),
  )
  const given = Object.entries(env).map(([name, value]) => {
    const text = String(value).replace(/\$\{\w+:\?\}/, 'secret')
    return [name, name.endsWith('_FILE') ? join(secrets, text.slice(text.lastIndexOf('/') + 1)) : text]
  })
  return readConfig({ ...image, ...Object.fromEntries(given) })
}

/** The least that a container must be given to stop, seconds. */
const secondsToStop = ({ serving: { stopDelayMs, drainMs } }: Config): number => (stopDelayMs + drainMs) / 1_000 + 10

interface Manifest {
  readonly kind: string
  readonly data: Env
  readonly spec: {
    readonly replicas: number
    readonly template: { readonly spec: PodSpec }
    readonly volumeClaimTemplates?: readonly unknown[]
  }
}

interface PodSpec {
  readonly terminationGracePeriodSeconds: number
  readonly containers: readonly [
    Readonly<Record<'readinessProbe' | 'livenessProbe', { readonly httpGet: object }>> & {
      readonly env?: readonly { readonly name: string }[]
      readonly ports: readonly { readonly name: string; readonly containerPort: number }[]
    },
  ]
}

const manifests = (file: string): readonly Manifest[] =>
  parseAllDocuments(readFileSync(join(EXAMPLES, 'kubernetes', file), 'utf8')).map((document) => {
    expect(document.errors).toEqual([])
    return document.toJS() as Manifest
  })

const only = (list: readonly Manifest[], ...kinds: readonly string[]): Manifest => {
  const found = list.filter(({ kind }) => kinds.includes(kind))
  if (found[0] === undefined || found.length > 1) throw new Error(`not one ${kinds}`)
  return found[0]
}

it.each(['one-instance.yaml', 'several-instances.yaml'])(
  'kubernetes/%s configures a server that starts, is asked how it is, and has time to stop',
  (file) => {
    const list = manifests(file)
    const { spec: pod } = only(list, 'StatefulSet', 'Deployment').spec.template
    const [container] = pod.containers
    const env = Object.fromEntries((container.env ?? []).map(({ name }) => [name, 'postgres://payapi@database/payapi']))
    const config = configOf({ ...only(list, 'ConfigMap').data, ...env })
    expect(pod.terminationGracePeriodSeconds).toBeGreaterThanOrEqual(secondsToStop(config))
    expect(container.readinessProbe.httpGet).toEqual({ path: '/health/ready', port: 'http' })
    expect(container.livenessProbe.httpGet).toEqual({ path: '/health/live', port: 'http' })
    expect(container.ports).toEqual([
      { name: 'http', containerPort: config.port },
      { name: 'metrics', containerPort: config.metrics?.port },
    ])
    expect(config).toMatchObject({ environment: 'production', host: '0.0.0.0', metrics: { host: '0.0.0.0' } })
  },
)

it('with SQLite on Kubernetes there is one instance, and its journal outlives it', () => {
  const { spec } = only(manifests('one-instance.yaml'), 'StatefulSet')
  expect(spec).toMatchObject({ replicas: 1, persistentVolumeClaimRetentionPolicy: { whenDeleted: 'Retain' } })
  expect(spec.volumeClaimTemplates).toMatchObject([{ spec: { accessModes: ['ReadWriteOncePod'] } }])
})

interface Compose {
  readonly services: { readonly facade: { readonly stop_grace_period: string; readonly environment: Env } }
}

it.each(readdirSync(join(EXAMPLES, 'docker')))(
  'docker/%s configures a server that starts and has time to stop',
  (file) => {
    const { services } = parse(readFileSync(join(EXAMPLES, 'docker', file), 'utf8')) as Compose
    const { stop_grace_period: grace, environment } = services.facade
    const config = configOf(environment)
    expect(Number(/^(\d+)s$/.exec(grace)?.[1])).toBeGreaterThanOrEqual(secondsToStop(config))
    expect(config.journal?.storeUrl).toMatch(file === 'one-instance.yaml' ? /^file:/ : /^postgres:/)
  },
)
