import { version4 } from '../../test/support/journal/earlier-versions.ts'
import { KEYS } from '../../test/support/journal/operations.ts'

// Prints, for `sqlite` or `postgres`, the SQL of a journal as the last release made it, with one charge, and its keys.
// Run with tsx, since the tests keep the earlier schemas.

const result = {
  type: 'CardPayment',
  merchantId: 'BM00000000',
  orderId: 'order-of-before',
  transactionId: 'T-of-before',
  amount: '1004',
  approvalNumber: '30001234',
  approvedAt: '2026-11-24T03:00:00.000Z',
  cardNumber: null,
  buyer: { name: '홍길동', phone: '01012345678', email: 'buyer@example.com' },
}
const operation = { id: 'before', state: 'SUCCEEDED', transactionId: 'T-of-before', result: JSON.stringify(result) }
const keys = KEYS.map((key) => Buffer.from(key).toString('base64')).join(',')
process.stdout.write(JSON.stringify({ sql: version4(process.argv[2], [operation]), keys }))
