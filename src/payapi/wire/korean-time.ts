import { memoizeOne } from '../../lib/memoize.ts'

const KOREA_AHEAD_MS = 9 * 60 * 60 * 1000 // Korea has kept one offset, without summer time, since 1988.

/** An instant (milliseconds since 1970, UTC) as PayAPI's `timestamp`: `YYYYMMDDhhmmss` in Korean time, 14 digits. */
export function koreanTimestamp(instant: number): string {
  return timestampOfSecond(Math.floor(instant / 1_000))
}

const timestampOfSecond = memoizeOne((second: number) =>
  new Date(second * 1_000 + KOREA_AHEAD_MS).toISOString().replace(/\D/g, '').slice(0, 14),
)

/**
 * A date `YYYYMMDD` and a time `hhmmss` in Korean time, as PayAPI answers them, as ISO 8601 in UTC; undefined where the
 * two do not name a real moment.
 */
export function koreanInstant(date: string, time: string): string | undefined {
  const midnight = koreanMidnight(date)
  const clock = /^([01]\d|2[0-3])([0-5]\d)([0-5]\d)$/.exec(time)
  if (midnight === undefined || clock === null) return undefined
  const seconds = (Number(clock[1]) * 60 + Number(clock[2])) * 60 + Number(clock[3])
  return isoInstantAnswered(midnight + seconds * 1_000)
}

const toIso = (instant: number): string => new Date(instant).toISOString()

/** An instant (milliseconds since 1970) as ISO 8601 in UTC. */
export const isoInstant = memoizeOne(toIso)

// Calls of one second answer one instant, and each of them asks for its own time in between.
const isoInstantAnswered = memoizeOne(toIso)

/** `YYYYMMDD` as `YYYY-MM-DD`; undefined where there is no such day. */
export const isoDate = memoizeOne((date: string): string | undefined => {
  const parts = /^(\d{4})(\d{2})(\d{2})$/.exec(date)
  if (parts === null) return undefined
  const iso = `${parts[1]}-${parts[2]}-${parts[3]}`
  const instant = Date.parse(`${iso}T00:00:00Z`)
  // Date.parse rolls a 31st of February over into March.
  return Number.isNaN(instant) || new Date(instant).toISOString().slice(0, 10) !== iso ? undefined : iso
})

const koreanMidnight = memoizeOne((date: string): number | undefined => {
  const day = isoDate(date)
  return day === undefined ? undefined : Date.parse(`${day}T00:00:00+09:00`)
})
