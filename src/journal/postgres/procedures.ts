import { type ProcedureCall, stepsOf } from '../procedures/index.ts'
import { NOTHING, nextStep, type Steps, Transaction } from '../procedures/transaction.ts'
import type { OperationCodec } from '../schema/row.ts'
import type { Query } from './lease.ts'

/** Carries a procedure out in the transaction that is under way. */
export const runProcedure = (query: Query, codec: OperationCodec, { name, input }: ProcedureCall): Promise<unknown> =>
  runSteps(query, stepsOf(name, new Transaction('postgres', codec), input))

/** Carries out the steps of a procedure, one after the other, in the transaction that is under way. */
export async function runSteps<T>(query: Query, steps: Steps<T>): Promise<T> {
  for (let answer = NOTHING; ; ) {
    const step = nextStep(steps, answer)
    if (step.done) return step.value
    answer = await query(step.value.sql, step.value.parameters as Parameters<Query>[1])
  }
}
