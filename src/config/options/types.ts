// What is public of the package's options: it leans on nothing but the types of records that are handed out.

/** A merchant's credentials as its contract with the PG gives them. */
export interface MerchantOptions {
  /** Merchant id, up to 10 characters. */
  readonly mid: string
  readonly signKey: string
  /** AES key of card fields, 32 characters. */
  readonly apiKey: string
  /** AES initialisation vector of card fields, 16 characters. */
  readonly apiIv: string
}

/** How what was sent is remembered. */
export interface JournalOptions {
  /**
   * `file:./data/journal.db`, `file:///var/lib/payapi/journal.db`, or `postgres://user@host/database`. Left out, which is
   * for the sandbox only, the journal ends with the facade.
   */
  readonly url?: string | undefined
  /** How many connections there may be to PostgreSQL; as many as calls need at once, within bounds, by default. */
  readonly connections?: number | undefined
  /**
   * Keys of the journal's encryption: 32 bytes each in Base64, the current one first. Needed outside the sandbox and for
   * PostgreSQL; else one is made beside the file.
   */
  readonly keys?: readonly string[] | undefined
  /** For one start only: begins a new journal where the old one is gone, or goes on with one that is not what it was. */
  readonly init?: boolean | undefined
  /** Whether a charge is refused for an order that was, or may have been, charged before. By default it is. */
  readonly orderGuard?: boolean | undefined
  /** How many days what succeeded or failed is kept, 400 by default. What is unknown is kept until it is resolved. */
  readonly retentionDays?: number | undefined
  /** How many days the content of notices is kept; as long as the rest by default. */
  readonly noticeRetentionDays?: number | undefined
  /** How long a request waits for an earlier one with its key, milliseconds; 5,000 by default. */
  readonly waitMs?: number | undefined
  /** The mutations whose operations of unknown outcome are settled without a person; none with an empty array. */
  readonly autoSettle?: readonly string[] | undefined
}

/** Who may call. At least one of the two. */
export interface AuthOptions {
  readonly jwt?: JwtOptions | undefined
  readonly apiKeys?: readonly ApiKeyOptions[] | undefined
}

/** Which tokens are taken. Exactly one of the three kinds of key. */
export interface JwtOptions {
  readonly issuer: string
  readonly audience: string
  /** Where the issuer publishes its keys: https, or http on loopback. */
  readonly jwksUrl?: string | undefined
  /** The issuer's public key in PEM. */
  readonly publicKey?: string | undefined
  /** A secret shared with the issuer, at least as long as the hash. */
  readonly secret?: string | undefined
  /** Signatures that are taken; the key's own by default. */
  readonly algorithms?: readonly string[] | undefined
}

/** A key of a server that calls. */
export interface ApiKeyOptions {
  /** Names the caller in the journal. */
  readonly id: string
  /** SHA-256 of the key, in hexadecimal digits. */
  readonly hash: string
  /** What its holder may do, e.g. `payments:charge`. */
  readonly scopes: readonly string[]
  /** The merchants that its holder may act as; all where left out. */
  readonly merchants?: readonly string[] | undefined
}

/** How much a caller may ask for. What is left out has the program's default. */
export interface LimitOptions {
  readonly maxDepth?: number | undefined
  readonly maxAliases?: number | undefined
  readonly maxDirectives?: number | undefined
  readonly maxTokens?: number | undefined
  readonly maxCost?: number | undefined
  /** Mutations in one operation. */
  readonly maxChanges?: number | undefined
  readonly maxLookups?: number | undefined
  readonly maxRepresentations?: number | undefined
  readonly maxBodyBytes?: number | undefined
  /** Requests of one caller in a minute; 0 for any number. */
  readonly rateLimitPerMinute?: number | undefined
  readonly maxStreams?: number | undefined
  readonly maxStreamsPerCaller?: number | undefined
}

/** Where the PG sends notices of one kind of one merchant to: `/pg/notices/<kind>/<mid>/<token>`. */
export interface NoticeEndpointOptions {
  readonly kind: 'deposit' | 'escrow' | 'transaction' | 'mobile'
  readonly mid: string
  /** A secret of 16 characters or more. */
  readonly token: string
  readonly charset?: string | undefined
  readonly answer?: string | undefined
  readonly format?: 'form' | 'json' | undefined
  /** The PG's field names by ours. */
  readonly fields?: Readonly<Record<string, string>> | undefined
  readonly signature?:
    | { readonly fields: readonly string[]; readonly form?: 'pairs' | 'values' | undefined }
    | undefined
}

/** How notices of the PG are taken in. */
export interface NoticeOptions {
  /** The addresses that are registered with the PG once per merchant. */
  readonly endpoints?: readonly NoticeEndpointOptions[] | undefined
  /** Addresses and networks from which the PG sends. */
  readonly addresses?: readonly string[] | undefined
  /** Whether a notice may settle an operation of unknown outcome; `propose` by default. */
  readonly settle?: 'never' | 'propose' | 'verified' | undefined
  /** Notices to one address in a minute; 0 for any number. */
  readonly rateLimitPerMinute?: number | undefined
}

/** Who is told what happens. */
export interface WebhookEndpointOptions {
  /** A name of your choice. */
  readonly id: string
  /** https; http and private addresses in the sandbox only. */
  readonly url: string
  /** `whsec_` and 24 to 64 random bytes in Base64; several while one takes the other's place. */
  readonly secrets: readonly string[]
  readonly events: readonly string[]
  /** The merchants whose events it gets; all where left out. */
  readonly merchantIds?: readonly string[] | undefined
}

/** Where traces go. */
export interface TracingOptions {
  /** Base URL of an OTLP/HTTP collector. */
  readonly endpoint: string
  /** Of 100 requests that belong to no trace yet, so many begin one; all by default. */
  readonly samplePercent?: number | undefined
  readonly serviceName?: string | undefined
  /** Whether PayAPI is told of the trace in a header; it is not by default. */
  readonly payApiHeaders?: boolean | undefined
}

/** Where lines of the log go, as pino, winston and `console` take them in; the fields hold no card number and no key. */
export interface Log {
  info(fields: object, message: string): void
  warn(fields: object, message: string): void
  error(fields: object, message: string): void
}

/** What may be told of a call to PayAPI that ended. */
export interface CallEvent {
  readonly requestId: string
  /** The name of the mutation. */
  readonly service: string
  readonly merchantId: string | null
  /** The operation in the journal, where one is kept. */
  readonly operationId?: string
  readonly durationMs: number
  /** The type of the result: a success type or a failure. */
  readonly ending: string
  readonly outcome?: string
  readonly reason?: string
  readonly httpStatus?: number
}

/** How a facade is set up. Without any, it talks to a sandbox that it starts itself. Times are milliseconds. */
export interface PayApiGraphqlOptions {
  /** Which PayAPI: a sandbox (the default), the PG's test system, or production. */
  readonly environment?: 'sandbox' | 'test' | 'production' | undefined
  /** Another address of PayAPI than the environment's. In the sandbox none is started then. */
  readonly baseUrl?: string | undefined
  /** Who may act, the first by default; the demonstration merchants in a sandbox that is started here. */
  readonly merchants?: readonly MerchantOptions[] | undefined
  /** The whole of a call; 60,000 by default, 5,000 in the sandbox. */
  readonly timeoutMs?: number | undefined
  readonly connectTimeoutMs?: number | undefined
  /** How many calls may be under way, lookups and changes counted apart; 512 by default. */
  readonly maxInFlight?: number | undefined
  /** Which calls reuse connections; `lookups` by default. */
  readonly keepAlive?: 'lookups' | 'all' | undefined
  /** Other paths for single services, by the names of their mutations. */
  readonly paths?: Readonly<Record<string, string>> | undefined
  /** The path of GraphQL, behind `basePath`; `/graphql` by default. */
  readonly endpoint?: string | undefined
  /**
   * What stands before every path where the facade is mounted and the framework leaves it in the URL, e.g. `/payments`.
   * Not where it takes it away, as `app.use(path, …)` of Express does.
   */
  readonly basePath?: string | undefined
  /** Where buyers and the PG reach the server, so that payments by SMS come back to it. */
  readonly publicUrl?: string | undefined
  /** Addresses and networks of proxies whose `X-Forwarded-For` is believed. */
  readonly trustedProxies?: readonly string[] | undefined
  /** Remembers what was sent, so that nothing is sent twice; `false`, which production refuses, remembers nothing. */
  readonly journal?: JournalOptions | false | undefined
  /**
   * Who may call. Needed unless PayAPI is on this machine; `false` lets everybody do everything who reaches the handler,
   * so the server around it has to say who does.
   */
  readonly auth?: AuthOptions | false | undefined
  readonly limits?: LimitOptions | undefined
  readonly notices?: NoticeOptions | undefined
  readonly webhooks?: { readonly endpoints: readonly WebhookEndpointOptions[] } | undefined
  /** Whether GraphiQL is served; by default it is, but in production. */
  readonly graphiql?: boolean | undefined
  /** Whether the schema may be asked for; by default it may, but in production. */
  readonly introspection?: boolean | undefined
  /** By its id, the text of every operation that may run; any may where left out. */
  readonly trustedDocuments?: Readonly<Record<string, string>> | undefined
  /** Pages of which origins may call from a browser. */
  readonly corsOrigins?: readonly string[] | undefined
  /** Whether the server is reached over TLS only: browsers are told to keep to it. */
  readonly behindTls?: boolean | undefined
  /** How many card prefixes are remembered, and for how long. */
  readonly prefixCache?: { readonly size?: number | undefined; readonly ttlMs?: number | undefined } | undefined
  /** Whether a gateway that asks for a federated trace (ftv1) gets one. */
  readonly inlineTrace?: boolean | undefined
  /** Serves metrics at `/metrics`, to whoever has the token of 16 characters or more. */
  readonly metrics?: { readonly token: string } | undefined
  readonly tracing?: TracingOptions | undefined
  /** Within this time an answer must be taken, or it is cut off. */
  readonly responseTimeoutMs?: number | undefined
  /** How long `close` waits for what is under way, and for a journal that is away to take the results of calls. */
  readonly drainMs?: number | undefined
  /** Where lines of the log go; nowhere by default. */
  readonly log?: Log | undefined
  /** Is told of every call to PayAPI that ended. */
  readonly onCall?: ((call: CallEvent) => void) | undefined
}
