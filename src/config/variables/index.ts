import * as z from 'zod'
import type { Localized } from '../../lib/localized.ts'
import { authVariables } from '../auth/variables.ts'
import { journalVariables } from '../journal.ts'
import { limitsVariables } from '../limits.ts'
import { noticesVariables } from '../notices.ts'
import { payApiVariables } from '../payapi.ts'
import { serverVariables } from '../serving.ts'
import { telemetryVariables } from '../telemetry.ts'
import { webhooksVariables } from '../webhooks.ts'

/** Variables that belong together. */
export interface VariableGroup {
  readonly title: Localized
  readonly variables: Readonly<Record<string, z.ZodType>>
}

/** All variables, in the order in which the reference lists them. */
export const VARIABLE_GROUPS: readonly VariableGroup[] = [
  { title: { en: 'PayAPI and merchants', ko: 'PayAPI와 가맹점' }, variables: payApiVariables },
  { title: { en: 'Server', ko: '서버' }, variables: serverVariables },
  { title: { en: 'Authentication', ko: '인증' }, variables: authVariables },
  {
    title: { en: 'Limits, CORS and trusted documents', ko: '한도, 허용 출처(CORS), 허용 문서' },
    variables: limitsVariables,
  },
  { title: { en: 'Notices', ko: '통보(노티)' }, variables: noticesVariables },
  { title: { en: 'Webhooks', ko: '웹훅' }, variables: webhooksVariables },
  { title: { en: 'Metrics and tracing', ko: '메트릭과 트레이싱' }, variables: telemetryVariables },
  { title: { en: 'Journal', ko: '저널(처리 기록)' }, variables: journalVariables },
]

/** The check of all variables together. */
export const variables = z.object({
  ...payApiVariables,
  ...journalVariables,
  ...authVariables,
  ...limitsVariables,
  ...noticesVariables,
  ...webhooksVariables,
  ...telemetryVariables,
  ...serverVariables,
})

/** What they hold once they are checked. */
export type Variables = z.infer<typeof variables>

/** The names of all variables that are read. */
export const VARIABLE_NAMES: readonly string[] = Object.keys(variables.shape)
