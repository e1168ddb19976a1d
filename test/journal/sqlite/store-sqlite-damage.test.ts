import { randomBytes } from 'node:crypto'
import { copyFileSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { type NewOperation, StoreRefusedError, StoreUnavailableError } from '../../../src/journal/store.ts'
import { killChild, startChild } from '../../support/journal/child.ts'
import { ending, obstacle, operation } from '../../support/journal/operations.ts'
import { newPath, open } from '../../support/journal/sqlite/journals.ts'
import { whenReady } from '../../support/journal/store.ts'

const PAGE = 4_096

/** A journal of some successes, closed in order. */
async function journalOfSuccesses(count: number) {
  const path = newPath()
  const store = await whenReady(open(path))
  const made = Array.from({ length: count }, () => operation())
  for (const each of made) {
    await store.claim(each)
    await store.finish(each.id, each.owner, ending({ result: `result of ${each.id}` }))
  }
  await store.close()
  return { path, made }
}

/** Copies a journal and what lies beside it; returns where. */
function copyOf(path: string): string {
  const copy = newPath()
  for (const name of readdirSync(dirname(path))) {
    copyFileSync(join(dirname(path), name), join(dirname(copy), name.replace(basename(path), basename(copy))))
  }
  return copy
}

/** Asks for every key; returns what was said of those that are not answered as they were, by something else than a refusal. */
async function wrongAnswers(path: string, made: readonly NewOperation[]): Promise<readonly unknown[]> {
  const store = open(path, 'shared', 'owner-2')
  const wrong: unknown[] = []
  for (const each of made) {
    const again = operation({ ...each, id: `again-${each.id}`, owner: 'owner-2', claimsOrder: false })
    const claim = await store.claim(again).catch((fault: unknown) => fault)
    if (claim instanceof StoreUnavailableError) {
      // What SQLite says in its own words was not recognised.
      if (claim.message.includes('reports an error (')) wrong.push(claim.message)
      continue
    }
    const found = obstacle(claim as Parameters<typeof obstacle>[0]).operation
    const isRight = found.id === each.id && found.state === 'SUCCEEDED' && found.result === `result of ${each.id}`
    if (!isRight && found.unreadable === null) wrong.push(found)
  }
  await store.close()
  return wrong
}

describe('a damaged page of an SQLite file', () => {
  const damages: readonly (readonly [string, (page: Buffer) => void])[] = [
    ['of zeros', (page) => void page.fill(0)],
    ['of noise', (page) => void randomBytes(page.length).copy(page)],
    ['whose second half is noise', (page) => void randomBytes(page.length / 2).copy(page, page.length / 2)],
    ['with other letters in its texts', (page) => replaceLetters(page)],
  ]

  function replaceLetters(page: Buffer): void {
    // Everything but the numbers and lengths by which SQLite finds its way.
    for (let at = 200; at < page.length; at++) if (page.readUInt8(at) >= 0x61) page.writeUInt8(0x7a, at)
  }

  it.each(damages)('%s never makes a success anything else, nor its key free', async (_, damage) => {
    const { path, made } = await journalOfSuccesses(12)
    const content = readFileSync(path)
    for (let start = 0; start < content.length; start += PAGE) {
      const changed = Buffer.from(content)
      damage(changed.subarray(start, start + PAGE))
      // Most pages have no letters yet: what is not changed is no damage.
      if (changed.equals(content)) continue
      const damaged = copyOf(path)
      writeFileSync(damaged, changed)
      expect([start / PAGE, await wrongAnswers(damaged, made)]).toEqual([start / PAGE, []])
    }
  })
})

describe('a damaged result in an SQLite file', () => {
  it('is told as such, beside others that are read', async () => {
    const { path, made } = await journalOfSuccesses(2)
    const [hurt, whole] = made.map(({ id }) => id)
    // In another process, whose end closes the file.
    const sql = `update operations set result = substr(result, 1, length(result) - 4) || 'AAAA' where id = '${hurt}'`
    await killChild(await startChild('sqlite/process.js', 'driver', [path, sql]))
    const store = await whenReady(open(path))
    expect(await store.get(hurt ?? '')).toMatchObject({ state: 'SUCCEEDED', result: null, unreadable: 'DAMAGED' })
    expect(await store.get(whole ?? '')).toMatchObject({ result: `result of ${whole}`, unreadable: null })
  })

  it('refuses the start where an index does not lead to what is there', async () => {
    const { path } = await journalOfSuccesses(3)
    const content = readFileSync(path)
    const [, hash = ''] = /shop([\w-]{43})key-op-/.exec(content.toString('latin1')) ?? []
    expect(hash).not.toBe('')
    // Its last occurrence only: that is in the index, where a claim would look for it.
    content.write(hash.startsWith('AAA') ? 'BBB' : 'AAA', content.lastIndexOf(hash))
    writeFileSync(path, content)
    await expect(open(path).verify()).rejects.toBeInstanceOf(StoreRefusedError)
  })
})
