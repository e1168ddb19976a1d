import { type Config, configOf } from '../index.ts'
import { OptionsError } from '../settings-error.ts'
import { type Variables, variables } from '../variables/index.ts'
import { checkOptions } from './check.ts'
import { inOptions } from './names.ts'
import { isPlain, OPTIONS, optionsOf, valueAt } from './table.ts'
import type { PayApiGraphqlOptions } from './types.ts'

/**
 * The configuration that a program with the same settings has. Throws `OptionsError`, which names every option that is
 * wrong, missing or not known, and has no value.
 */
export function configFromOptions(options: PayApiGraphqlOptions): Config {
  if (!isPlain(options)) throw new OptionsError(['the options must be an object'])
  const { journal, auth } = options
  // What is switched off has no options.
  const given = { ...options, ...(journal === false && { journal: {} }), ...(auth === false && { auth: undefined }) }
  const { lines, right } = checkOptions(given)
  const wrong = new Set<string>()
  const set: Record<string, unknown> = {
    PAYAPI_JOURNAL: journal === false ? 'off' : 'on',
    PAYAPI_AUTH: methodsOf(given.auth),
  }
  for (const { path, option } of optionsOf(OPTIONS)) {
    const value = valueAt(right, path)
    if (value !== undefined) set[option.variable] = value
    else if (valueAt(given, path) !== undefined) wrong.add(option.variable)
  }
  const config = configOf({ ...variables.parse({}), ...set } as Variables, (line, ...names) => {
    const about = [/^\w+/.exec(line)?.[0] ?? '', ...names]
    if (!about.some((name) => wrong.has(name))) lines.push(inOptions(line))
  })
  lines.push(...missing(options, config))
  if (lines.length > 0) throw new OptionsError(lines)
  return set['PAYAPI_STORE_URL'] === undefined && config.journal !== undefined
    ? { ...config, journal: { ...config.journal, storeUrl: undefined } }
    : config
}

function methodsOf(auth: unknown): readonly string[] {
  if (!isPlain(auth)) return []
  return [...(auth['jwt'] === undefined ? [] : ['jwt']), ...(auth['apiKeys'] === undefined ? [] : ['api-key'])]
}

/** What a group must have where it is given at all. */
const NEEDED = { metrics: 'token', tracing: 'endpoint', webhooks: 'endpoints' } as const

function missing(options: PayApiGraphqlOptions, { environment, isLocalSandbox }: Config): readonly string[] {
  const lines: string[] = []
  for (const [group, name] of Object.entries(NEEDED)) {
    const given = (options as Readonly<Record<string, unknown>>)[group]
    if (isPlain(given) && given[name] === undefined) lines.push(`${group}.${name} is needed`)
  }
  const { auth, journal } = options
  if (auth === undefined && !isLocalSandbox)
    lines.push('auth is needed: jwt or apiKeys; or false, where the server around it lets nobody in who must not')
  if (isPlain(auth) && methodsOf(auth).length === 0) lines.push('auth must have jwt or apiKeys, or be false')
  if (environment !== 'sandbox' && journal !== false && journal?.url === undefined)
    lines.push('journal.url is needed: a file: or postgres: URL')
  return lines
}
