import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { parse } from 'yaml'

const read = (path: string): string => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8')

interface Alert {
  readonly alert: string
  readonly labels: Readonly<Record<string, string>>
  readonly annotations: Readonly<Record<string, string>>
}

const { groups } = parse(read('examples/prometheus/rules.yml')) as {
  readonly groups: readonly { readonly rules: readonly Alert[] }[]
}
const alerts = groups.flatMap(({ rules }) => rules)

it.each(alerts)('$alert says in both languages what is wrong, how urgent it is, and what to do', (rule) => {
  const { labels, annotations } = rule
  expect(labels).toEqual({ severity: expect.stringMatching(/^(critical|warning)$/) })
  expect(annotations['summary']).toMatch(/\.$/)
  expect(annotations['summary_ko']).toMatch(/[가-힣].*\.$/)
  expect(annotations['runbook_url']).toBe(`https://docs.example/docs/en/runbook.md#${rule.alert.toLowerCase()}`)
})

it.each(['en', 'ko'])('the runbook (%s) has a section for each alert, in their order, and for no other', (language) => {
  const sections = [...read(`docs/${language}/runbook.md`).matchAll(/^### (.+)$/gm)].map(([, name]) => name)
  expect(sections).toEqual(alerts.map(({ alert }) => alert))
})
