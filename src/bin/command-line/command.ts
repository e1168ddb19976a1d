import { parseArgs } from 'node:util'
import type { Localized } from '../../lib/localized.ts'
import type { Language } from './language.ts'
import { UsageError, unknownName } from './usage-error.ts'

/** An option of a command: a switch, or with a value. */
export interface Option {
  readonly about: Localized
  /** What stands for its value in the help; left out for a switch. */
  readonly value?: string
  /** What the value must be one of. */
  readonly oneOf?: readonly string[]
  /** Whether its value is the number of a port. */
  readonly isPort?: true
}

/** A command of the program, as the help shows it and the command line is read by it. */
export interface Command {
  readonly about: Localized
  /** Names of what is given without an option, all of it needed. */
  readonly operands: readonly string[]
  readonly options: Readonly<Record<string, Option>>
  /** What else is to be known, a paragraph each. */
  readonly notes: readonly Localized[]
  /** Resolves to the exit code, or to undefined where the program goes on by itself. */
  readonly run: (given: Given) => Promise<number | undefined>
}

/** What was given on the command line. */
export interface Given {
  readonly operands: readonly string[]
  readonly language: Language
  /** The value of an option; undefined where it was not given. */
  value(option: string): string | undefined
  /** Whether a switch was given. */
  has(option: string): boolean
}

/** Reads the arguments of a command. Throws `UsageError` for the first that cannot be understood. */
export function readArguments(command: Command, args: readonly string[], language: Language): Given {
  const known = Object.entries(command.options)
  const { tokens } = parseArgs({
    args: [...args],
    options: Object.fromEntries(known.map(([name, { value }]) => [name, { type: value ? 'string' : 'boolean' }])),
    allowPositionals: true,
    strict: false,
    tokens: true,
  })
  const values = new Map<string, string | true>()
  const operands: string[] = []
  for (const token of tokens) {
    if (token.kind === 'positional') operands.push(token.value)
    if (token.kind !== 'option') continue
    const option = Object.hasOwn(command.options, token.name) ? command.options[token.name] : undefined
    if (option === undefined) {
      throw unknownName('option', '옵션', token.rawName, [...known.map(([name]) => `--${name}`), '--help', '--lang'])
    }
    values.set(token.name, checkValue(token.rawName, option, token.value, token.inlineValue))
  }
  checkOperands(command, operands)
  return {
    operands,
    language,
    value: (option) => {
      const value = values.get(option)
      return typeof value === 'string' ? value : undefined
    },
    has: (option) => values.has(option),
  }
}

function checkValue(name: string, option: Option, value: string | undefined, isInline: boolean | undefined) {
  if (option.value === undefined) {
    if (value === undefined) return true
    throw new UsageError({ en: `${name} takes no value.`, ko: `${name}에는 값을 지정할 수 없습니다.` })
  }
  // What begins with a dash is the next option, unless it was tied to this one: `--note=-`. A dash alone is standard input.
  if (value === undefined || value === '' || (isInline !== true && /^-./.test(value))) {
    throw new UsageError({ en: `${name} needs a value.`, ko: `${name}에는 값이 필요합니다.` })
  }
  if (option.oneOf?.includes(value) === false) {
    const list = option.oneOf.join(', ')
    throw new UsageError({ en: `${name} must be one of ${list}.`, ko: `${name}은(는) ${list} 중 하나여야 합니다.` })
  }
  if (option.isPort === true && !(/^\d{1,5}$/.test(value) && Number(value) <= 65_535)) {
    throw new UsageError({
      en: `${name} must be a port from 0 to 65535.`,
      ko: `${name}은(는) 0부터 65535까지의 포트여야 합니다.`,
    })
  }
  return value
}

function checkOperands({ operands: names }: Command, given: readonly string[]): void {
  const [missing] = names.slice(given.length)
  if (missing !== undefined) {
    throw new UsageError({ en: `<${missing}> is missing.`, ko: `<${missing}>이(가) 없습니다.` })
  }
  const [tooMany] = given.slice(names.length)
  if (tooMany === undefined) return
  throw new UsageError({
    en: `${tooMany} is one argument too many.`,
    ko: `${tooMany}: 필요 없는 인수입니다.`,
  })
}
