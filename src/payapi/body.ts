import { isUtf8 } from 'node:buffer'
import { brotliDecompressSync, gunzipSync, inflateSync } from 'node:zlib'
import { memoizeOne } from './memoize-one.ts'

/** Takes the parts of a body; returns the whole, without a copy where it came in one. */
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
 * Takes the bytes of an answer, its headers and the largest size in bytes; returns the text, or undefined where it
 * cannot be decompressed or is too large. The charset is the header's, else UTF-8; where that does not fit the bytes,
 * EUC-KR; where that does not fit either, UTF-8 with replacement characters, because the code beside a broken
 * message is still worth reading.
 */
export function decodeBody(bytes: Buffer, headers: Headers, maxBytes: number): string | undefined {
  const plain = decompress(bytes, header(headers, 'content-encoding'), maxBytes)
  if (plain === undefined) return undefined
  const declared = charsetOf(header(headers, 'content-type'))
  if (declared === 'utf-8' && isUtf8(plain)) return withoutByteOrderMark(plain.toString('utf8'))
  return decode(plain, declared) ?? decode(plain, 'utf-8') ?? decode(plain, 'euc-kr') ?? new TextDecoder().decode(plain)
}

const charsetOf = memoizeOne((contentType: string): string => {
  const declared = /charset\s*=\s*"?([^\s";]+)/i.exec(contentType)?.[1] ?? 'utf-8'
  return declared === 'utf8' ? 'utf-8' : declared
})

function withoutByteOrderMark(text: string): string {
  return text.startsWith('\uFEFF') ? text.slice(1) : text
}

function header(headers: Headers, name: string): string {
  const value = headers[name]
  return (Array.isArray(value) ? value.join(',') : (value ?? '')).trim().toLowerCase()
}

function decompress(bytes: Buffer, encoding: string, maxBytes: number): Buffer | undefined {
  if (encoding === '' || encoding === 'identity') return bytes
  const decompressor = Object.hasOwn(DECOMPRESS, encoding) ? DECOMPRESS[encoding] : undefined
  try {
    return decompressor?.(bytes, { maxOutputLength: maxBytes })
  } catch {
    return undefined
  }
}

function decode(bytes: Buffer, charset: string): string | undefined {
  try {
    return new TextDecoder(charset, { fatal: true }).decode(bytes)
  } catch {
    return undefined
  }
}
