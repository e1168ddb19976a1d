// In how many ways a number can be written so that a person, or a program, still reads it.

/** How often one encoding may stand within another and still be seen. */
const DEPTH = 3

/**
 * Every text that a text may be read as: the text with its digits as 0 to 9, and what it says where all or a part of it
 * is percent-encoded, hexadecimal or Base64, also one within another. The work grows with the text's length alone.
 */
export function* spellings(text: string, depth = DEPTH): Generator<string> {
  const plain = plainDigits(text)
  yield plain
  if (depth === 0) return
  for (const decoded of decodings(plain)) yield* spellings(decoded, depth - 1)
}

const PLAIN = /^[\x20-\x7e]*$/

// Marks go first: to compose a long row of them would take time by its square.
const UNSEEN = /[\p{M}\p{Cf}\p{Default_Ignorable_Code_Point}]/gu

/** A text without what is not seen, its digits of whatever script and width as 0 to 9. */
export function plainDigits(text: string): string {
  if (PLAIN.test(text)) return text
  return text
    .replace(UNSEEN, '')
    .normalize('NFKC')
    .replace(/(?![0-9])\p{Nd}/gu, digitOf)
    .replace(/\p{No}/gu, digitOfSign)
}

/** Digits in circles, and those of scripts that have no zero: the first sign of each row, and the digit that it is. */
const SIGNS: readonly (readonly [first: number, digit: number, count: number])[] = [
  [0x24ff, 0, 1],
  [0x24f5, 1, 9],
  [0x2776, 1, 9],
  [0x2780, 1, 9],
  [0x278a, 1, 9],
  [0x1f10b, 0, 1],
  [0x1f10c, 0, 1],
  [0x1369, 1, 9],
  [0x19da, 1, 1],
  [0x10a40, 1, 4],
  [0x10e60, 1, 9],
  [0x11052, 1, 9],
]

function digitOfSign(char: string): string {
  const code = char.codePointAt(0) ?? 0
  const row = SIGNS.find(([first, , count]) => code >= first && code < first + count)
  return row === undefined ? char : String(row[1] + code - row[0])
}

/** Unicode has the ten digits of a script in a row, and rows of ten beside each other. */
function digitOf(char: string): string {
  const code = char.codePointAt(0) ?? 0
  let first = code
  while (/\p{Nd}/u.test(String.fromCodePoint(first - 1))) first--
  return String((code - first) % 10)
}

function* decodings(text: string): Generator<string> {
  if (/%[\da-f]{2}/i.test(text)) yield percentDecoded(text)
  for (const [run] of text.replace(/0x|\\x|[\s:,-]/gi, '').matchAll(/[\da-f]{12,}/gi)) {
    for (const start of [0, 1]) yield* readable(Buffer.from(run.slice(start), 'hex'))
  }
  for (const [run] of text.replace(/\s/g, '').matchAll(/[\w+/-]{8,}/g)) {
    // Where something stands right before it, each place may be the first.
    for (const start of [0, 1, 2, 3]) yield* readable(Buffer.from(run.slice(start), 'base64'))
  }
}

/** Percent-encoded any number of times over: `%2525` is `%25` is `%`. */
function percentDecoded(text: string): string {
  return text
    .replace(/%(?:25)+(?=[\da-f]{2})/gi, '%')
    .replace(/(?:%[\da-f]{2})+/gi, (run) => Buffer.from(run.replaceAll('%', ''), 'hex').toString())
}

/** What decoded bytes say; nothing where too little of it is text. */
function* readable(bytes: Buffer): Generator<string> {
  const text = plainDigits(bytes.toString()).replace(/[^\x20-\x7e]+/g, '\0')
  if (text.replaceAll('\0', '').length >= 6) yield text
}
