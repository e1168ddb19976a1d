import { readFileSync } from 'node:fs'
import type { Language } from '../reference/markdown.ts'

/** What `npm run bench` wrote of one mode: when and where, and what it found. */
interface Circumstances {
  readonly date: string
  readonly machine: { readonly node: string }
  /** How much of the machine's cores other programs used before it began. */
  readonly othersShare: number
}

const BUSY_SHARE = 0.1

/** Reads the results of a mode; which fields they have, its own table knows. */
export function resultsOf<Found>(mode: string): Circumstances & Found {
  const path = new URL(`../../bench/results/${mode}.json`, import.meta.url)
  return JSON.parse(readFileSync(path, 'utf8')) as Circumstances & Found
}

/** When something was measured, on which Node.js, and whether the machine had time for it. */
export function measuredOn({ date, machine, othersShare }: Circumstances, language: Language): string {
  const percent = Math.round(othersShare * 100)
  const isBusy = othersShare > BUSY_SHARE
  return language === 'en'
    ? `Measured on ${date}, Node.js ${machine.node}${isBusy ? `, while other programs used ${percent} % of the machine` : ''}.`
    : `측정: ${date}, Node.js ${machine.node}${isBusy ? `. 다른 프로그램이 장비의 ${percent}%를 쓰고 있었습니다` : ''}.`
}

/** A figure as a reader of a table wants it: two digits and more, none of them for show. */
export const figure = (value: number): string =>
  value >= 100 ? String(Math.round(value)) : String(Number(value.toPrecision(2)))
