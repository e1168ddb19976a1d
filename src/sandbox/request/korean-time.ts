// Korean time as PayAPI writes it. Korea keeps UTC+9 the whole year, so a fixed offset does.

const OFFSET_MS = 9 * 60 * 60 * 1000

/** An instant as the date (YYYYMMDD) and the time of day (hhmmss) of an answer. */
interface KoreanTime {
  readonly date: string
  readonly time: string
}

/** Date and time in Korea at an instant (milliseconds since 1970). */
export function toKoreanTime(epochMs: number): KoreanTime {
  const digits = new Date(epochMs + OFFSET_MS).toISOString().replace(/\D/g, '')
  return { date: digits.slice(0, 8), time: digits.slice(8, 14) }
}

/** The instant (milliseconds since 1970) of a `timestamp` of 14 digits; undefined where it names no real one. */
export function parseKoreanTime(text: string): number | undefined {
  const match = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)$/.exec(text)
  if (!match) return undefined
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match.slice(1).map(Number)
  const epochMs = Date.UTC(year, month - 1, day, hour, minute, second) - OFFSET_MS
  // Date.UTC rolls 31 February over into March; writing it back shows whether it did.
  const { date, time } = toKoreanTime(epochMs)
  return date + time === text ? epochMs : undefined
}
