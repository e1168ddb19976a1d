import { randomBytes } from 'node:crypto'
import {
  accessSync,
  constants,
  existsSync,
  linkSync,
  mkdirSync,
  readFileSync,
  statSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs'
import { dirname } from 'node:path'
import { newId } from '../../lib/ids.ts'
import { StartError } from '../lifecycle/start-error.ts'

const KEY_BYTES = 32

/** Throws `StartError` where a journal cannot be kept at a path: a start that goes on would refuse every charge. */
export function checkJournalPath(path: string): void {
  const place = 'PAYAPI_DATA_DIR or PAYAPI_STORE_URL'
  try {
    if (statSync(path, { throwIfNoEntry: false })?.isDirectory()) {
      throw new StartError(`${place}: there is a folder where the journal's file is to be.`)
    }
    let folder = dirname(path)
    while (!existsSync(folder)) folder = dirname(folder)
    if (!statSync(folder).isDirectory()) throw new StartError(`${place}: there is a file where a folder is to be.`)
    accessSync(folder, constants.W_OK | constants.X_OK)
    if (existsSync(path)) accessSync(path, constants.R_OK | constants.W_OK)
  } catch (error) {
    if (error instanceof StartError) throw error
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOTDIR') throw new StartError(`${place}: there is a file where a folder is to be.`)
    throw new StartError(`${place}: the journal cannot be written there (${code}).`)
  }
}

/** The sandbox's key: made at the first start, kept beside the journal that it opens. */
export function keyBeside(path: string): Buffer {
  const file = `${path}.key`
  let key: Buffer
  try {
    if (!existsSync(file)) makeKey(file)
    key = readFileSync(file)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    throw new StartError(`PAYAPI_DATA_DIR or PAYAPI_STORE_URL: the key beside the journal cannot be used (${code}).`)
  }
  if (key.length === KEY_BYTES) return key
  throw new StartError('PAYAPI_DATA_DIR or PAYAPI_STORE_URL: the file of the key beside the journal does not hold one.')
}

/** Whole or not at all: another worker may start at the same moment, and this one may be killed at any. */
function makeKey(file: string): void {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
  const unfinished = `${file}.${newId()}`
  writeFileSync(unfinished, randomBytes(KEY_BYTES), { flag: 'wx', mode: 0o600, flush: true })
  try {
    linkSync(unfinished, file)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  } finally {
    unlinkSync(unfinished)
  }
}
