import { readFileSync } from 'node:fs'
import { beforeAll, expect, it } from 'vitest'
import { type Consumer, createConsumer } from '../support/package/packed.ts'

let consumer: Consumer
beforeAll(async () => {
  consumer = await createConsumer()
})

/** Runs the first program that a document shows; what it prints. */
function run(path: string, ...args: readonly string[]): string {
  const text = readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8')
  const [, name = '', code = ''] = /^```js\n\/\/ (\S+)\n(.+?)^```$/ms.exec(text) ?? []
  consumer.write(name, code)
  return consumer.node(...args, name)
}

it.each(['docs/en/testing.md', 'docs/ko/testing.md'])(
  'the tests that %s shows pass where the package is installed',
  (path) => {
    expect(run(path, '--test', '--test-reporter=tap')).toMatch(/^# pass 4$/m)
  },
)

it.each(['docs/en/client.md', 'docs/ko/client.md'])('the program that %s shows charges and refunds', (path) => {
  expect(run(path)).toBe('paid ORDER-1 1004\nPartialPaymentCancellation\n')
})
