import { createHash } from 'node:crypto'
import { type ResolveCursorConnectionArgs, resolveCursorConnection } from '@pothos/plugin-relay'
import { SafeError } from '../../auth/errors.ts'
import type { OperationCursor, OperationRange } from '../../journal/store.ts'

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

function cursorOf({ createdAt, id }: OperationCursor, filter: string): string {
  return Buffer.from(`${createdAt} ${filter} ${id}`).toString('base64url')
}

/** Throws an error for the caller where a cursor is none, or belongs to another filter. */
function parseCursor(cursor: string, argument: 'after' | 'before', filter: string): OperationCursor {
  const [, createdAt, ownFilter, id] =
    /^(\d{1,15}) (\S{11}) (.+)$/s.exec(Buffer.from(cursor, 'base64url').toString()) ?? []
  if (createdAt === undefined || id === undefined) throw badArgument(`${argument} is not a cursor of this list.`)
  if (ownFilter !== filter) throw badArgument(`${argument} is a cursor of another filter: begin without one.`)
  return { createdAt: Number(createdAt), id }
}

/** One list as pages are read of it. */
interface PagedList<Item> {
  /** Names the list with its filter: see `filterId`. */
  readonly listId: string
  readonly placeOf: (item: Item) => OperationCursor
  /** Newest first, or backwards, at most so many of a range. */
  readonly find: (limit: number, range: OperationRange) => Promise<readonly Item[]>
}

/** A page of a list. Throws an error for the caller where a cursor is none of this list. */
export async function readPage<Item>(args: PageArguments, { listId, placeOf, find }: PagedList<Item>) {
  const resolve = async ({ after, before, limit, inverted }: ResolveCursorConnectionArgs): Promise<Item[]> => {
    const range = {
      after: after ? parseCursor(after, 'after', listId) : undefined,
      before: before ? parseCursor(before, 'before', listId) : undefined,
      backwards: inverted,
    }
    return [...(await find(limit, range))]
  }
  const options = { args, defaultSize: PAGE_SIZE, toCursor: (item: Item) => cursorOf(placeOf(item), listId) }
  const { edges, pageInfo } = await resolveCursorConnection<Promise<Item[]>>(options, resolve)
  // Of a page with nothing in it there is no first and no last.
  return { edges, pageInfo: edges.length > 0 ? pageInfo : { ...pageInfo, startCursor: null, endCursor: null } }
}

/** How many a page of any list holds where nothing is said, and at most. */
export const PAGE_SIZE = 20
export const MAX_PAGE_SIZE = 100

/** The arguments of every connection. */
export interface PageArguments {
  readonly first?: number | null | undefined
  readonly after?: string | null | undefined
  readonly last?: number | null | undefined
  readonly before?: string | null | undefined
}

/** Throws an error for the caller who asks for no page, too large a page, or two. */
export function checkPageSize({ first, last }: PageArguments): void {
  if (first != null && last != null) throw badArgument('Give first or last, not both.')
  for (const [name, size] of Object.entries({ first, last })) {
    if (size != null && (size < 1 || size > MAX_PAGE_SIZE)) throw badArgument(`${name} must be 1 to ${MAX_PAGE_SIZE}.`)
  }
}

/** What is said to a caller of an argument that cannot be taken. */
export const badArgument = (message: string) => new SafeError(message, { extensions: { code: 'BAD_USER_INPUT' } })
