import { type ProcedureCall, stepsOf } from '../procedures/index.ts'
import { NOTHING, nextStep, type Steps, Transaction } from '../procedures/transaction.ts'
import type { Endpoints } from '../procedures/webhooks/endpoints.ts'
import type { OperationCodec } from '../schema/row.ts'
import type { Query } from './connections/lease.ts'

/** Carries a procedure out in the transaction that is under way; `onChange` is told where that changes rows. */
export const runProcedure = (
  query: Query,
  codec: OperationCodec,
  { name, input }: ProcedureCall,
  endpoints?: Endpoints,
  onChange?: () => void,
): Promise<unknown> => runSteps(query, stepsOf(name, new Transaction('postgres', codec, endpoints), input), onChange)

/** Carries out the steps of a procedure, one after the other, in the transaction that is under way. */
export async function runSteps<T>(query: Query, steps: Steps<T>, onChange?: () => void): Promise<T> {
  for (let answer = NOTHING; ; ) {
    const step = nextStep(steps, answer)
    if (step.done) return step.value
    answer = await query(step.value.sql, step.value.parameters as Parameters<Query>[1])
    if (step.value.gives !== 'ROWS' && answer.count > 0) onChange?.()
  }
}
