const OPERATION_ID = 'operationId of an answer'
const TRANSACTION_ID = 'transactionId of a charge'

/**
 * The example variables of the documents that are no service's, by the field. What was made before is named by a
 * placeholder: it is found by nothing.
 */
export const JOURNAL_EXAMPLES: Readonly<Record<string, object>> = {
  paymentOperation: { id: OPERATION_ID },
  paymentOperationByKey: { idempotencyKey: 'ORDER-8', service: 'chargeKeyedInCard' },
  paymentOperations: { filter: { states: ['UNKNOWN'] }, first: 20 },
  resolvePaymentOperation: {
    input: {
      operationId: OPERATION_ID,
      processed: true,
      // Refused as it is: what was not looked up must not be recorded.
      transactionId: '',
      note: 'Seen in the console',
    },
  },
  payment: { transactionId: TRANSACTION_ID },
  payments: { first: 20 },
  smsPayment: { orderId: 'ORDER-15' },
  smsPayments: { first: 20 },
  refundPayment: { input: { transactionId: TRANSACTION_ID, amount: '500' } },
  settlePaymentOperation: { input: { operationId: OPERATION_ID } },
  reopenPaymentOperation: { input: { operationId: OPERATION_ID, reason: 'Another payment was looked at' } },
  notice: { id: 'id of a notice' },
  notices: { filter: { needsAttention: true }, first: 20 },
  paymentOperationChanged: { id: OPERATION_ID },
  paymentChanged: { transactionId: TRANSACTION_ID },
  smsPaymentChanged: { orderId: 'ORDER-15' },
  workChanged: {},
  webhookDeliveries: { filter: { states: ['PENDING', 'GIVEN_UP'] }, first: 20 },
  resendWebhook: { input: { deliveryId: 'id of a delivery' } },
  sendTestWebhook: { input: { endpointId: 'id of an endpoint' } },
  acknowledgeNotice: { input: { noticeId: 'id of a notice', note: 'Refunded by hand' } },
}
