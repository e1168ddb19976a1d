import * as z from 'zod'
import { nearName } from '../../lib/near-name.ts'
import { inOptions, pathText } from './names.ts'
import { isOption, isPlain, OPTIONS, type Option, type OptionTree, type Plain } from './table.ts'

const path = z.string('must be a text').regex(/^(?:\/[\w.~-]+)+$/, 'must be a path such as /graphql')

const isLog = (given: unknown): boolean =>
  isPlain(given) && ['info', 'warn', 'error'].every((name) => typeof given[name] === 'function')

/** What no variable sets. */
const OWN: Readonly<Record<string, z.ZodType>> = {
  endpoint: path.optional(),
  basePath: path.optional(),
  log: z.custom(isLog, 'must have the functions info, warn and error').optional(),
  onCall: z.custom((given) => typeof given === 'function', 'must be a function').optional(),
}

const schema = groupOf(OPTIONS, OWN)

function groupOf(tree: OptionTree, more: Readonly<Record<string, z.ZodType>> = {}): z.ZodType {
  const fields = Object.entries(tree).map(([name, entry]) => [
    name,
    (isOption(entry) ? entry.schema : groupOf(entry)).optional(),
  ])
  return z.strictObject({ ...Object.fromEntries(fields), ...more }, 'must be an object')
}

/** What is wrong with options one by one, in lines, and the values of the others as variables have them. */
export function checkOptions(given: Plain): { readonly lines: string[]; readonly right: Plain } {
  const read = schema.safeParse(given)
  if (read.success) return { lines: [], right: read.data as Plain }
  const { issues } = read.error
  return {
    lines: issues.flatMap(problemsOf),
    right: schema.parse(issues.flatMap(placesOf).reduce((rest, place) => without(rest, place), given)) as Plain,
  }
}

/** The messages are all our own, for zod's may quote what was given. */
function problemsOf(issue: z.core.$ZodIssue): readonly string[] {
  const group = entryAt(issue.path)
  if (issue.code !== 'unrecognized_keys' || isOption(group))
    return [`${pathText(issue.path)} ${inOptions(issue.message)}`]
  const known = [...Object.keys(group), ...(group === OPTIONS ? Object.keys(OWN) : [])]
  return issue.keys.map((name) => {
    const meant = nearName(name, known)
    const hint = meant === undefined ? '' : `; ${pathText([...issue.path, meant])} is`
    return `${pathText([...issue.path, name])} is no option${hint}`
  })
}

/** The options that an issue is about. */
function placesOf(issue: z.core.$ZodIssue): readonly (readonly PropertyKey[])[] {
  const isGroup = issue.code === 'unrecognized_keys' && !isOption(entryAt(issue.path))
  return isGroup ? issue.keys.map((name) => [...issue.path, name]) : [issue.path]
}

/** The option that a path leads to or into, or the group. */
function entryAt(path: readonly PropertyKey[]): Option | OptionTree {
  let entry: Option | OptionTree = OPTIONS
  for (const step of path) if (!isOption(entry)) entry = entry[step as string] ?? entry
  return entry
}

/** The same without an option: the whole of it, where the path leads into one. */
function without(given: Plain, [step, ...rest]: readonly PropertyKey[], tree: OptionTree = OPTIONS): Plain {
  const name = String(step)
  const entry = tree[name]
  const { [name]: inner, ...others } = given
  if (rest.length === 0 || entry === undefined || isOption(entry) || !isPlain(inner)) return others
  return { ...others, [name]: without(inner, rest, entry) }
}
