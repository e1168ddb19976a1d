import { brotliDecompressSync, gunzipSync, inflateSync } from 'node:zlib'
import { memoizeOne } from '../../lib/memoize.ts'
import { decodeText, isCharset } from './charset.ts'

/** Without a copy where the body came in one part. */
export function joined(parts: readonly Buffer[]): Buffer {
  const [first] = parts
  return first !== undefined && parts.length === 1 ? first : Buffer.concat(parts)
}

type Headers = Readonly<Record<string, string | string[] | undefined>>

const DECOMPRESS: Readonly<Record<string, typeof gunzipSync>> = {
  gzip: gunzipSync,
  'x-gzip': gunzipSync,
  deflate: inflateSync,
  br: brotliDecompressSync,
}

/**
 * The text of an answer, of that charset where it declares none; undefined where it cannot be decompressed or is larger
 * than so many bytes.
 */
export function decodeBody(bytes: Buffer, headers: Headers, charset: string, maxBytes: number): string | undefined {
  const plain = decompress(bytes, header(headers, 'content-encoding'), maxBytes)
  return plain === undefined ? undefined : decodeText(plain, charsetOf(header(headers, 'content-type')) ?? charset)
}

const charsetOf = memoizeOne(
  (contentType: string): string | undefined => /charset\s*=\s*["']?([^\s"';,]+)/.exec(contentType)?.[1],
)

function header(headers: Headers, name: string): string {
  const value = headers[name]
  return (Array.isArray(value) ? value.join(',') : (value ?? '')).trim().toLowerCase()
}

/** The last encoding of the list was applied last. */
function decompress(bytes: Buffer, encodings: string, maxBytes: number): Buffer | undefined {
  let plain = bytes
  for (const encoding of encodings.split(',').reverse()) {
    const name = encoding.replace(/["']/g, '').trim()
    if (isNone(name)) continue
    if (!Object.hasOwn(DECOMPRESS, name)) return undefined
    try {
      plain = DECOMPRESS[name]?.(plain, { maxOutputLength: maxBytes }) ?? plain
    } catch {
      return undefined
    }
  }
  return plain
}

const NO_ENCODING = new Set([
  '',
  'identity',
  'none',
  'null',
  'no',
  'off',
  'plain',
  'text',
  'raw',
  'binary',
  '7bit',
  '8bit',
])

/** Whether a `Content-Encoding` is none: some put a charset or a media type there. */
function isNone(name: string): boolean {
  return NO_ENCODING.has(name) || name.includes('/') || isCharset(name.replace(/^charset\s*=\s*/, ''))
}
