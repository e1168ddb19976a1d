import { closeSync, existsSync, fsyncSync, openSync, rmSync, writeSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Config } from '../../config/index.ts'
import { parseStoreUrl } from '../../journal/open-store.ts'
import type { OperationStore } from '../../journal/operation-store.ts'
import { EARLIER_JOURNAL, NO_JOURNAL, StoreRefusedError } from '../../journal/store.ts'
import { newId } from '../../lib/ids.ts'
import { checkJournalPath } from '../../server/journal/journal-files.ts'
import { StartError } from '../../server/lifecycle/start-error.ts'
import { JournalAccessError, openExistingJournal } from '../existing-journal.ts'
import { type Finding, missing, ok, warning } from './finding.ts'

const SUBJECT = 'PAYAPI_STORE_URL'
const FILE_SUBJECT = 'PAYAPI_DATA_DIR'

/** Whether the journal can be opened and written; nothing of it stays, and none is made. */
export async function journalFindings(config: Config): Promise<readonly Finding[]> {
  const storeUrl = config.journal?.storeUrl
  if (storeUrl === undefined) return []
  const location = parseStoreUrl(storeUrl)
  if (location.kind === 'postgres') return [await usable(config, false)]
  const place = placeFinding(location.path)
  if (place.status !== 'ok' || !existsSync(location.path)) return [place]
  return [await usable(config, location.mode === 'exclusive')]
}

/** Where the first start makes the file. */
function placeFinding(path: string): Finding {
  try {
    checkJournalPath(path)
    const folder = dirname(path)
    if (existsSync(folder)) probe(join(folder, `.probe-${newId()}`))
  } catch (error) {
    const reason =
      error instanceof StartError ? error.message : `cannot be written (${(error as NodeJS.ErrnoException).code})`
    const text = reason.replace(/^PAYAPI_DATA_DIR or PAYAPI_STORE_URL: /, '')
    return missing(FILE_SUBJECT, 'stores', text, `저널을 둘 수 없습니다: ${text}`)
  }
  return ok(
    FILE_SUBJECT,
    'stores',
    'there is no journal yet, and the first start can make it there.',
    '아직 저널이 없으며, 처음 시작할 때 만들 수 있습니다.',
  )
}

function probe(file: string): void {
  try {
    const opened = openSync(file, 'wx', 0o600)
    try {
      writeSync(opened, 'probe')
      fsyncSync(opened)
    } finally {
      closeSync(opened)
    }
  } finally {
    rmSync(file, { force: true })
  }
}

async function usable(config: Config, isExclusive: boolean): Promise<Finding> {
  let store: OperationStore | undefined
  try {
    const opened = openExistingJournal(config)
    store = opened.store
    await store.verify()
    return ok(SUBJECT, 'stores', 'the journal can be opened and written.', '저널을 열고 쓸 수 있습니다.')
  } catch (error) {
    return unusable(error as Error, isExclusive)
  } finally {
    await store?.close()
  }
}

function unusable(error: Error, isExclusive: boolean): Finding {
  const { message } = error
  if (message === NO_JOURNAL) {
    return ok(
      SUBJECT,
      'stores',
      'the database is there, and has no journal yet.',
      '데이터베이스에 연결되며, 아직 저널이 없습니다.',
    )
  }
  if (message === EARLIER_JOURNAL) {
    return warning(
      SUBJECT,
      'stores',
      'the journal is of an earlier version; the next start upgrades it. Make a backup first.',
      '저널이 이전 버전입니다. 다음 시작에서 업그레이드하므로 먼저 백업하십시오.',
    )
  }
  if (error instanceof StoreRefusedError) {
    return missing(SUBJECT, 'journalGone', `${message}.`, `저널을 사용할 수 없습니다: ${message}.`)
  }
  if (error instanceof JournalAccessError || error instanceof StartError) {
    return missing(SUBJECT, 'stores', message, `저널을 열 수 없습니다: ${message}`)
  }
  if (isExclusive) {
    return warning(
      SUBJECT,
      'stores',
      'a server has the journal for itself (mode=exclusive), so it was not looked at.',
      '서버가 저널을 단독으로 사용 중이어서(mode=exclusive) 확인하지 않았습니다.',
    )
  }
  return missing(
    SUBJECT,
    'stores',
    `the journal cannot be used now: ${message}.`,
    `저널을 지금 사용할 수 없습니다: ${message}.`,
  )
}
