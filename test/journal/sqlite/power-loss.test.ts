import { mkdirSync, renameSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { succeeds } from '../../support/journal/child.ts'
import { ending, operation } from '../../support/journal/operations.ts'
import { RemoteStore } from '../../support/journal/remote-store.ts'
import { fileUrl, type Mode, newPath, open, transactionsIn } from '../../support/journal/sqlite/journals.ts'
import { eventually, temporaryFolder, whenReady } from '../../support/journal/store.ts'

const source = fileURLToPath(new URL('../../support/journal/sqlite/power-loss.c', import.meta.url))

/** Processes whose flushed files are kept apart; undefined where no C compiler is installed. */
function processesOnADisk() {
  const library = join(temporaryFolder(), 'power-loss.so')
  if (!succeeds('cc', '-shared', '-fPIC', '-O1', '-o', library, source, '-ldl')) return undefined
  const path = newPath()
  const flushed = join(temporaryFolder(), 'flushed')
  mkdirSync(flushed)
  const env = { LD_PRELOAD: library, FLUSHED_FROM: dirname(path), FLUSHED_TO: flushed }
  return {
    path,
    start: (mode: Mode, owner: string) => RemoteStore.start(fileUrl(path, mode), owner, { env }),
    /** Has the journal moved away once the next transaction is flushed. */
    moveAtFlush: () => writeFileSync(join(flushed, 'move'), ''),
    /** The journal's path on what is left once the power was cut. */
    left: join(flushed, basename(path)),
  }
}

describe.each([
  ['one process, that has it for itself', 'exclusive', ['a']],
  ['one process', 'shared', ['a']],
  ['two processes', 'shared', ['a', 'b']],
] as const)('an SQLite file of %s, once the power was cut while it was busy', (_, mode, owners) => {
  it('holds all that was answered, however often its write-ahead log began anew (needs a C compiler)', async ({
    skip,
  }) => {
    const disk = processesOnADisk()
    skip(disk === undefined, 'no C compiler is installed')
    if (disk === undefined) return
    const processes = await Promise.all(owners.map((owner) => disk.start(mode, owner)))
    await Promise.all(processes.map((each) => eventually(() => each.call('ready'))))
    const granted: string[] = []
    const finished: string[] = []
    const isOver = () => transactionsIn(disk.path) > 400
    const crowd = async (store: RemoteStore, owner: string): Promise<void> => {
      while (!isOver()) {
        const made = operation({ owner })
        await store.call('claim', made)
        granted.push(made.id)
        await store.call('finish', made.id, owner, ending())
        finished.push(made.id)
      }
    }
    // Whoever is killed answers no more.
    for (const [index, each] of processes.entries()) {
      for (let count = 0; count < 4; count++) void crowd(each, owners[index] ?? '')
    }
    await eventually(() => expect(isOver()).toBe(true))
    await Promise.all(processes.map((each) => each.kill()))

    const store = await whenReady(open(disk.left, mode, 'me'))
    const found = await store.find({}, 10_000)
    const stateOf = new Map(found.map(({ id, state }) => [id, state]))
    expect(granted.filter((id) => !stateOf.has(id))).toEqual([])
    expect(finished.filter((id) => stateOf.get(id) !== 'SUCCEEDED')).toEqual([])
  })
})

describe('an SQLite file that is moved away while a claim is flushed', () => {
  it('grants it not, and takes it back once the file is there again (needs a C compiler)', async ({ skip }) => {
    const disk = processesOnADisk()
    skip(disk === undefined, 'no C compiler is installed')
    if (disk === undefined) return
    const store = await disk.start('shared', 'a')
    await eventually(() => store.call('ready'))
    const made = operation({ owner: 'a' })
    disk.moveAtFlush()
    await expect(store.call('claim', made)).rejects.toThrow(/gone/)
    renameSync(`${disk.path}.away`, disk.path)
    await eventually(async () => expect(await store.call('get', made.id)).toBeUndefined())
    expect(await store.call('claim', operation({ ...made, id: 'again' }))).toEqual({ granted: true })
  })
})
