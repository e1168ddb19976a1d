import { readFileSync } from 'node:fs'
import { LANGUAGES, type Language } from '../reference/markdown.ts'
import { storeTable, upgradeTable } from './journal.ts'
import { concurrencyTable, growthTable, memoryTable, streamsTable, workersTable } from './load.ts'
import { cpuTable, latencyTable } from './requests.ts'

/** The tables of the documents that are made from what `npm run bench` found, by the name in their marker. */
const FIGURES: Readonly<Record<string, (language: Language) => string>> = {
  cpu: cpuTable,
  latency: latencyTable,
  stores: storeTable,
  upgrade: upgradeTable,
  growth: growthTable,
  concurrency: concurrencyTable,
  workers: workersTable,
  streams: streamsTable,
  memory: memoryTable,
}

const BLOCK = /(<!-- figures: (\w+) -->\n)[\s\S]*?(\n<!-- \/figures -->)/g

/** The documents with figures, by their paths, as they are to be. Throws where a marker names no table. */
export function figureFiles(): Readonly<Record<string, string>> {
  return Object.fromEntries(
    LANGUAGES.map((language) => {
      const path = `docs/${language}/performance.md`
      const text = readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8')
      return [
        path,
        text.replaceAll(
          BLOCK,
          (_, begin: string, name: string, end: string) => `${begin}\n${tableOf(name, language)}\n${end}`,
        ),
      ]
    }),
  )
}

function tableOf(name: string, language: Language): string {
  const table = FIGURES[name]
  if (table === undefined)
    throw new Error(`docs/${language}/performance.md asks for figures that there are not: ${name}`)
  return table(language)
}
