import { createHmac, type KeyObject, randomUUID } from 'node:crypto'
import { closeSync, fsyncSync, linkSync, openSync, readSync, unlinkSync, writeFileSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'
import { sleepAWhile } from '../../../lib/timeout.ts'
import { StoreRefusedError } from '../../store.ts'
import { createPrivateFile, identityOf, syncFolder } from './private-file.ts'

const DIGITS = 16
const TRIES = 5

const MEANING =
  'A write-ahead log that was removed, cut or overwritten, or an older copy in its place, no longer knows what was charged. Put back the files as they were, or look into the merchant console and start once with PAYAPI_JOURNAL_INIT=on to go on with what is there'

/**
 * How many transactions the journal's file has seen, in a small file beside it. It is written after each, and not flushed:
 * so it costs next to nothing, and is never ahead of what is on disk. A file that has seen fewer has lost some.
 */
export class HighWaterMark {
  readonly #path: string
  readonly #secret: KeyObject
  #handle: number | undefined

  /** With the journal's own secret, so that no other journal's mark is taken for its own. */
  constructor(journal: string, secret: KeyObject) {
    this.#path = markPath(journal)
    this.#secret = secret
  }

  /**
   * Throws `StoreRefusedError` where the file has lost some of the transactions that it has seen, or the mark is gone;
   * `accept` goes on with what is there in any case.
   */
  check(transactionsSeen: () => number, accept: boolean): void {
    let wrong = ''
    // Other processes may write, or make the mark, at this very moment.
    for (let tries = 0; tries < TRIES; tries++) {
      // The mark first: what is counted meanwhile only adds to what was seen.
      const marked = this.#read()
      const seen = transactionsSeen()
      if (typeof marked === 'number' && marked <= seen) return
      // No transaction is counted before there is a mark.
      const isNew = marked === 'MISSING' && seen === 0
      if ((isNew || accept) && this.#make(seen, accept)) return
      wrong = wrongWith(marked, seen)
      sleepAWhile()
    }
    throw new StoreRefusedError(`${wrong}. ${MEANING}`)
  }

  /** Makes the mark, which is there whole or not at all. False where somebody else's was there before. */
  #make(transactions: number, overwrite: boolean): boolean {
    const unfinished = `${this.#path}.${randomUUID()}`
    createPrivateFile(unfinished)
    writeFileSync(unfinished, this.#textOf(transactions), { flush: true })
    try {
      linkSync(unfinished, this.#path)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
      if (!overwrite) return false
      this.write(transactions)
      fsyncSync(this.#open())
    } finally {
      unlinkSync(unfinished)
    }
    syncFolder(dirname(this.#path))
    return true
  }

  /** Notes that the file has seen so many transactions. Throws what the file system says. */
  write(transactions: number): void {
    writeSync(this.#open(), this.#textOf(transactions), 0)
  }

  #read(): number | 'MISSING' | 'UNREADABLE' {
    if (identityOf(this.#path) === undefined) return 'MISSING'
    const bytes = Buffer.alloc(this.#textOf(0).length)
    readSync(this.#open(), bytes, 0, bytes.length, 0)
    const transactions = Number(bytes.toString('latin1', 0, DIGITS))
    return bytes.toString('latin1') === this.#textOf(transactions) ? transactions : 'UNREADABLE'
  }

  #textOf(transactions: number): string {
    const digits = String(transactions).padStart(DIGITS, '0')
    return `${digits} ${createHmac('sha256', this.#secret).update(`mark ${digits}`).digest('base64url')}\n`
  }

  #open(): number {
    this.#handle ??= openSync(this.#path, 'r+')
    return this.#handle
  }

  close(): void {
    if (this.#handle !== undefined) closeSync(this.#handle)
    this.#handle = undefined
  }
}

const markPath = (journal: string): string => `${journal}-mark`

function wrongWith(marked: number | 'MISSING' | 'UNREADABLE', seen: number): string {
  if (marked === 'MISSING') return 'The mark beside the journal file is gone'
  if (marked === 'UNREADABLE') return 'The mark beside the journal file is damaged, or another journal’s'
  return `The journal file lacks the last ${marked - seen} of its transactions`
}
