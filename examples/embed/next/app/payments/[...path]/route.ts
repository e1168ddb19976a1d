import { createPayApiGraphql, type PayApiGraphql } from 'payapi-graphql'

const { PUBLIC_URL, NOTICE_TOKEN = 'a-secret-of-your-own' } = process.env

function open(): PayApiGraphql {
  const payments = createPayApiGraphql({
    basePath: '/payments',
    journal: { url: 'file:./data/payments.db' },
    publicUrl: PUBLIC_URL && `${PUBLIC_URL}/payments`,
    notices: { endpoints: [{ kind: 'deposit', mid: 'welcometst', token: NOTICE_TOKEN }] },
  })
  // Next.js stops by itself, but waits for subscriptions, which would go on.
  process.once('SIGTERM', () => payments.close())
  return payments
}

// One for the process, however often the development server loads this file.
const shared = globalThis as typeof globalThis & { payments?: PayApiGraphql }
shared.payments ??= open()
const { payments } = shared

const handle = (request: Request) => payments.fetch(request)

export { handle as DELETE, handle as GET, handle as HEAD, handle as OPTIONS, handle as POST, handle as PUT }

export const runtime = 'nodejs'
export const dynamic = 'force-dynamic'
