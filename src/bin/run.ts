import { createRequire } from 'node:module'
import { type Command, readArguments } from './command-line/command.ts'
import { commandHelp, PROGRAM, programHelp } from './command-line/help.ts'
import { LANGUAGES, type Language, languageOf } from './command-line/language.ts'
import { UsageError, unknownName } from './command-line/usage-error.ts'
import { COMMANDS } from './commands.ts'

const WRONG_USE = 2

/**
 * Carries out what the command line says. `implied` is the command where none is named. Resolves to the exit code, or to
 * undefined where the program goes on by itself.
 */
export async function run(args: readonly string[], implied?: string): Promise<number | undefined> {
  let language = languageOf(process.env)
  try {
    const taken = takeLanguage(args)
    language = taken.language ?? language
    const { name: named, rest } = takeCommand(asksForHelp(taken.rest))
    if (rest.includes('--version') || rest.includes('-v')) return print(`${version()}\n`)
    if (named === undefined && rest.some(isHelp)) return print(programHelp(COMMANDS, language))
    const name = named ?? implied
    if (name === undefined) {
      const [option] = rest
      if (option !== undefined) throw unknownName('option', '옵션', option, ['--help', '--version', '--lang'])
      process.stderr.write(programHelp(COMMANDS, language))
      return WRONG_USE
    }
    const command = commandNamed(name)
    if (rest.some(isHelp)) return print(commandHelp(name, command, language))
    return await command.run(readArguments(command, rest, language))
  } catch (error) {
    if (!(error instanceof UsageError)) throw error
    const help = { en: `See ${PROGRAM} --help.`, ko: `도움말: ${PROGRAM} --help` }
    process.stderr.write(`${error.text[language]} ${help[language]}\n`)
    return WRONG_USE
  }
}

/** `help serve` asks for the same as `serve --help`. */
const asksForHelp = (args: readonly string[]): readonly string[] =>
  args[0] === 'help' ? [...args.slice(1), '--help'] : args

const isHelp = (arg: string): boolean => arg === '--help' || arg === '-h'

function print(text: string): number {
  process.stdout.write(text)
  return 0
}

/** The language may be given anywhere. */
function takeLanguage(args: readonly string[]): { readonly rest: readonly string[]; readonly language?: Language } {
  const index = args.findIndex((arg) => arg === '--lang' || arg.startsWith('--lang='))
  if (index < 0) return { rest: args }
  const [, tied] = /^--lang=(.*)$/.exec(args[index] ?? '') ?? []
  const language = LANGUAGES.find((known) => known === (tied ?? args[index + 1]))
  if (language === undefined) {
    throw new UsageError({ en: '--lang must be en or ko.', ko: '--lang은 en 또는 ko여야 합니다.' })
  }
  return { rest: args.toSpliced(index, tied === undefined ? 2 : 1), language }
}

/** The command stands first, or no command is named. */
function takeCommand(args: readonly string[]): { readonly name?: string; readonly rest: readonly string[] } {
  const [first, ...rest] = args
  return first === undefined || first.startsWith('-') ? { rest: args } : { name: first, rest }
}

function commandNamed(name: string): Command {
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined
  if (command === undefined) throw unknownName('command', '명령', name, Object.keys(COMMANDS))
  return command
}

function version(): string {
  // By the package's own name: however it is built and wherever it is installed, Node finds it.
  return (createRequire(import.meta.url)('payapi-graphql/package.json') as { version: string }).version
}
