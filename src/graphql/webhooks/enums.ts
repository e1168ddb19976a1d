import { type DeliveryState, EVENT_TYPES, TEST_EVENT, type WebhookEvent } from '../../journal/records/events.ts'
import { NO_ANSWER_REASONS, type NoAnswerReason } from '../../webhooks/sender.ts'
import { builder } from '../builder/builder.ts'

// The closed lists of what webhooks tell, and of how that may end.

/** The name of a type of events in the graph, whose names have no dots. */
const enumName = (type: string) => type.replaceAll('.', '_').toUpperCase()

const TEST = { about: { en: 'Only a test: see `sendTestWebhook`.', ko: '시험 웹훅입니다.' } }

export const WebhookEventTypeType = builder.enumType('PayApiWebhookEventType', {
  description: 'What a webhook tells of. Its body has the same name in small letters and with a dot. 웹훅 이벤트.',
  values: Object.fromEntries(
    Object.entries({ ...EVENT_TYPES, [TEST_EVENT]: TEST }).map(([type, { about }]) => [
      enumName(type),
      { value: type as WebhookEvent['type'], description: `\`${type}\`: ${about.en} ${about.ko}` },
    ]),
  ),
})

const states: Record<DeliveryState, { description: string }> = {
  PENDING: { description: 'It is to be delivered, or to be tried again. 전송 대기.' },
  DELIVERED: { description: 'The endpoint answered 2XX. 전송 완료.' },
  GIVEN_UP: {
    description:
      'It was tried for three days, or the endpoint wants nothing more (410). `resendWebhook` begins anew. 전송 포기.',
  },
}

export const WebhookStateType = builder.enumType('PayApiWebhookDeliveryState', {
  description: 'How far the delivery of a webhook is. 웹훅 전송 상태.',
  values: states,
})

const reasons: Record<NoAnswerReason, { description: string }> = {
  ADDRESS_REFUSED: { description: 'Its host leads into a private network.' },
  NAME_NOT_FOUND: { description: 'Its host’s name leads nowhere.' },
  CONNECTION_REFUSED: { description: 'It took no connection.' },
  TLS_FAILURE: { description: 'Its certificate is not right, or there was no secure connection.' },
  CONNECTION_LOST: { description: 'The connection ended before the answer.' },
  TIMEOUT: { description: 'It took longer than ten seconds.' },
  SHUTTING_DOWN: { description: 'This server ended meanwhile. It is tried again at once.' },
}

export const WebhookErrorType = builder.enumType('PayApiWebhookError', {
  description: 'Why an endpoint did not answer.',
  values: reasons,
})

export const isNoAnswerReason = (answer: string): answer is NoAnswerReason =>
  NO_ANSWER_REASONS.some((reason) => reason === answer)
