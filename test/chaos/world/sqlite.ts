import {
  closeSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import type { StoreWorld } from '../campaign.ts'
import { diskTroubles, type Trouble, type Undo } from './trouble.ts'

/** The journal in a file, which two facades share. */
export function sqliteWorld(folder: string): StoreWorld {
  const journalFolder = join(folder, 'journal')
  const kept = join(folder, 'kept')
  for (const made of [journalFolder, kept]) mkdirSync(made)
  const file = join(journalFolder, 'journal.db')
  const log = `${file}-wal`
  const databaseFiles = () => readdirSync(journalFolder).filter((name) => name.startsWith('journal.db'))

  const fileGone: Trouble = {
    name: 'the journal file is gone',
    strike() {
      const names = databaseFiles()
      for (const name of names) renameSync(join(journalFolder, name), join(kept, name))
      return () => {
        for (const name of names) renameSync(join(kept, name), join(journalFolder, name))
      }
    },
  }
  /** Something is done to the files of a journal that nobody has open; undone, they are what they were. */
  const atRest = (name: string, harm: () => void): Trouble => ({
    name,
    atRest: true,
    strike(): Undo {
      const names = databaseFiles()
      for (const each of names) copyFileSync(join(journalFolder, each), join(kept, each))
      harm()
      return () => {
        for (const each of databaseFiles()) rmSync(join(journalFolder, each))
        for (const each of names) renameSync(join(kept, each), join(journalFolder, each))
      }
    },
  })
  return {
    env: { PAYAPI_DATA_DIR: journalFolder },
    troubles: [
      ...diskTroubles(folder, journalFolder),
      fileGone,
      atRest('pages of the journal file are overwritten', () => overwrite(file, 4_096)),
      atRest('the journal file is empty', () => truncateSync(file)),
      atRest('the journal file was removed', () => rmSync(file)),
      atRest('the write-ahead log was removed', () => rmSync(log, { force: true })),
      atRest(
        'the write-ahead log was cut',
        () => existsSync(log) && truncateSync(log, Math.floor(statSync(log).size / 2)),
      ),
      atRest('the write-ahead log was overwritten', () => existsSync(log) && overwrite(log, 0)),
    ],
    remove: async () => {},
  }
}

/** Writes noise over what a file has from here on. */
function overwrite(path: string, from: number): void {
  const size = statSync(path).size - from
  if (size <= 0) return
  const handle = openSync(path, 'r+')
  writeSync(handle, Buffer.alloc(size, 0xa5), 0, size, from)
  closeSync(handle)
}
