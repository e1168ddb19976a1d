import { SafeError } from '../../auth/errors.ts'

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
