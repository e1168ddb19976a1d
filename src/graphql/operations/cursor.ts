import { createHash } from 'node:crypto'
import type { OperationCursor } from '../../journal/store.ts'
import { badArgument } from './page-size.ts'

// A cursor is a place in one list. Where it is given with another filter, the page would begin anywhere.

const ID_CHARACTERS = 11

/** Names a filter, whatever the order of its parts and of the values in them. */
export function filterId(filter: object): string {
  const parts = Object.entries(filter).map(([name, value]) => [
    name,
    Array.isArray(value) ? [...new Set(value)].toSorted() : value,
  ])
  const text = JSON.stringify(parts.toSorted(([one], [other]) => (String(one) < String(other) ? -1 : 1)))
  return createHash('sha256').update(text).digest('base64url').slice(0, ID_CHARACTERS)
}

export function cursorOf({ createdAt, id }: OperationCursor, filter: string): string {
  return Buffer.from(`${createdAt} ${filter} ${id}`).toString('base64url')
}

/** Throws an error for the caller where a cursor is none, or belongs to another filter. */
export function parseCursor(cursor: string, argument: 'after' | 'before', filter: string): OperationCursor {
  const [, createdAt, ownFilter, id] =
    /^(\d{1,15}) (\S{11}) (.+)$/s.exec(Buffer.from(cursor, 'base64url').toString()) ?? []
  if (createdAt === undefined || id === undefined) throw badArgument(`${argument} is not a cursor of this list.`)
  if (ownFilter !== filter) throw badArgument(`${argument} is a cursor of another filter: begin without one.`)
  return { createdAt: Number(createdAt), id }
}
