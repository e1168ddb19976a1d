import { readFileSync } from 'node:fs'
import * as z from 'zod'

/**
 * Hears what is wrong with several variables together. Says nothing where one of those named is wrong by itself, which
 * was told already.
 */
export type Complain = (line: string, ...unlessWrong: readonly string[]) => void

export const wholeNumber = (min: number, max: number) =>
  z
    .string()
    .regex(/^\d{1,9}$/, 'must be a whole number')
    .transform(Number)
    .pipe(z.number().min(min, `must be at least ${min}`).max(max, `must be at most ${max}`))

/** The check of a text. */
export const text = z.string('must be a text')

const BYTE_ORDER_MARK = /^\ufeff/

/** The check of a text that holds JSON; gives what it holds. */
export const json = z.string().transform((text, context) => {
  try {
    return JSON.parse(text.replace(BYTE_ORDER_MARK, '')) as unknown
  } catch {
    context.addIssue('is not JSON')
    return z.NEVER
  }
})

/** A step of a check: the text of the file that a variable names. */
export function readText(file: string, context: z.RefinementCtx): string {
  try {
    // Whatever begins with a byte order mark is taken without it: editors of Windows write one.
    return new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(file))
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    context.addIssue(code === 'ERR_ENCODING_INVALID_ENCODED_DATA' ? 'is not UTF-8' : `cannot be read (${code})`)
    return z.NEVER
  }
}
