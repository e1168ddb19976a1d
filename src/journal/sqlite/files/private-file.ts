import { closeSync, fsyncSync, mkdirSync, openSync, statSync } from 'node:fs'
import { dirname } from 'node:path'

/** Which file a path leads to; another one under the same name has another identity. */
export type FileIdentity = string

/** Undefined where nothing is at the path. Other errors are thrown. */
export const identityOf = (path: string): FileIdentity | undefined => lookAt(path)?.identity

/** Which file a path leads to, and its size in bytes. Undefined where nothing is there. Other errors are thrown. */
export function lookAt(path: string): { readonly identity: FileIdentity; readonly size: number } | undefined {
  try {
    // Not opened: closing a file drops all locks that this process has on it, SQLite's too.
    const { dev, ino, size } = statSync(path, { bigint: true })
    return { identity: `${dev}:${ino}`, size: Number(size) }
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined
    throw error
  }
}

/** The file's size in bytes, 0 where none is. Other errors are thrown. */
export const sizeOf = (path: string): number => statSync(path, { throwIfNoEntry: false })?.size ?? 0

/**
 * Makes an empty file at an absolute path, and the folders above it, with rights for its owner only; their names are on
 * disk then. What exists is left as it is. Throws what the file system says.
 */
export function createPrivateFile(path: string): void {
  const folder = dirname(path)
  const topmost = mkdirSync(folder, { recursive: true, mode: 0o700 })
  try {
    closeSync(openSync(path, 'wx', 0o600))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    return
  }
  // SQLite flushes what it writes into the file, but not that there is one.
  const end = topmost === undefined ? folder : dirname(topmost)
  for (let each = folder; ; each = dirname(each)) {
    syncFolder(each)
    if (each === end || each === dirname(each)) return
  }
}

/** Has what was made, linked or removed in a folder on disk before it returns. */
export function syncFolder(folder: string): void {
  // Windows cannot open a folder, and needs no such flush.
  if (process.platform === 'win32') return
  const handle = openSync(folder, 'r')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}
