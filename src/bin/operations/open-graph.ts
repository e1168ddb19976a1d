import type { Given } from '../command-line/command.ts'
import { UsageError } from '../command-line/usage-error.ts'
import type { Graph } from './graph.ts'

/** Whom the command line says to ask. `by` is who asks, where the journal itself is opened. */
export async function openGraph(given: Given, by: string): Promise<Graph> {
  const url = given.value('url')
  const keyFile = given.value('key-file')
  if (url !== undefined) return (await import('./server-graph.ts')).openServerGraph(url, keyFile)
  if (keyFile !== undefined) {
    throw new UsageError({ en: '--key-file needs --url.', ko: '--key-file에는 --url이 필요합니다.' })
  }
  return (await import('./journal-graph.ts')).openJournalGraph(by)
}
