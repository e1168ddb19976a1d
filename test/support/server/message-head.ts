/** The head of a message of HTTP/1.1. */
interface MessageHead {
  /** The words of its first line. */
  readonly first: readonly string[]
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string>>
  /** Where the body begins. */
  readonly end: number
}

/** Reads the head with which bytes begin; undefined where not all of it is there. */
export function messageHead(bytes: Buffer): MessageHead | undefined {
  const end = bytes.indexOf('\r\n\r\n')
  if (end < 0) return undefined
  const [first = '', ...lines] = bytes.toString('latin1', 0, end).split('\r\n')
  const headers = lines.map((line): [string, string] => {
    const colon = line.indexOf(':')
    return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()]
  })
  return { first: first.split(' '), headers: Object.fromEntries(headers), end: end + 4 }
}
