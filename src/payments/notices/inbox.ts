import type { OperationStore } from '../../journal/operation-store.ts'
import type { ProcedureOutput } from '../../journal/procedures/index.ts'
import type { NoticeKind } from '../../journal/records/notices.ts'
import { newId } from '../../lib/ids.ts'
import { type Charset, charsetOfType } from '../../payapi/wire/charset.ts'
import { Copies } from './copies.ts'
import type { NoticeEndpoint } from './endpoints.ts'
import { NOTICE_KINDS, type NoticeAnswer, type NoticeShape } from './kinds.ts'
import { readForm, readJson, type SentField, type SentFields } from './read-fields.ts'
import { type ReadNotice, readNotice } from './read-notice.ts'
import { isSigned } from './signature.ts'

/** Whose address a notice came to. */
export type NoticeSource = Omit<NoticeEndpoint, 'token'> & {
  /** The SMS link whose own address it is. */
  readonly linkId: string | null
}

/** The source of a link's own notices, which come in the charset that was asked for. */
export const sourceOfLink = (link: { id: string; merchantId: string; charset: Charset }): NoticeSource => ({
  kind: 'MOBILE_RESULT',
  merchantId: link.merchantId,
  linkId: link.id,
  charset: link.charset,
  format: undefined,
  shapes: NOTICE_KINDS.MOBILE_RESULT.shapes,
  signature: undefined,
})

/** What came over HTTP. */
export interface SentNotice {
  readonly body: Buffer
  readonly contentType: string
  /** Whether it came from an address of the PG; null where nobody has told us those. */
  readonly fromPg: boolean | null
}

/** A notice that is written down. */
export interface TakenNotice {
  readonly id: string
  readonly kind: NoticeKind
  readonly merchantId: string
  readonly isNew: boolean
  /** Whether it is to be looked at now. */
  readonly isDue: boolean
  readonly answer: NoticeAnswer
}

type Receipt = ProcedureOutput<'receiveNotice'>

interface InboxOptions {
  readonly store: Pick<OperationStore, 'run'>
  /** The key with which the PG signs for a merchant. */
  readonly signKeyOf: (merchantId: string) => string | undefined
}

/** Reads notices and writes them down, and does nothing else about them: what they move comes behind the answer. */
export class NoticeInbox {
  readonly #options: InboxOptions
  readonly #copies = new Copies<Receipt>()

  constructor(options: InboxOptions) {
    this.#options = options
  }

  /**
   * Resolves once a notice is on disk, or was before; to undefined where there is nothing in it. Rejects with
   * `StoreUnavailableError` where it cannot be written.
   */
  async take(source: NoticeSource, sent: SentNotice): Promise<TakenNotice | undefined> {
    const charset = charsetOfType(sent.contentType) ?? source.charset ?? 'EUC_KR'
    const read = fieldsOf(source, sent, charset)
    if (read === undefined || read.fields.length === 0) return undefined
    const notice = readNotice(read.fields, source.shapes)
    const { kind, merchantId, linkId } = source
    const received = {
      kind,
      merchantId,
      linkId,
      identity: identityOf(notice),
      address: sent.fromPg,
      signature: this.#isSigned(source, read.fields, notice.shape),
    }
    const content = {
      facts: notice.facts,
      fields: notice.fields,
      charset,
      charsetDoubtful: read.charsetDoubtful,
    }
    const id = newId()
    const receipt = await this.#copies.run(JSON.stringify(received), (times) =>
      this.#options.store.run('receiveNotice', { ...received, id, content, times }),
    )
    return { ...receipt, kind, merchantId, answer: notice.shape.answer }
  }

  /** Card fields are dropped by then, and may be among what is signed: so this looks at what was sent. */
  #isSigned({ signature, merchantId }: NoticeSource, fields: readonly SentField[], shape: NoticeShape): boolean | null {
    const signKey = this.#options.signKeyOf(merchantId)
    if (signature === undefined || signKey === undefined) return null
    const given = fields.find(({ name }) => shape.fields.signature?.includes(name))?.value
    return isSigned(fields, given, signature, signKey)
  }
}

function fieldsOf(
  { kind, format }: NoticeSource,
  { body, contentType }: SentNotice,
  charset: Charset,
): SentFields | undefined {
  const isJson = format === undefined ? /^application\/(?:[\w.-]+\+)?json\b/i.test(contentType) : format === 'json'
  return kind === 'TRANSACTION' && isJson ? readJson(body, charset) : readForm(body, charset)
}

/**
 * What a notice says by the fields that matter, in whatever order. Not by all: what nobody knows may differ from one copy
 * to the next. Not by a transaction id alone: whoever guesses it would hide the PG's own notice behind his.
 */
function identityOf({ shape, fields, facts }: ReadNotice): string {
  const known = new Set([...Object.values(shape.fields).flat(), ...shape.codes])
  const matter = fields.filter(({ name, value }) => known.has(name) && value !== '')
  const pairs = (matter.length > 0 ? matter : fields).map(({ name, value }) => JSON.stringify([name, value]))
  return JSON.stringify([facts.code, [...new Set(pairs)].sort()])
}
