import { readFileSync } from 'node:fs'
import type { ExplorerOperation, Setup } from '../../graphiql/setup.ts'
import { type DescribedFailure, FAILURES } from '../../graphql/failures/guide.ts'
import { CONFLICT_REASONS, REFUND_REASONS, TRANSPORT_REASONS } from '../../graphql/failures/reasons.ts'
import { SERVICES, type Service } from '../../payapi/index.ts'
import { ALL_SCENARIOS, SCENARIO_HEADER } from '../graphiql.ts'
import { SCENARIO_ENDINGS } from '../sandbox/scenario-endings.ts'
import type { GraphiqlSetting } from './setting.ts'

const OPERATIONS = new URL('../../../schema/operations/', import.meta.url)

/** What the GraphiQL page of this server is told. */
export function graphiqlSetup({ fillsIn, ...setting }: GraphiqlSetting): Setup {
  const operations = documents(fillsIn())
  return {
    sandbox: setting.sandbox,
    scenarioHeader: SCENARIO_HEADER,
    signIn: setting.signIn,
    introspection: setting.introspection,
    trustedDocumentsOnly: setting.trustedDocumentsOnly,
    chapters: [
      {
        id: 'services',
        title: { en: 'Services', ko: '서비스' },
        operations: operations.filter(({ field }) => field in SERVICES),
      },
      {
        id: 'others',
        title: { en: 'Lookups and operations', ko: '조회와 작업' },
        operations: operations.filter(({ field }) => !(field in SERVICES)),
      },
    ],
    scenarios: setting.sandbox
      ? ALL_SCENARIOS.map(({ name, description }) => {
          const ending = SCENARIO_ENDINGS[name as keyof typeof SCENARIO_ENDINGS].type
          return { name, about: description, ending: { en: ending, ko: ending } }
        })
      : [],
    failures: Object.fromEntries(
      Object.entries(FAILURES).map(([type, failure]) => [type, { ...failure, reasons: REASONS[type] ?? {} }]),
    ),
    followUps: {
      lookUp: { operation: 'PaymentOperation', path: 'id' },
      resolve: { operation: 'ResolvePaymentOperation', path: 'input.operationId' },
    },
    first: 'ChargeKeyedInCard',
  }
}

const REASONS: Readonly<Record<string, Readonly<Record<string, DescribedFailure>>>> = {
  PayApiTransportError: TRANSPORT_REASONS,
  PayApiIdempotencyConflict: CONFLICT_REASONS,
  PayApiRefundRefused: REFUND_REASONS,
}

function documents(fillsIn: boolean): readonly ExplorerOperation[] {
  const examples = JSON.parse(readFileSync(new URL('examples.json', OPERATIONS), 'utf8')) as Record<string, object>
  return Object.entries(examples).map(([file, example]) => {
    const document = readFileSync(new URL(file, OPERATIONS), 'utf8')
      .replace(/^#.*\n/, '')
      .trim()
    const [, kind = 'query', name = '', field = ''] = /^(\w+) (\w+)[^{]*\{\s*(\w+)/.exec(document) ?? []
    const isCharge = JSON.stringify(example).includes('"orderId":"ORDER-') && !field.startsWith('register')
    return {
      name,
      field,
      kind: kind as ExplorerOperation['kind'],
      title: { en: field, ko: field },
      document,
      variables: JSON.parse(
        JSON.stringify(example, (key, value) => (fillsIn && FILLABLE.has(key) ? undefined : value)),
      ),
      fresh: isCharge && kind === 'mutation' ? ['input.orderId'] : [],
    }
  })
}

/** The fields of inputs that are left out where the server fills them in. */
const FILLABLE: ReadonlySet<string> = new Set(
  Object.values<Service>(SERVICES).flatMap(({ request }) =>
    Object.entries(request).flatMap(([name, field]) => ('fillable' in field && field.fillable ? [name] : [])),
  ),
)
