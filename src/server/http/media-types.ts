import { MIMEType } from 'node:util'
import { memoizeOne } from '../../lib/memoize.ts'

/** What GraphQL is answered in. Of two that are equally welcome the first is sent. */
const ANSWERED = ['application/json', 'application/graphql-response+json'] as const

type AnswerType = (typeof ANSWERED)[number]

const READ = ['application/json', 'application/graphql+json']

/** Why a body cannot be read, by its headers; undefined where it is JSON in UTF-8. */
export function unreadableBody(contentType: string | null, contentEncoding: string | null): string | undefined {
  if (contentEncoding !== null && !/^\s*(?:identity)?\s*$/i.test(contentEncoding)) {
    return 'POST takes a body that is not compressed only.'
  }
  return unreadableType(contentType ?? '')
}

const unreadableType = memoizeOne((contentType: string): string | undefined => {
  const type = parse(contentType)
  if (type === undefined || !READ.includes(type.essence)) return 'POST takes application/json only.'
  return isUtf8(type) ? undefined : 'POST takes JSON in UTF-8 only.'
})

/**
 * The media type in which a request takes its answer, by its `Accept` header; undefined where it takes neither. Looked
 * at before anything is done: a mutation whose answer may not be sent must not run.
 */
export const negotiateAnswerType = (accept: string | null | undefined): AnswerType | undefined =>
  negotiated(accept || '*/*')

/** Whether an `Accept` header names server-sent events. What takes anything does not ask for a stream. */
export const acceptsEventStream = (accept: string | null): boolean => namesEventStream(accept ?? '')

const namesEventStream = memoizeOne((accept: string): boolean =>
  elementsOf(accept).some((element) => {
    const range = parse(element)
    return range?.essence === 'text/event-stream' && isUtf8(range) && qualityOf(range) > 0
  }),
)

const negotiated = memoizeOne((accept: string): AnswerType | undefined => {
  const ranges = elementsOf(accept).flatMap((element, place) => {
    const range = parse(element)
    return range !== undefined && isUtf8(range) ? [{ essence: range.essence, quality: qualityOf(range), place }] : []
  })
  const [best] = ANSWERED.flatMap((type) => {
    // What names a type more closely says how welcome it is.
    const patterns = [type, 'application/*', '*/*']
    const [found] = ranges
      .filter(({ essence }) => patterns.includes(essence))
      .sort((a, b) => patterns.indexOf(a.essence) - patterns.indexOf(b.essence) || b.quality - a.quality)
    return found !== undefined && found.quality > 0 ? [{ ...found, type }] : []
  }).sort((a, b) => b.quality - a.quality || a.place - b.place)
  return best?.type
})

/** What stands between the commas that are not within quotes. */
const elementsOf = (list: string): readonly string[] => list.match(/(?:"(?:\\.|[^"\\])*"|[^,])+/g) ?? []

function parse(text: string): MIMEType | undefined {
  try {
    return new MIMEType(text)
  } catch {
    return undefined
  }
}

const isUtf8 = ({ params }: MIMEType) => /^utf-?8$/i.test(params.get('charset') ?? 'utf-8')

function qualityOf({ params }: MIMEType): number {
  const quality = Number(params.get('q') ?? 1)
  return Number.isNaN(quality) ? 1 : quality
}
