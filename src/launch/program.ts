import { createHash } from 'node:crypto'
import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import { createRequire, Module } from 'node:module'
import { fileURLToPath } from 'node:url'
import { debuglog } from 'node:util'
import { Script } from 'node:vm'
import { setBackHeapOptions } from '../server/heap-growth.ts'

/** The built program, one file beside this one. */
const FILE = fileURLToPath(new URL('./program.cjs', import.meta.url))
const COMPILED_FILE = fileURLToPath(new URL('./program.compiled', import.meta.url))

const DIGEST_BYTES = 32

const log = debuglog('payapi-launch')

/**
 * The built program, and what V8 once compiled of it. To compile it anew is a third of the time until the first answer.
 * Node does the same by itself from 22.1 on (`module.enableCompileCache`), and not at all before.
 */
export class Program {
  readonly #source: Buffer
  readonly #script: Script

  /** Reads the program, and what was compiled of it, where that is there and of this very program. */
  constructor() {
    this.#source = readFileSync(FILE)
    const cachedData = compiledOf(this.#source)
    // Nothing but ASCII is in it, which is read as it is.
    this.#script = new Script(Module.wrap(this.#source.toString('latin1')), {
      filename: FILE,
      ...(cachedData === undefined ? {} : { cachedData }),
    })
    // V8 takes it only with the options under which it was made.
    if (cachedData !== undefined) log(`compiled code ${this.#script.cachedDataRejected ? 'rejected' : 'taken'}`)
  }

  /** Runs the program. */
  run(): void {
    const module = { exports: {} }
    this.#script.runInThisContext()(module.exports, createRequire(FILE), module, FILE, import.meta.dirname)
  }

  /** Writes down what V8 has compiled by now, for the next start with the same options of Node. */
  remember(): void {
    // No start begins with them as the program has changed them while it ran.
    setBackHeapOptions()
    const compiled = this.#script.createCachedData()
    const unfinished = `${COMPILED_FILE}.new`
    writeFileSync(unfinished, Buffer.concat([digestOf(this.#source, compiled), compiled]))
    renameSync(unfinished, COMPILED_FILE)
  }
}

/**
 * Takes a program; returns what was compiled of it, undefined where that is missing, broken or of another program. V8
 * itself compares no more than the length of the program, and dies of a broken byte.
 */
function compiledOf(source: Buffer): Buffer | undefined {
  try {
    const remembered = readFileSync(COMPILED_FILE)
    const compiled = remembered.subarray(DIGEST_BYTES)
    if (digestOf(source, compiled).equals(remembered.subarray(0, DIGEST_BYTES))) return compiled
    log('the compiled code is not of this program')
  } catch {
    log('no compiled code')
  }
  return undefined
}

const digestOf = (source: Buffer, compiled: Buffer): Buffer =>
  createHash('sha256').update(source).update(compiled).digest()
