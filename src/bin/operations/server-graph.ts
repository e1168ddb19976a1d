import { readFileSync } from 'node:fs'
import { text } from 'node:stream/consumers'
import { API_KEY_HEADER } from '../../auth/authenticator.ts'
import { UsageError } from '../command-line/usage-error.ts'
import { CannotAskError, type Graph } from './graph.ts'

const TIMEOUT_MS = 30_000

/** The server at a URL, asked as any other client asks it. */
export async function openServerGraph(url: string, keyFile: string | undefined): Promise<Graph> {
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) {
    throw new UsageError({ en: '--url must be an http or https URL.', ko: '--url은 http 또는 https 주소여야 합니다.' })
  }
  const credentials = keyFile === undefined ? {} : credentialsOf(await readKey(keyFile))
  return {
    ask: (query, variables) => post(url, credentials, { query, variables }),
    close: async () => {},
  }
}

async function readKey(file: string): Promise<string> {
  const key = (file === '-' ? await text(process.stdin) : readFile(file)).trim()
  if (/^[\x21-\x7e]+$/.test(key)) return key
  throw new CannotAskError('--key-file holds no key: one line of printable ASCII characters is needed')
}

function readFile(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    throw new CannotAskError(`--key-file cannot be read (${(error as NodeJS.ErrnoException).code})`)
  }
}

/** A token has three parts; anything else is an API key. */
const credentialsOf = (key: string): Readonly<Record<string, string>> =>
  /^[\w-]+\.[\w-]+\.[\w-]+$/.test(key) ? { authorization: `Bearer ${key}` } : { [API_KEY_HEADER]: key }

interface Answer {
  readonly data?: unknown
  readonly errors?: readonly { readonly message?: unknown; readonly extensions?: { readonly code?: unknown } }[]
}

async function post(url: string, credentials: Readonly<Record<string, string>>, body: object): Promise<unknown> {
  const { data, errors } = await answerOf(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json', ...credentials },
    body: JSON.stringify(body),
    // A key must not go anywhere else.
    redirect: 'error',
    signal: AbortSignal.timeout(TIMEOUT_MS),
  })
  const [error] = errors ?? []
  if (error !== undefined) {
    const { message, extensions } = error
    throw new CannotAskError(`The server refused it: ${String(message)} (${String(extensions?.code ?? 'no code')})`)
  }
  return data
}

async function answerOf(url: string, request: RequestInit): Promise<Answer> {
  let response: Response
  try {
    response = await fetch(url, request)
  } catch (error) {
    const { cause, name } = error as Error
    const code = (cause as NodeJS.ErrnoException | undefined)?.code ?? name
    throw new CannotAskError(`The server cannot be reached (${code}): check --url`)
  }
  try {
    return (await response.json()) as Answer
  } catch {
    throw new CannotAskError(`What answers there is no GraphQL (HTTP ${response.status}): check --url`)
  }
}
