import { readFileSync } from 'node:fs'
import * as z from 'zod'

/** Takes the smallest and the largest value; returns the check of a variable that holds a whole number. */
export const wholeNumber = (min: number, max: number) =>
  z
    .string()
    .regex(/^\d{1,9}$/, 'must be a whole number')
    .transform(Number)
    .pipe(z.number().min(min, `must be at least ${min}`).max(max, `must be at most ${max}`))

/** The check of a text. */
export const text = z.string('must be a text')

/** The check of a text that holds JSON; gives what it holds. */
export const json = z.string().transform((text, context) => {
  try {
    return JSON.parse(text) as unknown
  } catch {
    context.addIssue('is not JSON')
    return z.NEVER
  }
})

/** Takes the name of a file, as a step of a check; returns its text. */
export function readText(file: string, context: z.RefinementCtx): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    context.addIssue(`cannot be read (${(error as NodeJS.ErrnoException).code ?? 'error'})`)
    return z.NEVER
  }
}
