import type { Config } from '../../config/index.ts'
import type { MerchantCredentials } from '../../payapi/merchant.ts'
import type { NoticeEndpoint } from '../../payments/notices/endpoints.ts'
import { NOTICE_KINDS } from '../../payments/notices/kinds.ts'
import { NOTICES_PATH, newToken } from '../../payments/sms-links.ts'
import type { Sandbox } from '../../sandbox/server.ts'

const NAMES = { DEPOSIT: 'deposit', ESCROW_CHANGE: 'escrow' } as const

/** An address of a merchant for notices of the embedded sandbox. */
export interface SandboxEndpoint extends NoticeEndpoint {
  readonly kind: keyof typeof NAMES
}

/**
 * Addresses for what the sandbox tells beyond its answers: deposits that are withdrawn, and escrow changes. Undefined
 * where none are needed: no journal could keep a notice, or somebody configured addresses and sends to them.
 */
export function endpointsOfSandbox(
  { journal, notices }: Pick<Config, 'journal' | 'notices'>,
  merchants: readonly MerchantCredentials[],
): readonly SandboxEndpoint[] | undefined {
  if (journal === undefined || notices.endpoints.length > 0) return undefined
  return merchants.flatMap(({ mid }) =>
    (['DEPOSIT', 'ESCROW_CHANGE'] as const).map((kind) => ({
      kind,
      merchantId: mid,
      token: newToken(),
      charset: undefined,
      format: undefined,
      shapes: NOTICE_KINDS[kind].shapes,
      signature: undefined,
    })),
  )
}

/** The same as a worker is configured with them. */
export function endpointsVariable(endpoints: readonly SandboxEndpoint[]): string {
  return JSON.stringify(endpoints.map(({ kind, merchantId: mid, token }) => ({ kind: NAMES[kind], mid, token })))
}

/** Has the sandbox send its notices to a server, as a merchant does that registers its addresses with the PG. */
export function registerEndpoints(sandbox: Sandbox, endpoints: readonly SandboxEndpoint[], serverUrl: string): void {
  for (const { kind, merchantId, token } of endpoints) {
    const url = `${serverUrl}${NOTICES_PATH}${NAMES[kind]}/${encodeURIComponent(merchantId)}/${token}`
    sandbox.registerNotices(merchantId, { [NAMES[kind]]: url })
  }
}

/** Where this machine reaches a server that listens on an address. */
export function reachableUrl(host: string, port: number): string {
  const reachable = host === '0.0.0.0' ? '127.0.0.1' : host === '::' ? '::1' : host
  return `http://${reachable.includes(':') ? `[${reachable}]` : reachable}:${port}`
}

/** The sandbox sends notices to nobody but this machine, unless buyers and the PG reach the server elsewhere. */
export const noticesTo = (publicUrl: string | undefined) =>
  publicUrl === undefined ? {} : { noticeOrigins: [publicUrl] }
