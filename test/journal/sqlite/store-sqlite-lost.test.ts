import {
  copyFileSync,
  existsSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { OperationStore } from '../../../src/journal/operation-store.ts'
import { type NewOperation, StoreRefusedError } from '../../../src/journal/store.ts'
import { ending, KEYS, operation } from '../../support/journal/operations.ts'
import { RemoteStore } from '../../support/journal/remote-store.ts'
import { fileUrl, MODES, type Mode, newPath, open } from '../../support/journal/sqlite/journals.ts'
import { PATIENT_MS, whenReady } from '../../support/journal/store.ts'

/** Opens a journal that may begin anew, or go on with what is there. */
const openToInit = (path: string, mode: Mode): OperationStore => open(path, mode, 'owner-1', PATIENT_MS, KEYS, true)

/** Expects that a journal is refused by everything that looks into it, and that a start would say why. */
async function expectRefused(path: string, mode: Mode, message: RegExp): Promise<void> {
  const store = open(path, mode)
  const fault = await store.verify().catch((error: unknown) => error)
  expect(fault).toBeInstanceOf(StoreRefusedError)
  expect(fault).toMatchObject({ message: expect.stringMatching(message) })
  await expect(store.claim(operation())).rejects.toThrow(message)
  await expect(store.find({}, 10)).rejects.toThrow(message)
  await store.close()
}

const claimAll = async (store: Pick<OperationStore, 'claim'>, count = 5): Promise<readonly NewOperation[]> => {
  const made = Array.from({ length: count }, () => operation())
  for (const each of made) expect(await store.claim(each)).toEqual({ granted: true })
  return made
}

const idsIn = async (store: OperationStore): Promise<ReadonlySet<string>> =>
  new Set((await store.find({}, 1_000)).map(({ id }) => id))

const idsOf = (made: readonly NewOperation[]): ReadonlySet<string> => new Set(made.map(({ id }) => id))

/** A journal with some claims that was closed in order. */
async function closedJournal(mode: Mode) {
  const path = newPath()
  const store = await whenReady(open(path, mode))
  const made = await claimAll(store)
  await store.close()
  return { path, made }
}

/** A journal with a write-ahead log, whose process was killed; what it answered last was a finish. */
async function killedJournal(mode: Mode) {
  const path = newPath()
  const killed = await RemoteStore.start(fileUrl(path, mode), 'owner-1')
  await killed.call('verify')
  const made = await claimAll({ claim: (each) => killed.call('claim', each) }, 20)
  const [first] = made
  await killed.call('finish', first?.id ?? '', 'owner-1', ending())
  await killed.kill()
  return { path, made }
}

describe.each(MODES)('an SQLite file (%s) that was there and is not', (mode) => {
  it.each([
    ['gone', (path: string) => rmSync(path)],
    ['empty', (path: string) => truncateSync(path)],
  ])('is refused where it is %s, made by nobody, and used once it is put back', async (_, lose) => {
    const { path, made } = await closedJournal(mode)
    copyFileSync(path, `${path}.away`)
    lose(path)
    await expectRefused(path, mode, /gone or empty.*PAYAPI_JOURNAL_INIT/)
    expect(existsSync(path) ? readFileSync(path).length : 0).toBe(0)
    renameSync(`${path}.away`, path)
    expect(await idsIn(await whenReady(open(path, mode)))).toEqual(idsOf(made))
  })

  it.each([
    ['gone', (path: string) => rmSync(path)],
    ['empty', (path: string) => truncateSync(path)],
  ])('is begun anew where it is %s and that is asked for, and needs no asking afterwards', async (_, lose) => {
    const { path } = await closedJournal(mode)
    lose(path)
    const begun = await whenReady(openToInit(path, mode))
    const made = await claimAll(begun)
    await begun.close()
    expect(await idsIn(await whenReady(open(path, mode)))).toEqual(idsOf(made))
  })

  it('is refused also where a process that was killed left nothing else than its locks', async () => {
    const { path } = await killedJournal(mode)
    for (const name of readdirSync(dirname(path))) {
      if (!/-(?:access|owner-.*)$/.test(name)) rmSync(join(dirname(path), name))
    }
    await expectRefused(path, mode, /gone or empty/)
  })
})

describe.each(MODES)('an SQLite file (%s) that never was there', (mode) => {
  it('is made beside the files of others', async () => {
    const path = newPath()
    writeFileSync(`${path}.key`, 'a key')
    const store = await whenReady(open(path, mode))
    const made = await claimAll(store)
    expect(await idsIn(store)).toEqual(idsOf(made))
  })

  it('is made in an empty file, as a start leaves it that was killed at once', async () => {
    const path = newPath()
    writeFileSync(path, '')
    const store = await whenReady(open(path, mode))
    const made = await claimAll(store)
    expect(await idsIn(store)).toEqual(idsOf(made))
  })
})

describe.each(MODES)('the write-ahead log of an SQLite file (%s)', (mode) => {
  const wal = (path: string) => `${path}-wal`

  it('holds what a killed process answered, and is taken over whole', async () => {
    const { path, made } = await killedJournal(mode)
    expect(readFileSync(wal(path)).length).toBeGreaterThan(0)
    const store = await whenReady(open(path, mode, 'owner-2'))
    expect(await idsIn(store)).toEqual(idsOf(made))
    expect(await store.get(made[0]?.id ?? '')).toMatchObject({ state: 'SUCCEEDED' })
  })

  const without = (path: string, bytes: number) => readFileSync(wal(path)).subarray(0, -bytes)
  const FRAME = 4_096 + 24

  it.each([
    ['removed', (path: string) => rmSync(wal(path))],
    ['emptied', (path: string) => truncateSync(wal(path))],
    ['cut within its last frame', (path: string) => writeFileSync(wal(path), without(path, 1))],
    ['cut in the middle', (path: string) => writeFileSync(wal(path), without(path, 20 * FRAME))],
    [
      'overwritten from some place on',
      (path: string) => {
        const kept = without(path, 10 * FRAME)
        writeFileSync(wal(path), Buffer.concat([kept, Buffer.alloc(10 * FRAME, 'no frame')]))
      },
    ],
    [
      'damaged in one place',
      (path: string) => {
        const content = readFileSync(wal(path))
        const middle = content.length >> 1
        content.writeUInt8(content.readUInt8(middle) ^ 0xff, middle)
        writeFileSync(wal(path), content)
      },
    ],
  ])('that was %s after a crash is noticed, and the journal used once it is put back', async (_, damage) => {
    const { path, made } = await killedJournal(mode)
    copyFileSync(wal(path), `${path}.away`)
    damage(path)
    await expectRefused(path, mode, /lacks the last \d+ of its transactions.*PAYAPI_JOURNAL_INIT/)
    renameSync(`${path}.away`, wal(path))
    expect(await idsIn(await whenReady(open(path, mode, 'owner-2')))).toEqual(idsOf(made))
  })

  it('that is lost is done without where that is asked for, and needs no asking afterwards', async () => {
    const { path } = await killedJournal(mode)
    rmSync(wal(path))
    const store = await whenReady(openToInit(path, mode))
    const made = await claimAll(store)
    await store.close()
    const found = await idsIn(await whenReady(open(path, mode)))
    for (const { id } of made) expect(found).toContain(id)
  })
})

describe.each(MODES)('a backup of an SQLite file (%s)', (mode) => {
  it('that is older than the mark beside it is refused', async () => {
    const { path } = await closedJournal(mode)
    copyFileSync(path, `${path}.backup`)
    const store = await whenReady(open(path, mode))
    await claimAll(store, 1)
    await store.close()
    copyFileSync(`${path}.backup`, path)
    await expectRefused(path, mode, /lacks the last \d+ of its transactions/)
  })

  it('alone in a new folder is refused, and used where that is asked for', async () => {
    const { path, made } = await closedJournal(mode)
    const restored = newPath()
    copyFileSync(path, restored)
    await expectRefused(restored, mode, /mark .* is gone/)
    expect(await idsIn(await whenReady(openToInit(restored, mode)))).toEqual(idsOf(made))
  })

  it('of all that lay there when nothing ran is used as it is', async () => {
    const { path, made } = await closedJournal(mode)
    const restored = newPath()
    for (const name of readdirSync(dirname(path))) {
      copyFileSync(join(dirname(path), name), join(dirname(restored), name.replace(basename(path), basename(restored))))
    }
    expect(await idsIn(await whenReady(open(restored, mode)))).toEqual(idsOf(made))
  })
})

describe.each(MODES)('the mark beside an SQLite file (%s)', (mode) => {
  it.each([
    ['gone', (mark: string) => rmSync(mark), /mark .* is gone/],
    ['empty', (mark: string) => truncateSync(mark), /mark .* is damaged/],
    ['changed', (mark: string) => writeFileSync(mark, readFileSync(mark, 'latin1').replace('0000', '0001')), /damaged/],
  ])('that is %s is noticed', async (_, damage, message) => {
    const { path } = await closedJournal(mode)
    damage(`${path}-mark`)
    await expectRefused(path, mode, message)
  })

  it("of another journal does not vouch for this one's file", async () => {
    const [one, other] = [await closedJournal(mode), await closedJournal(mode)]
    copyFileSync(other.path, one.path)
    await expectRefused(one.path, mode, /another journal’s/)
  })
})
