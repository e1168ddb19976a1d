import { requireCaller, requireScope } from '../../auth/authorize.ts'
import { scopeSentence } from '../../auth/scopes.ts'
import { builder } from '../builder/builder.ts'
import { journalOf } from '../context.ts'
import { reading } from '../lists/reading.ts'
import { liveStates } from './live-states.ts'
import { type Work, workOf } from './work-of.ts'

const WorkType = builder.objectRef<Work>('PayApiWork').implement({
  description: 'How much waits for a person, of the merchants as which the caller may act. 담당자 확인 대기 건수.',
  fields: (t) => ({
    unknownOperations: t.exposeInt('unknownOperations', {
      nullable: false,
      description:
        'Operations of unknown outcome: `paymentOperations(filter: { states: [UNKNOWN] })` lists them. 결과 미확인 작업 건수.',
    }),
    openNotices: t.int({
      description: `Notices with an exception that nobody has acknowledged: \`notices(filter: { needsAttention: true })\` lists them. Null for a caller without the scope \`notices:read\`. 확인이 필요한 통보(노티) 건수.`,
      resolve: ({ openNotices }, _, { caller }) => (caller?.scopes.has('notices:read') ? openNotices : null),
    }),
  }),
})

builder.subscriptionField('workChanged', (t) =>
  t.field({
    type: WorkType,
    nullable: true,
    description: `How much waits for a person, of the merchants as which the caller may act, e.g. for the number on a tab of the back office. How much at once, then every change. 담당자 확인 대기 건수 실시간 수신. ${scopeSentence('operations:read')}`,
    subscribe: (_, __, context) => {
      requireCaller(context)
      requireScope('operations:read', context)
      const { caller } = context
      const merchantIds = caller?.merchants === undefined ? null : [...caller.merchants].sort()
      return liveStates(context, { kind: 'work', of: merchantIds }, async (fresh) =>
        workOf(await reading(() => journalOf(fresh).store.run('openWork', undefined)), merchantIds),
      )
    },
    resolve: (work) => work,
  }),
)
