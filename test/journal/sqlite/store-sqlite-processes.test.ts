import { existsSync, readdirSync, rmSync, statSync, symlinkSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { openSqlite } from '../../../src/journal/sqlite/driver.ts'
import { killChild, startChild, succeeds } from '../../support/journal/child.ts'
import { ending, HOUR, operation, unique } from '../../support/journal/operations.ts'
import { RemoteStore } from '../../support/journal/remote-store.ts'
import { fileUrl, MODES, type Mode, newPath, open, transactionsIn } from '../../support/journal/sqlite/journals.ts'
import { eventually, expectUnavailable, PATIENT_MS, temporaryFolder, whenReady } from '../../support/journal/store.ts'

const lockFiles = (path: string): readonly string[] =>
  readdirSync(dirname(path)).filter((name) => name.includes('-owner-'))

/** What a process that was killed left in progress in a file that it had for itself. */
async function leftByKilled(path: string, mode: Mode) {
  const killed = await RemoteStore.start(fileUrl(path, mode), 'killed')
  const left = operation({ owner: 'killed' })
  await eventually(() => killed.call('claim', left))
  await killed.kill()
  return left
}

describe('an SQLite file that processes share', () => {
  const mode = 'shared'

  it('grants each key to one process', async () => {
    const path = newPath()
    const processes = await Promise.all(['a', 'b'].map((owner) => RemoteStore.start(fileUrl(path, mode), owner)))
    await Promise.all(processes.map((each) => eventually(() => each.call('ready'))))
    const merchantId = unique('mid')
    const keys = Array.from({ length: 200 }, (_, index) => `key ${index}`)
    const claims = await Promise.all(
      processes.map((each, index) =>
        Promise.all(
          keys.map((idempotencyKey) =>
            each.call('claim', operation({ merchantId, idempotencyKey, owner: `${index}` })),
          ),
        ),
      ),
    )
    for (const index of keys.keys()) {
      expect(claims.map((each) => each[index]?.granted).toSorted()).toEqual([false, true])
    }
    const store = await whenReady(open(path, mode))
    expect(await store.find({ merchantIds: [merchantId] }, 1_000)).toHaveLength(keys.length)
  })

  it('lets each of two busy processes come to its turn', async () => {
    const path = newPath()
    const processes = await Promise.all(['a', 'b'].map((owner) => RemoteStore.start(fileUrl(path, mode), owner)))
    await Promise.all(processes.map((each) => eventually(() => each.call('ready'))))
    const crowd = async (store: RemoteStore, owner: string) => {
      for (let round = 0; round < 40; round++)
        expect(await store.call('claim', operation({ owner }))).toEqual({ granted: true })
    }
    await Promise.all(processes.flatMap((each, index) => Array.from({ length: 8 }, () => crowd(each, `${index}`))))
  })

  it('knows at once what a killed process left in progress, and leaves the living alone', async () => {
    const path = newPath()
    const [dead, alive] = await Promise.all(
      ['dead', 'alive'].map((owner) => RemoteStore.start(fileUrl(path, mode), owner)),
    )
    await Promise.all([dead, alive].map((each) => eventually(() => each?.call('ready'))))
    const lost = operation({ owner: 'dead' })
    const over = operation({ owner: 'dead' })
    const kept = operation({ owner: 'alive' })
    await Promise.all([dead?.call('claim', lost), dead?.call('claim', over), alive?.call('claim', kept)])
    await dead?.call('finish', over.id, 'dead', ending())
    const store = await whenReady(open(path, mode, 'me'))
    const mine = operation({ owner: 'me' })
    await store.claim(mine)

    expect(await store.expire(mine.createdAt)).toBe(0)
    expect(lockFiles(path)).toHaveLength(3)
    await dead?.kill()
    expect(await store.expire(mine.createdAt + 1)).toBe(1)
    expect(await store.get(lost.id)).toMatchObject({ state: 'UNKNOWN', finishedAt: mine.createdAt + 1, result: null })
    expect((await store.get(over.id))?.state).toBe('SUCCEEDED')
    for (const { id } of [kept, mine]) expect((await store.get(id))?.state).toBe('IN_PROGRESS')
    expect(lockFiles(path)).toHaveLength(2)
    expect(await alive?.call('finish', kept.id, 'alive', ending())).toBe(true)

    // The other way round: who is alive is seen by others, whatever the time is there.
    expect(await alive?.call('expire', mine.createdAt + 1_000 * HOUR)).toBe(0)
    expect(await store.finish(mine.id, 'me', ending())).toBe(true)
  })

  it('knows what a process left in progress that ended in order', async () => {
    const path = newPath()
    const other = await RemoteStore.start(fileUrl(path, mode), 'other')
    const left = operation({ owner: 'other' })
    await eventually(() => other.call('claim', left))
    await other.call('close')
    const store = await whenReady(open(path, mode, 'me'))
    expect(lockFiles(path)).toHaveLength(1)
    expect(await store.expire(left.createdAt)).toBe(1)
  })

  it('removes the lock files of dead owners that had nothing in progress', async () => {
    const path = newPath()
    const dead = await Promise.all(['a', 'b', 'c'].map((owner) => RemoteStore.start(fileUrl(path, mode), owner)))
    await Promise.all(dead.map((each) => eventually(() => each.call('ready'))))
    await Promise.all(dead.map((each) => each.kill()))
    const store = await whenReady(open(path, mode))
    expect(lockFiles(path)).toHaveLength(4)
    await store.expire(0)
    expect(lockFiles(path)).toHaveLength(1)
  })

  it('refuses a second process under the same owner', async () => {
    const path = newPath()
    await whenReady(open(path, mode, 'me'))
    const other = await RemoteStore.start(fileUrl(path, mode), 'me')
    await eventually(() => expect(other.call('claim', operation())).rejects.toThrow(/under the same owner/))
  })

  it('makes its own lock anew where somebody has removed it', async () => {
    const path = newPath()
    const store = await whenReady(open(path, mode, 'me'))
    const [name = ''] = lockFiles(path)
    rmSync(join(dirname(path), name))
    const made = operation({ owner: 'me' })
    expect(await store.claim(made)).toEqual({ granted: true })
    const other = await whenReady(open(path, mode, 'other'))
    expect(await other.expire(made.createdAt)).toBe(0)
  })
})

describe('the write-ahead log of an SQLite file that processes share', () => {
  const log = (path: string) => `${path}-wal`

  it('is kept, whoever comes and goes, and nothing of anybody is lost', async () => {
    const path = newPath()
    const first = await RemoteStore.start(fileUrl(path), 'first')
    const before = operation({ owner: 'first' })
    await eventually(() => first.call('claim', before))
    const made = [before]
    const claim = async (store: RemoteStore, owner: string) => {
      const claimed = operation({ owner })
      made.push(claimed)
      await eventually(() => store.call('claim', claimed))
    }
    for (const end of ['close', 'kill'] as const) {
      const other = await RemoteStore.start(fileUrl(path), `other-${end}`)
      await claim(other, `other-${end}`)
      expect(existsSync(log(path))).toBe(true)
      await (end === 'kill' ? other.kill() : other.call('close'))
      expect(existsSync(log(path))).toBe(true)
      await claim(first, 'first')
    }
    await first.kill()
    const store = await whenReady(open(path, 'shared', 'me'))
    expect((await store.find({}, 10)).map(({ id }) => id).toSorted()).toEqual(made.map(({ id }) => id).toSorted())
  })

  it('goes with the last one that ends in order', async () => {
    const path = newPath()
    const store = await whenReady(open(path))
    await store.claim(operation())
    await store.close()
    expect(existsSync(log(path))).toBe(false)
  })

  it('grows no further while two processes write without pause', async () => {
    const path = newPath()
    const processes = await Promise.all(['a', 'b'].map((owner) => RemoteStore.start(fileUrl(path), owner)))
    await Promise.all(processes.map((each) => eventually(() => each.call('ready'))))
    const crowd = async (store: RemoteStore, owner: string) => {
      while (transactionsIn(path) < 2_000) await store.call('claim', operation({ owner }))
    }
    await Promise.all(processes.flatMap((each, index) => Array.from({ length: 2 }, () => crowd(each, `${index}`))))
    // Each transaction writes eight pages or more.
    expect(statSync(log(path)).size).toBeLessThan((2_000 * 8 * 4_096) / 2)
  })

  it('is read by other programs meanwhile, and no other one changes how the file is kept', async () => {
    const path = newPath()
    const store = await whenReady(open(path))
    await store.claim(operation())
    const other = openSqlite(path)
    onTestFinished(() => other.close())
    expect(other.all('select count(*) as n from operations')).toEqual([{ n: 1 }])
    expect(() => other.all('pragma journal_mode = truncate')).toThrow(/locked/)
    expect(await store.claim(operation())).toEqual({ granted: true })
  })
})

describe('an SQLite file that several processes open', () => {
  it('is written while another program reads without end', async () => {
    const path = newPath()
    const store = await whenReady(open(path))
    const made = operation()
    await store.claim(made)
    await startChild('sqlite/process.js', 'driver', [path, 'begin; select count(*) from operations'])
    expect(await store.finish(made.id, made.owner, ending())).toBe(true)
    expect(await store.claim(operation())).toEqual({ granted: true })
  })

  it('is opened by all at once', async () => {
    const path = newPath()
    const processes = await Promise.all([...'abcd'].map((owner) => RemoteStore.start(fileUrl(path), owner)))
    const claims = await Promise.all(
      processes.map((each, index) => {
        const claimed = operation({ owner: 'abcd'[index] ?? '' })
        return eventually(() => each.call('claim', claimed))
      }),
    )
    expect(claims).toEqual(claims.map(() => ({ granted: true })))
    const store = await whenReady(open(path, 'shared', 'me'))
    expect(await store.expire(0)).toBe(0)
    expect(await store.find({}, 10)).toHaveLength(4)
  })

  it('is opened while another one tries in vain, since its key is another', async () => {
    const path = newPath()
    await (await whenReady(open(path))).close()
    const stranger = open(path, 'shared', 'stranger', PATIENT_MS, [new Uint8Array(32).fill(9)])
    await expectUnavailable(() => stranger.verify(), /No key/)
    const store = open(path)
    await store.verify()
    expect(await store.claim(operation())).toEqual({ granted: true })
  })

  it('is opened by several also where their path is a symbolic link to it', async () => {
    const path = newPath()
    await (await whenReady(open(path))).close()
    const link = join(dirname(path), 'link.db')
    for (const suffix of ['', '-mark']) symlinkSync(path + suffix, link + suffix)
    const stores = await Promise.all(['a', 'b'].map((owner) => whenReady(open(link, 'shared', owner))))
    for (const store of stores) expect(await store.claim(operation())).toEqual({ granted: true })
  })

  it('is opened beside one that is never idle', async () => {
    const path = newPath()
    const busy = await whenReady(open(path, 'shared', 'busy'))
    let isOver = false
    const crowd = Array.from({ length: 8 }, async () => {
      while (!isOver) expect(await busy.claim(operation({ owner: 'busy' }))).toEqual({ granted: true })
    })
    const other = await RemoteStore.start(fileUrl(path), 'other')
    await eventually(() => other.call('ready'))
    isOver = true
    await Promise.all(crowd)
  })

  it('is taken over from a process that was killed by two at once', async () => {
    const path = newPath()
    const left = await leftByKilled(path, 'shared')
    const [one, other] = [open(path, 'shared', 'one'), open(path, 'shared', 'other')]
    await Promise.all([whenReady(one), whenReady(other)])
    expect((await Promise.all([one.expire(left.createdAt), other.expire(left.createdAt)])).toSorted()).toEqual([0, 1])
    for (const store of [one, other]) expect(await store.get(left.id)).toMatchObject({ state: 'UNKNOWN' })
  })

  it.each(['-shm', '-wal'])(
    'is refused to a second one where its %s was removed, and used once the first has ended',
    async (suffix) => {
      const path = newPath()
      const first = await RemoteStore.start(fileUrl(path), 'first')
      const made = operation({ owner: 'first' })
      await eventually(() => first.call('claim', made))
      rmSync(path + suffix)
      const second = open(path, 'shared', 'second')
      await expectUnavailable(() => second.verify(), /another process/i)
      expect(existsSync(path + suffix)).toBe(false)
      expect(await first.call('finish', made.id, 'first', ending())).toBe(true)
      await first.call('close')
      await whenReady(second)
      expect(await second.get(made.id)).toMatchObject({ state: 'SUCCEEDED' })
    },
  )

  it('is refused while a process has it open that keeps it with a rollback journal, as earlier versions did', async () => {
    const path = newPath()
    await (await whenReady(open(path))).close()
    const earlier = await startChild('sqlite/process.js', 'driver', [
      path,
      `pragma journal_mode = truncate; attach '${path}-access' as access; begin; select count(*) from access.sqlite_schema`,
    ])
    const store = open(path)
    await expectUnavailable(() => store.verify(), /another process/i)
    await killChild(earlier)
    await whenReady(store)
    expect(await store.claim(operation())).toEqual({ granted: true })
  })
})

describe('an SQLite file that is shared', () => {
  it('writes what waits together in one transaction', async () => {
    const path = newPath()
    const store = await whenReady(open(path, 'shared'))
    const before = transactionsIn(path)
    const claims = await Promise.all(Array.from({ length: 200 }, () => store.claim(operation())))
    expect(claims.every(({ granted }) => granted)).toBe(true)
    const together = transactionsIn(path) - before
    expect(together).toBeGreaterThan(0)
    expect(together).toBeLessThan(20)
    for (let count = 0; count < 5; count++) await store.claim(operation())
    expect(transactionsIn(path) - before - together).toBe(5)
  })
})

describe('an SQLite file on a file system that may not share memory between processes', () => {
  it('is shared all the same, with a rollback journal (needs root to mount one)', async ({ skip }) => {
    const folder = temporaryFolder()
    skip(!succeeds('mount', '-t', 'ramfs', 'ramfs', folder), 'mounting a file system needs root')
    onTestFinished(() => void succeeds('umount', '-l', folder))
    const path = join(folder, 'journal.db')
    const store = await whenReady(open(path, 'shared', 'me'))
    const other = await RemoteStore.start(fileUrl(path), 'other')
    const made = operation({ owner: 'other' })
    await eventually(() => other.call('claim', made))
    expect(await store.claim(operation({ owner: 'me' }))).toEqual({ granted: true })
    expect(await store.find({}, 10)).toHaveLength(2)
    expect(readdirSync(folder).filter((name) => /-(?:wal|shm)$/.test(name))).toEqual([])
    expect(readdirSync(folder)).toContain('journal.db-journal')
  })

  it('has a write-ahead log where one process has it for itself (needs root to mount one)', async ({ skip }) => {
    const folder = temporaryFolder()
    skip(!succeeds('mount', '-t', 'ramfs', 'ramfs', folder), 'mounting a file system needs root')
    onTestFinished(() => void succeeds('umount', '-l', folder))
    const path = join(folder, 'journal.db')
    const store = await whenReady(open(path, 'exclusive'))
    expect(await store.claim(operation())).toEqual({ granted: true })
    expect(readdirSync(folder).filter((name) => /-(?:wal|shm)$/.test(name))).toEqual(['journal.db-wal'])
    await store.close()
    // And can be shared afterwards.
    const shared = await whenReady(open(path, 'shared', 'me'))
    expect(await shared.find({}, 10)).toHaveLength(1)
    expect(existsSync(`${path}-wal`)).toBe(false)
  })
})

describe('an SQLite file for one process', () => {
  it('is refused to any other process, until its own has ended, however that was', async () => {
    const path = newPath()
    const first = await RemoteStore.start(fileUrl(path, 'exclusive'), 'first')
    const left = operation({ owner: 'first' })
    await eventually(() => first.call('claim', left))
    const [second, third] = [open(path, 'exclusive', 'second'), open(path, 'shared', 'third')]
    await eventually(() => expectUnavailable(() => second.claim(operation()), /another process/i))
    await eventually(() => expectUnavailable(() => third.claim(operation()), /another process/i))
    await third.close()
    await first.kill()
    await whenReady(second)
    expect(await second.expire(left.createdAt)).toBe(1)
    expect(await second.get(left.id)).toMatchObject({ state: 'UNKNOWN' })
  })

  it('is locked against every other program, also one that asks for no lock of ours', async () => {
    const path = newPath()
    await whenReady(open(path, 'exclusive'))
    const other = openSqlite(path)
    onTestFinished(() => other.close())
    expect(() => other.all('select count(*) from operations')).toThrow(/locked/)
  })

  it('is refused while other processes share it', async () => {
    const path = newPath()
    const sharing = await RemoteStore.start(fileUrl(path), 'sharing')
    await eventually(() => sharing.call('ready'))
    const alone = open(path, 'exclusive', 'alone')
    await eventually(() => expectUnavailable(() => alone.ready(), /another process/i))
    await sharing.call('close')
    await whenReady(alone)
  })

  it('may be shared later, and the other way round, with all that it holds', async () => {
    const path = newPath()
    const made = operation()
    for (const mode of ['exclusive', 'shared', 'exclusive', 'shared'] as const) {
      const store = await whenReady(open(path, mode))
      expect(await store.claim(made)).toEqual({ granted: true })
      expect((await store.find({}, 10)).map(({ id }) => id)).toEqual([made.id])
      await store.close()
    }
    expect(existsSync(`${path}-wal`)).toBe(false)
  })

  it('is taken over, whatever its mode, from a process that was killed', async () => {
    const path = newPath()
    const left = await leftByKilled(path, 'exclusive')
    const store = await whenReady(open(path, 'shared', 'second'))
    expect((await store.get(left.id))?.state).toBe('IN_PROGRESS')
    expect(await store.expire(left.createdAt)).toBe(1)
  })
})

describe.each(MODES)('an SQLite file (%s)', (mode) => {
  it('and its folder, and what lies beside it, are for their owner only', async () => {
    const folder = join(temporaryFolder(), 'made', 'on the way')
    const path = join(folder, '주문 journal?.db')
    const store = await whenReady(open(path, mode))
    await store.claim(operation())
    for (const made of [dirname(folder), folder]) expect((statSync(made).mode & 0o777).toString(8)).toBe('700')
    const names = readdirSync(folder)
    expect(names.length).toBeGreaterThan(1)
    for (const name of names)
      expect([name, (statSync(join(folder, name)).mode & 0o777).toString(8)]).toEqual([name, '600'])
  })
})
