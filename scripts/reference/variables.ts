import * as z from 'zod'
import { documentation } from '../../src/config/variables/documentation.ts'
import { VARIABLE_GROUPS, type VariableGroup } from '../../src/config/variables/index.ts'
import type { Localized } from '../../src/lib/localized.ts'

/** A variable of the server as its schema and its documentation describe it. */
export interface DescribedVariable {
  readonly name: string
  readonly about: Localized
  /** What it may be set to, where that is a short list. */
  readonly choices: readonly string[] | undefined
  readonly range: { readonly min: number; readonly max: number } | undefined
  readonly example: string | undefined
  readonly placeholder: string | undefined
  /** What holds where it is not set, as it would be written; undefined where the schema has no default. */
  readonly default: string | undefined
  /** The same in words, where the schema has no default. */
  readonly unset: Localized | undefined
}

/** All variables of the server in their groups. */
export function describedGroups(): readonly { title: Localized; variables: readonly DescribedVariable[] }[] {
  return VARIABLE_GROUPS.map(({ title, variables }: VariableGroup) => ({
    title,
    variables: Object.entries(variables).map(([name, schema]) => describe(name, schema)),
  }))
}

function describe(name: string, schema: z.ZodType): DescribedVariable {
  const texts = documentation.get(schema)
  if (texts === undefined) throw new Error(`${name} has no text in the documentation`)
  const taken = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' })
  const read = z.toJSONSchema(schema, { io: 'output', unrepresentable: 'any' })
  const { minimum: min, maximum: max } = read
  return {
    name,
    about: texts,
    choices: taken.enum?.map(String),
    range: min === undefined || max === undefined ? undefined : { min, max },
    example: texts.example,
    placeholder: texts.placeholder,
    default: read.default === undefined ? undefined : written(read.default),
    unset: texts.unset,
  }
}

/** A value that was read, as one would write it. */
function written(value: unknown): string {
  if (typeof value === 'boolean') return value ? 'on' : 'off'
  if (Array.isArray(value)) return value.join(',')
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}
