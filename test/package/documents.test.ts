import { readFileSync } from 'node:fs'
import { beforeAll, expect, it } from 'vitest'
import { type Consumer, createConsumer } from '../support/package/packed.ts'

let consumer: Consumer
beforeAll(async () => {
  consumer = await createConsumer()
})

const DOCUMENTS = ['docs/en/testing.md', 'docs/ko/testing.md']

it.each(DOCUMENTS)('what %s shows runs in a project that has the package', (path) => {
  const text = readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8')
  const [, code = ''] = /^```js\n(.+?)^```$/ms.exec(text) ?? []
  consumer.write('payments.test.mjs', code)
  expect(consumer.node('--test', '--test-reporter=tap', 'payments.test.mjs')).toMatch(/^# pass 4$/m)
})
