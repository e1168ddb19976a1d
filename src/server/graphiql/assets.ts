import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { brotliCompressSync, gunzipSync, gzipSync } from 'node:zlib'
import { printSchema } from 'graphql'
import { schema } from '../../graphql/schema.ts'
import { PACKAGE_ROOT } from '../../lib/package-root.ts'
import type { Headers } from '../http/response-headers.ts'
import { type Encoding, negotiateEncoding } from './encodings.ts'

const BUILT = new URL('dist/graphiql/', PACKAGE_ROOT)

/** What the page consists of, by the names of its files. */
export interface Manifest {
  readonly script: string
  readonly style: string
  /** Scripts that are needed at once, though others import them. */
  readonly preload: readonly string[]
  readonly workers: Readonly<Record<string, string>>
}

/** Undefined where the page was not built. */
export function readManifest(): Manifest | undefined {
  try {
    return JSON.parse(readFileSync(new URL('manifest.json', BUILT), 'utf8')) as Manifest
  } catch {
    return undefined
  }
}

const TYPES: Readonly<Record<string, string>> = {
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  ttf: 'font/ttf',
  graphql: 'text/plain; charset=utf-8',
}

const YEAR_S = 31_536_000

/**
 * Serves the files of the page below a path, compressed as they were built. Their names say what is in them, so browsers
 * keep them for good. Returns false where a request is for something else.
 */
export function createAssets(path: string, headers: Headers, showsSchema: boolean) {
  return (request: IncomingMessage, response: ServerResponse): boolean => {
    const { method, url } = request
    if (!url?.startsWith(path) || (method !== 'GET' && method !== 'HEAD')) return false
    const name = url.slice(path.length)
    const found = read(name, negotiateEncoding(request.headers['accept-encoding']), showsSchema)
    if (found === undefined) {
      response.writeHead(404, { ...headers, 'content-length': 0 }).end()
      return true
    }
    const { bytes, encoding } = found
    response.writeHead(200, {
      ...headers,
      'cache-control': `public, max-age=${YEAR_S}, immutable`,
      'content-type': TYPES[name.slice(name.lastIndexOf('.') + 1)] ?? 'application/octet-stream',
      'content-length': bytes.length,
      vary: 'accept-encoding',
      ...(encoding === 'identity' ? {} : { 'content-encoding': encoding }),
    })
    response.end(method === 'HEAD' ? undefined : bytes)
    return true
  }
}

/** A name leads nowhere else. */
const NAME = /^[\w.-]+\.(?:js|css|ttf)$/

const SUFFIX = { br: '.br', gzip: '.gz' } as const

const readBuilt = (file: string): Buffer => readFileSync(new URL(file, BUILT))

/** A package has the files compressed only. */
function readPlain(name: string): Buffer {
  return existsSync(new URL(name, BUILT)) ? readBuilt(name) : gunzipSync(readBuilt(`${name}${SUFFIX.gzip}`))
}

function read(name: string, encoding: Encoding, showsSchema: boolean) {
  if (showsSchema && name === schemaFile().name) return { encoding, bytes: schemaFile().bytes[encoding] }
  if (!NAME.test(name)) return undefined
  try {
    return { encoding, bytes: encoding === 'identity' ? readPlain(name) : readBuilt(`${name}${SUFFIX[encoding]}`) }
  } catch {
    // There is none, or a newer build took it away.
    return undefined
  }
}

let printed: { readonly name: string; readonly bytes: Readonly<Record<Encoding, Buffer>> } | undefined

/** The schema as a file: as the answer to a question about it, it has ten times the bytes. */
export function schemaFile() {
  if (printed === undefined) {
    const identity = Buffer.from(printSchema(schema))
    const hash = createHash('sha256').update(identity).digest('hex').slice(0, 8)
    printed = {
      name: `schema-${hash}.graphql`,
      bytes: { identity, br: brotliCompressSync(identity), gzip: gzipSync(identity) },
    }
  }
  return printed
}
