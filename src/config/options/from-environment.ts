import { readFileSync } from 'node:fs'
import { readConfig } from '../index.ts'
import { OPTIONS, optionsOf } from './table.ts'
import type { PayApiGraphqlOptions } from './types.ts'

/**
 * The options that stand in the environment, in the program's own variables. Those of a program alone are checked and left
 * out: where it listens, its workers, its log's level, the port of its metrics. Throws `ConfigError`, which names every
 * variable that is wrong, missing or not known, and has no value.
 */
export function optionsFromEnvironment(
  env: Readonly<Record<string, string | undefined>> = process.env,
): PayApiGraphqlOptions {
  const { auth, journal, tracing } = readConfig(env)
  const options: Record<string, unknown> = {}
  for (const { path, option } of optionsOf(OPTIONS)) {
    const text = env[option.variable] || fileText(env[`${option.variable}_FILE`])
    if (text) setAt(options, path, option.read(text))
  }
  if (journal === undefined) options['journal'] = false
  // Also where the variables name a folder, or leave it at the program's.
  else if (journal.storeUrl !== undefined) setAt(options, ['journal', 'url'], journal.storeUrl)
  if (auth === undefined) options['auth'] = false
  // It may be named without being sent anywhere.
  if (tracing === undefined) delete options['tracing']
  return options
}

/** Undefined where no file is named. */
const fileText = (file: string | undefined): string | undefined =>
  file ? new TextDecoder().decode(readFileSync(file)) : undefined

function setAt(tree: Record<string, unknown>, [name = '', ...rest]: readonly string[], value: unknown): void {
  const inner = (tree[name] ?? {}) as Record<string, unknown>
  tree[name] = rest.length === 0 ? value : inner
  if (rest.length > 0) setAt(inner, rest, value)
}
