import { format, inspect } from 'node:util'
import { expect, test } from 'vitest'
import { Secret } from '../../src/lib/secret.ts'

const secret = new Secret('hunter2-value')

const WAYS: readonly [what: string, print: (value: unknown) => string][] = [
  ['String()', String],
  ['a template', (value) => `${value}`],
  ['concat', (value) => ''.concat(value as string)],
  ['JSON.stringify', (value) => JSON.stringify(value)],
  ['JSON.stringify with indents', (value) => JSON.stringify({ deep: [value] }, null, 2)],
  ['util.inspect', (value) => inspect(value)],
  ['util.inspect of hidden things', (value) => inspect({ deep: [value] }, { showHidden: true, depth: 9 })],
  ['util.format with %s', (value) => format('%s', value)],
  ['util.format with %o', (value) => format('%o', value)],
  ['util.format with %j', (value) => format('%j', value)],
  ['joining a list', (value) => [value].join()],
  ['listing its properties', (value) => JSON.stringify(Object.getOwnPropertyDescriptors(value as object))],
  ['a copy of it', (value) => JSON.stringify({ ...(value as object) })],
  ['the message of an error', (value) => new Error(`got ${value}`).message],
]

for (const [what, print] of WAYS) {
  test(`${what} does not show a secret`, () => {
    const text = print(secret)
    expect(text).not.toContain('hunter2')
  })
}

test('what is shown says that something is hidden', () => {
  expect(`${secret} ${JSON.stringify(secret)} ${inspect(secret)}`).toBe('[secret] "[secret]" [secret]')
})

test('only asking for it gives the value', () => {
  expect(secret.reveal()).toBe('hunter2-value')
})

test('a structured clone of a secret has no value', () => {
  expect(JSON.stringify(structuredClone({ secret }))).not.toContain('hunter2')
})
