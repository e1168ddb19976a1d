import { expect } from 'vitest'
import { type CallOptions, type InvalidInput, SERVICES, type ServiceName } from '../../../src/payapi/index.ts'
import { FIXTURES } from '../../services/index.generated.ts'
import { clientFor, settle, watchStarts } from './client.ts'
import { startRawServer } from './raw-server.ts'

/** A copy of an input with another value at a path such as `card.number`. */
export function changed(input: object, path: string, value: unknown): Record<string, unknown> {
  const [name = '', ...rest] = path.split('.')
  const inner = (input as Record<string, unknown>)[name]
  return { ...input, [name]: rest.length === 0 ? value : changed(inner as object, rest.join('.'), value) }
}

/** The full example of a service with other values at some paths. */
export function example(name: ServiceName, changes: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const start: Record<string, unknown> = { ...FIXTURES[name].full.input }
  return Object.entries(changes).reduce((input, [path, value]) => changed(input, path, value), start)
}

/** Calls a service whose input must be rejected; checks that nothing was sent, and returns the failure. */
export async function rejected(name: ServiceName, input: unknown, options?: CallOptions): Promise<InvalidInput> {
  const server = await startRawServer(() => {})
  const starts = watchStarts(server.url)
  const ending = await clientFor(server.url).call(SERVICES[name], input, options)
  await settle()
  expect(server.connections.all).toHaveLength(0)
  expect(starts.all).toHaveLength(0)
  expect(ending).toMatchObject({ type: 'PayApiInvalidInput', outcome: 'NOT_PROCESSED', retryable: false })
  return ending as InvalidInput
}

/** What is wrong, as `path code`. */
export const issuesOf = ({ issues }: InvalidInput) => issues.map(({ path, code }) => `${path.join('.')} ${code}`)

/** Checks that one value in the full example is refused with one code, and that no message quotes it. */
export async function expectRefused(name: ServiceName, path: string, value: unknown, code: string): Promise<void> {
  const ending = await rejected(name, example(name, { [path]: value }))
  expect(issuesOf(ending)).toEqual([`${path} ${code}`])
  const quoted = String(typeof value === 'object' ? JSON.stringify(value) : value)
  for (const { message } of [ending, ...ending.issues]) {
    if (quoted.trim().length > 2) expect(message).not.toContain(quoted)
  }
}

/** Checks that values in the full example are taken; returns the form in clear, as far as it is sent in clear. */
export function accepted(name: ServiceName, changes: Readonly<Record<string, unknown>>) {
  const client = clientFor('http://127.0.0.1:1')
  const prepared = client.prepare(SERVICES[name], example(name, changes))
  if ('type' in prepared) expect.fail(`refused: ${issuesOf(prepared)}`)
  return prepared.form
}
