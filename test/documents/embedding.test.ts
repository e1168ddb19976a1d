import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'

const ROOT = join(import.meta.dirname, '../..')
const EXAMPLES = join(ROOT, 'examples/embed')

const blocksOf = (language: string): readonly string[] => {
  const text = readFileSync(join(ROOT, `docs/${language}/embedding.md`), 'utf8')
  return [...text.matchAll(/^```ts\n([\s\S]*?)^```/gm)].map(([, code = '']) => code)
}

const examples = readdirSync(EXAMPLES, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'))

it.each(['en', 'ko'])('docs/%s/embedding.md shows each example as it is, and nothing else', (language) => {
  expect(blocksOf(language).toSorted()).toEqual(
    examples.map((name) => readFileSync(join(EXAMPLES, name), 'utf8')).toSorted(),
  )
  expect(examples).toHaveLength(6)
})
