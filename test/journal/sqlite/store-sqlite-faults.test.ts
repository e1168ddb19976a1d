import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { OperationStore } from '../../../src/journal/operation-store.ts'
import { openSqlite } from '../../../src/journal/sqlite/driver.ts'
import { METHOD_DEADLINE_MS, type NewOperation } from '../../../src/journal/store.ts'
import { killChild, startChild, succeeds } from '../../support/journal/child.ts'
import { ending, operation, unique } from '../../support/journal/operations.ts'
import { RemoteStore } from '../../support/journal/remote-store.ts'
import { fileUrl, MODES, newPath, open } from '../../support/journal/sqlite/journals.ts'
import {
  eventually,
  expectUnavailable,
  expectUnavailableInTime,
  temporaryFolder,
  whenReady,
} from '../../support/journal/store.ts'

const isRoot = process.getuid?.() === 0

/** Claims until that fails again and again; returns the ids of what was granted, and why the others were not. */
async function claimUntilFull(
  claim: (made: NewOperation) => Promise<unknown>,
): Promise<{ readonly granted: readonly string[]; readonly reasons: readonly string[] }> {
  const granted: string[] = []
  const reasons: string[] = []
  while (reasons.length < 60) {
    const crowd = Array.from({ length: 30 }, () => operation({ amount: '1'.repeat(500) }))
    const claims = await Promise.allSettled(crowd.map(claim))
    for (const [index, each] of claims.entries()) {
      if (each.status === 'fulfilled') granted.push(crowd[index]?.id ?? '')
      else reasons.push(String(each.reason))
    }
    if (granted.length > 50_000) throw new Error('nothing is ever full')
  }
  return { granted, reasons }
}

const idsIn = async (find: OperationStore['find']): Promise<ReadonlySet<string>> =>
  new Set((await find({}, 100_000)).map(({ id }) => id))

describe.each(MODES)('a store in an SQLite file (%s)', (mode) => {
  it('is unavailable while its file is gone, makes no other, and goes on once it is back', async () => {
    const path = newPath()
    const store = await whenReady(open(path, mode))
    const made = operation()
    await store.claim(made)
    renameSync(path, `${path}.away`)
    await expectUnavailable(() => store.claim(operation()), /gone/)
    await expectUnavailable(() => store.finish(made.id, made.owner, ending()), /gone/)
    await expectUnavailable(() => store.get(made.id), /gone/)
    await expectUnavailable(() => store.expire(0), /gone/)
    await expectUnavailable(() => store.sweep({ settledBefore: 0, createdBefore: 0 }), /gone/)
    await expectUnavailable(() => store.ready(), /gone/)
    expect(existsSync(path)).toBe(false)
    renameSync(`${path}.away`, path)
    expect(await store.finish(made.id, made.owner, ending())).toBe(true)
    expect((await store.find({}, 10)).map(({ id }) => id)).toEqual([made.id])
  })

  it('is unavailable while another file is in its place, and does not write there', async () => {
    const path = newPath()
    const store = await whenReady(open(path, mode))
    const other = newPath()
    await (await whenReady(open(other))).close()
    const content = readFileSync(other)
    copyFileSync(other, `${path}.new`)
    renameSync(`${path}.new`, path)
    await expectUnavailable(() => store.claim(operation()), /another one is in its place/)
    await expectUnavailable(() => store.ready(), /another one is in its place/)
    expect(readFileSync(path)).toEqual(content)
  })

  it('is unavailable once its folder is gone, and makes nothing there', async () => {
    const path = newPath()
    const store = await whenReady(open(path, mode))
    rmSync(dirname(path), { recursive: true })
    await expectUnavailable(() => store.claim(operation()), /gone/)
    expect(existsSync(dirname(path))).toBe(false)
  })

  it('is unavailable once its file was emptied, and makes no other of it', async () => {
    const path = newPath()
    const store = await whenReady(open(path, mode))
    writeFileSync(path, '')
    await expectUnavailable(() => store.claim(operation()), /damaged/)
    await expectUnavailable(() => store.find({}, 10), /damaged/)
    await expectUnavailable(() => store.ready(), /damaged/)
    expect(readFileSync(path)).toHaveLength(0)
  })

  it('is unavailable where its file is damaged, and used once that is mended', async () => {
    const path = newPath()
    const made = operation()
    const first = await whenReady(open(path, mode))
    await first.claim(made)
    await first.close()
    const content = readFileSync(path)
    writeFileSync(path, Buffer.concat([Buffer.from('no database, '.repeat(20)), content.subarray(260)]))
    const store = open(path, mode)
    await eventually(() => expectUnavailable(() => store.claim(operation()), /damaged/))
    await expectUnavailable(() => store.get(made.id))
    writeFileSync(path, content)
    await whenReady(store)
    expect((await store.get(made.id))?.state).toBe('IN_PROGRESS')
  })

  it('is unavailable while its disk is full, keeps what it granted, and goes on with space (needs root to mount a small disk)', async ({
    skip,
  }) => {
    const folder = temporaryFolder()
    const mounted = isRoot && succeeds('mount', '-t', 'tmpfs', '-o', 'size=600k', 'tmpfs', folder)
    skip(!mounted, 'mounting a small disk needs root')
    onTestFinished(() => void succeeds('umount', '-l', folder))
    const store = await whenReady(open(join(folder, 'journal.db'), mode))
    const { granted, reasons } = await claimUntilFull((made) => store.claim(made))
    expect(reasons).toEqual(reasons.map(() => expect.stringMatching(/^StoreUnavailableError: .*disk is full/)))
    expect(granted.length).toBeGreaterThan(0)
    expect(await idsIn(store.find.bind(store))).toEqual(new Set(granted))
    expect(succeeds('mount', '-o', 'remount,size=20m', folder)).toBe(true)
    await whenReady(store)
    const again = operation()
    expect(await store.claim(again)).toEqual({ granted: true })
    await eventually(async () => expect(await idsIn(store.find.bind(store))).toEqual(new Set([...granted, again.id])))
    await store.close()
  })

  it('is unavailable while its disk reports errors, keeps what it granted, and goes on after them (needs prlimit)', async ({
    skip,
  }) => {
    const path = newPath()
    skip(!succeeds('prlimit', '--version'), 'prlimit is missing here')
    const store = await RemoteStore.start(fileUrl(path, mode), 'owner-1', { largestFileKiB: 300 })
    await eventually(() => store.call('ready'))
    const { granted, reasons } = await claimUntilFull((made) => store.call('claim', made))
    expect(reasons).toEqual(
      reasons.map(() => expect.stringMatching(/StoreUnavailableError: .*disk (reports an error|is full)/)),
    )
    expect(granted.length).toBeGreaterThan(0)
    const find: OperationStore['find'] = (...args) => store.call('find', ...args)
    expect(await idsIn(find)).toEqual(new Set(granted))
    expect(succeeds('prlimit', `--pid=${store.pid}`, '--fsize=unlimited')).toBe(true)
    await eventually(() => store.call('ready'))
    const again = operation()
    expect(await store.call('claim', again)).toEqual({ granted: true })
    await eventually(async () => expect(await idsIn(find)).toEqual(new Set([...granted, again.id])))
    await store.kill()
    // And what another process finds after all that is the same.
    const next = await whenReady(open(path, mode, 'owner-2'))
    expect(await idsIn(next.find.bind(next))).toEqual(new Set([...granted, again.id]))
  })
})

describe('a store in an SQLite file that is shared', () => {
  it('is unavailable where its path leads below a file', async () => {
    const file = join(temporaryFolder(), 'file')
    writeFileSync(file, '')
    const store = open(join(file, 'journal.db'))
    await eventually(() => expectUnavailable(() => store.claim(operation()), /ENOTDIR|EEXIST/))
    await expectUnavailable(() => store.get('id'))
  })

  it('is unavailable while a folder is in the place of its file, and used once that is away', async () => {
    const path = newPath()
    mkdirSync(path)
    const store = open(path)
    await eventually(() => expectUnavailable(() => store.claim(operation()), /cannot be opened/))
    rmdirSync(path)
    await whenReady(store)
    expect(await store.claim(operation())).toEqual({ granted: true })
  })

  it.each([
    ["another program's", 'create table something (id int)', /no journal/],
    ['of a later version', 'pragma application_id = 1346459978; pragma user_version = 99', /newer version/],
  ])('leaves a file alone that is %s', async (_, sql, message) => {
    const path = newPath()
    const connection = openSqlite(path)
    connection.exec(sql)
    connection.close()
    const content = readFileSync(path)
    const store = open(path)
    await eventually(() => expectUnavailable(() => store.claim(operation()), message))
    expect(readFileSync(path).subarray(100)).toEqual(content.subarray(100))
  })

  it('is unavailable where its file may not be written (root needs chattr)', async ({ skip }) => {
    const path = newPath()
    await (await whenReady(open(path))).close()
    // Nothing is forbidden to root but by the file system itself.
    const [forbid, allow] = isRoot ? (['+i', '-i'] as const) : (['0444', '0644'] as const)
    const change = (how: string) => succeeds(isRoot ? 'chattr' : 'chmod', how, path)
    skip(!change(forbid), 'chattr +i is not possible here')
    onTestFinished(() => void change(allow))
    const store = open(path)
    await eventually(() => expectUnavailable(() => store.claim(operation()), /read-only|cannot be opened/))
    await expectUnavailable(() => store.ready())
    change(allow)
    await whenReady(store)
    expect(await store.claim(operation())).toEqual({ granted: true })
  })

  it('is unavailable where its folder may not be written (root needs chattr)', async ({ skip }) => {
    const folder = temporaryFolder()
    const [forbid, allow] = isRoot ? (['+i', '-i'] as const) : (['0555', '0755'] as const)
    const change = (how: string) => succeeds(isRoot ? 'chattr' : 'chmod', how, folder)
    skip(!change(forbid), 'chattr +i is not possible here')
    onTestFinished(() => void change(allow))
    const store = open(join(folder, 'journal.db'))
    await eventually(() => expectUnavailable(() => store.claim(operation()), /EPERM|EACCES/))
    change(allow)
    await whenReady(store)
  })

  it('notices damage while it runs', async () => {
    const path = newPath()
    const store = await whenReady(open(path))
    await store.claim(operation())
    writeFileSync(path, 'no database '.repeat(1_000))
    await expectUnavailable(() => store.claim(operation()), /damaged/)
    await expectUnavailable(() => store.find({}, 10))
    // Not even where it has to be opened once more.
    rmSync(path)
    await eventually(() => expectUnavailable(() => store.claim(operation()), /gone/))
    expect(existsSync(path)).toBe(false)
  })

  it.each([
    ['writes', 'begin immediate'],
    ['has it for itself', 'begin exclusive'],
  ])('is unavailable in time while another process %s without end, and grants nothing afterwards', async (_, sql) => {
    const path = newPath()
    const store = await whenReady(open(path, 'shared', 'owner-1', METHOD_DEADLINE_MS))
    const before = operation()
    await eventually(() => store.claim(before))
    const other = await startChild('sqlite/process.js', 'driver', [path, sql])
    const late = Array.from({ length: 5 }, () => operation())
    await Promise.all([
      ...late.map((each) => expectUnavailableInTime(() => store.claim(each))),
      expectUnavailableInTime(() => store.finish(before.id, before.owner, ending())),
      expectUnavailableInTime(() => store.ready()),
    ])
    await killChild(other)
    await whenReady(store)
    await eventually(async () => expect((await store.find({}, 100)).map(({ id }) => id)).toEqual([before.id]))
    for (const each of late) {
      const again = operation({ ...each, id: unique('op') })
      await eventually(async () => expect(await store.claim(again)).toEqual({ granted: true }))
    }
  })
})
