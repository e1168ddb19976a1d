import { requireScope } from '../../auth/authorize.ts'
import { scopeSentence } from '../../auth/scopes.ts'
import type { Notice, NoticeAccount } from '../../journal/records/notices.ts'
import type { ESCROW_EVENT } from '../../payapi/definition/enums.ts'
import { type CallResult, SERVICES } from '../../payapi/index.ts'
import { builder } from '../builder/builder.ts'
import type { GraphContext } from '../context.ts'
import { operationById } from '../operations/read.ts'
import { OperationType } from '../operations/types.ts'
import { codeType, resultUnion } from '../services/services.ts'
import { bankOf } from './bank.ts'
import { EscrowEventType, NoticeEventType, NoticeExceptionType, NoticeKindType, NoticeStateType } from './enums.ts'

const TrustType = builder.objectRef<Notice['trust']>('PayApiNoticeTrust').implement({
  description:
    'What speaks for a notice. Most kinds are not signed: a notice is a claim until something else agrees with it.',
  fields: (t) => ({
    token: t.boolean({
      nullable: false,
      description: 'Whether it came to an address that only the PG was told. What did not is not taken in.',
      resolve: () => true,
    }),
    address: t.exposeBoolean('address', {
      description: 'Whether it came from one of the PG’s addresses; null where none are configured.',
    }),
    signature: t.exposeBoolean('signature', {
      description: 'Whether its signature is right; null where it has none, or nobody configured how it is made.',
    }),
    matches: t.exposeBoolean('matches', {
      description:
        'Whether merchant, order, amount and account agree with what is known here; null while nothing is known of it.',
    }),
  }),
})

export const NoticeTargetType = builder.objectRef<Notice>('PayApiNoticeTarget').implement({
  description: 'What a notice belongs to.',
  fields: (t) => ({
    operation: t.field({
      type: OperationType,
      description: `The operation that it tells of. ${scopeSentence('operations:read')}`,
      resolve: (notice, _, context) =>
        notice.operationId === null ? null : operationById(notice.operationId, context),
    }),
  }),
})

const AcknowledgementType = builder
  .objectRef<NonNullable<Notice['acknowledgement']>>('PayApiNoticeAcknowledgement')
  .implement({
    description: 'That a person looked at a notice.',
    fields: (t) => ({
      acknowledgedBy: t.exposeString('by', { nullable: false, description: 'Who did.' }),
      acknowledgedAt: t.field({
        type: 'DateTime',
        nullable: false,
        description: 'When.',
        resolve: ({ at }) => iso(at),
      }),
      note: t.exposeString('note', { description: 'What the person noted.' }),
    }),
  })

const AccountType = builder.objectRef<NoticeAccount>('PayApiNoticeAccount').implement({
  description: 'The virtual account that a notice names. 가상계좌.',
  fields: (t) => ({
    bank: t.field({
      type: codeType(),
      description: 'Its bank. 은행.',
      resolve: (account) => bankOf(account),
    }),
    number: t.exposeString('number', { nullable: false, description: 'Its number, digits only. 계좌번호.' }),
    expiresAt: t.field({
      type: 'DateTime',
      description: 'Until when it may be paid to. 입금기한.',
      resolve: ({ expiresAt }) => iso(expiresAt),
    }),
  }),
})

const FieldType = builder.objectRef<{ readonly name: string; readonly value: string }>('PayApiNoticeField').implement({
  description: 'A field of a notice as it came. What holds a card number is left out.',
  fields: (t) => ({
    name: t.exposeString('name', { nullable: false, description: 'As the PG calls it.' }),
    value: t.exposeString('value', { nullable: false, description: 'As it was sent.' }),
  }),
})

/** What is about persons has a right of its own. */
function personal<Value>(read: (notice: Notice) => Value) {
  return (notice: Notice, _: object, context: GraphContext): Value => {
    requireScope('notices:personal', context)
    return read(notice)
  }
}

const PERSONAL = scopeSentence('notices:personal')

function iso(time: number): string
function iso(time: number | null): string | null
function iso(time: number | null): string | null {
  return time === null ? null : new Date(time).toISOString()
}

export const NoticeType = builder.objectRef<Notice>('PayApiNotice').implement({
  description: 'Something that the PG told by itself. 통보(노티).',
  fields: (t) => ({
    id: t.exposeID('id', { nullable: false, description: 'Its id here.' }),
    kind: t.expose('kind', { type: NoticeKindType, nullable: false, description: 'In which way it was told.' }),
    receivedAt: t.field({
      type: 'DateTime',
      nullable: false,
      description: 'When it came first.',
      resolve: ({ receivedAt }) => iso(receivedAt),
    }),
    lastReceivedAt: t.field({
      type: 'DateTime',
      nullable: false,
      description: 'When it came last.',
      resolve: ({ lastReceivedAt }) => iso(lastReceivedAt),
    }),
    timesReceived: t.exposeInt('timesReceived', {
      nullable: false,
      description: 'How often it came. However often, it has one effect.',
    }),
    merchantId: t.exposeID('merchantId', {
      description: 'The merchant whose address it came to. 가맹점ID, `mid`.',
    }),
    orderId: t.exposeID('orderId', { description: 'The order that it names. 주문번호.' }),
    transactionId: t.exposeID('transactionId', {
      description: 'The payment that it names. A deposit has another one than the issue of its account. 거래ID.',
    }),
    amount: t.expose('amount', { type: 'Amount', nullable: true, description: 'The amount that it names. 금액.' }),
    event: t.expose('event', {
      type: NoticeEventType,
      nullable: true,
      description: 'What it says has happened; null for codes that are not known here.',
    }),
    escrowEvent: t.field({
      type: EscrowEventType,
      description: 'What it says has happened to an escrow payment.',
      resolve: ({ content }) => (content?.facts.escrowEvent ?? null) as keyof typeof ESCROW_EVENT.values | null,
    }),
    code: t.string({
      description: 'The PG’s own codes for that.',
      resolve: ({ content }) => content?.facts.code ?? null,
    }),
    occurredAt: t.field({
      type: 'DateTime',
      description: 'When the PG says it happened.',
      resolve: ({ occurredAt }) => iso(occurredAt),
    }),
    state: t.expose('state', { type: NoticeStateType, nullable: false, description: 'What became of it here.' }),
    appliedAt: t.field({
      type: 'DateTime',
      description: 'When it had its effect; null while it has none.',
      resolve: ({ appliedAt }) => iso(appliedAt),
    }),
    appliedTo: t.field({
      type: NoticeTargetType,
      description: 'What it belongs to; null while that is not known.',
      resolve: (notice) => (notice.operationId === null && notice.linkId === null ? null : notice),
    }),
    exception: t.expose('exception', {
      type: NoticeExceptionType,
      nullable: true,
      description: 'Why a person has to look at it; null where nobody has to.',
    }),
    acknowledgement: t.expose('acknowledgement', {
      type: AcknowledgementType,
      nullable: true,
      description: 'That a person looked at it; null where nobody did.',
    }),
    trust: t.expose('trust', { type: TrustType, nullable: false, description: 'What speaks for it.' }),
    escrowStatus: t.field({
      type: resultUnion(SERVICES.checkEscrowStatus),
      description:
        'Of an escrow change: what PayAPI answered when it was asked for the payment thereupon; null while it was not. 에스크로 상태조회.',
      resolve: ({ escrowAnswer }) => (escrowAnswer === null ? null : (JSON.parse(escrowAnswer) as CallResult)),
    }),
    charsetDoubtful: t.boolean({
      description:
        'Whether its bytes say more in the other charset than the one in which it was read: names in it may be garbled.',
      resolve: ({ content }) => content?.charsetDoubtful ?? null,
    }),
    statedReason: t.string({
      description: `Why, in the words of the PG or of the buyer. ${PERSONAL}`,
      resolve: personal(({ content }) => content?.facts.reason ?? null),
    }),
    payerName: t.string({
      description: `Who paid. 입금자명. ${PERSONAL}`,
      resolve: personal(({ content }) => content?.facts.payerName ?? null),
    }),
    virtualAccount: t.field({
      type: AccountType,
      description: `The account that it names. 가상계좌. ${PERSONAL}`,
      resolve: personal(({ content }) => content?.facts.account ?? null),
    }),
    fields: t.field({
      type: [FieldType],
      description: `All of its fields in the order in which they came; null once that was kept long enough. ${PERSONAL}`,
      resolve: personal(({ content }) => content?.fields ?? null),
    }),
  }),
})
