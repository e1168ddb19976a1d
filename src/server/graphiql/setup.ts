import type { Chapter, FailureTexts, FollowUp, Scenario, Setup } from '../../graphiql/setup.ts'
import { type DescribedFailure, FAILURES } from '../../graphql/failures/guide.ts'
import { CONFLICT_REASONS, REFUND_REASONS, TRANSPORT_REASONS } from '../../graphql/failures/reasons.ts'
import { schema } from '../../graphql/schema.ts'
import { findScenario, SCENARIO_HEADER } from '../../sandbox/response/scenarios.ts'
import { endingText, SCENARIO_ENDINGS } from '../sandbox/scenario-endings.ts'
import { ALL_SCENARIOS } from '../sandbox/scenario-list.ts'
import { CHAPTER_RULES } from './chapters.ts'
import { type DescribedOperation, readOperations } from './operations.ts'
import type { GraphiqlSetting } from './setting.ts'

/** What the GraphiQL page of this server is told. */
export function graphiqlSetup({ fillsIn, ...setting }: GraphiqlSetting): Setup {
  const operations = allOperations()
  return {
    sandbox: setting.sandbox,
    scenarioHeader: SCENARIO_HEADER,
    signIn: setting.signIn,
    introspection: setting.introspection,
    trustedDocumentsOnly: setting.trustedDocumentsOnly,
    chapters: chapters(operations, setting.journal, fillsIn()),
    scenarios: setting.sandbox ? SCENARIOS : [],
    failures: FAILURE_TEXTS,
    followUps: setting.journal
      ? {
          lookUp: followUp(operations, 'paymentOperation', 'id'),
          resolve: followUp(operations, 'resolvePaymentOperation', 'input.operationId'),
        }
      : {},
    first: nameOf(operations, 'chargeKeyedInCard') ?? operations[0]?.name ?? '',
  }
}

/** The same as the text of a `script` element: nothing in it ends the element. */
export const embeddedSetup = (setting: GraphiqlSetting): string =>
  JSON.stringify(graphiqlSetup(setting)).replaceAll('<', '\\u003c')

let read: readonly DescribedOperation[] | undefined

/** Read once, when somebody first opens the page. */
function allOperations(): readonly DescribedOperation[] {
  read ??= readOperations(schema)
  return read
}

const nameOf = (operations: readonly DescribedOperation[], field: string) =>
  operations.find((operation) => operation.field === field)?.name

function followUp(operations: readonly DescribedOperation[], field: string, path: string): FollowUp | undefined {
  const operation = nameOf(operations, field)
  return operation === undefined ? undefined : { operation, path }
}

function chapters(operations: readonly DescribedOperation[], journal: boolean, fillsIn: boolean): readonly Chapter[] {
  const ruleOf = new Map(
    operations.map((operation) => [operation, CHAPTER_RULES.find((rule) => rule.holds(operation.about))]),
  )
  return CHAPTER_RULES.filter(({ needsJournal }) => journal || !needsJournal)
    .map((rule) => ({
      id: rule.id,
      title: rule.title,
      operations: operations
        .filter((operation) => ruleOf.get(operation) === rule)
        .toSorted((one, other) => ORDER.indexOf(one.kind) - ORDER.indexOf(other.kind))
        .map(({ about: _, variables, ...operation }) => ({ ...operation, variables: variables(fillsIn) })),
    }))
    .filter((chapter) => chapter.operations.length > 0)
}

/** One looks before one changes. */
const ORDER = ['query', 'subscription', 'mutation']

const SCENARIOS: readonly Scenario[] = ALL_SCENARIOS.map(({ name, description }) => {
  const outcome = findScenario(name)?.outcome ?? 'NOT_PROCESSED'
  return {
    name,
    about: description,
    ending: endingText(SCENARIO_ENDINGS[name as keyof typeof SCENARIO_ENDINGS], outcome),
  }
})

const REASONS: Readonly<Record<string, Readonly<Record<string, DescribedFailure>>>> = {
  PayApiTransportError: TRANSPORT_REASONS,
  PayApiIdempotencyConflict: CONFLICT_REASONS,
  PayApiRefundRefused: REFUND_REASONS,
}

const FAILURE_TEXTS: Readonly<Record<string, FailureTexts>> = Object.fromEntries(
  Object.entries(FAILURES).map(([type, failure]) => {
    const reasons = REASONS[type]
    return [type, reasons === undefined ? failure : { ...failure, reasons }]
  }),
)
