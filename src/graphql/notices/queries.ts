import { mayActAs, requireAccess, requireScope } from '../../auth/authorize.ts'
import { scopeSentence } from '../../auth/scopes.ts'
import type { Notice } from '../../journal/records/notices.ts'
import { findNotices } from '../../payments/notices/find.ts'
import { builder } from '../builder/builder.ts'
import { type GraphContext, journalOf } from '../context.ts'
import { allowedFilter } from '../lists/filters.ts'
import { lookupId } from '../lists/given-ids.ts'
import { checkPageSize, filterId, type PageArguments, readPage } from '../lists/pagination.ts'
import { reading } from '../lists/reading.ts'
import { givenNoticeFilter, type NoticeFilterInput, NoticeFilterType } from './filter.ts'
import { NoticeType } from './types.ts'

builder.queryFields((t) => ({
  notice: t.field({
    type: NoticeType,
    description: `One notice of the PG by its id; null where there is none (any more), or it is of a merchant as which the caller may not act. ${scopeSentence('notices:read')}`,
    args: { id: t.arg.id({ required: true, description: 'The id of a notice.' }) },
    resolve: (_, { id }, context) => {
      requireScope('notices:read', context)
      return reading(async () => {
        const notice = await journalOf(context).store.run('notice', { id: lookupId(id, 'id') })
        return notice && mayActAs(context.caller, notice.merchantId) ? notice : null
      })
    },
  }),
  notices: t.connection(
    {
      type: NoticeType,
      description: `What the PG told by itself (노티), newest first, of merchants as which the caller may act. ${scopeSentence('notices:read')}`,
      args: { filter: t.arg({ type: NoticeFilterType, description: 'Which ones; all where it is left out.' }) },
      resolve: (_, { filter, ...page }, context) => {
        if (filter?.merchantId == null) requireScope('notices:read', context)
        else requireAccess('notices:read', filter.merchantId, context)
        return reading(() => pageOf(filter ?? {}, page, context))
      },
    },
    { name: 'PayApiNoticeConnection', description: 'A page of notices, newest first.' },
    { name: 'PayApiNoticeEdge', description: 'A notice and its cursor.' },
  ),
}))

async function pageOf(given: NoticeFilterInput, args: PageArguments, context: GraphContext) {
  checkPageSize(args)
  const filter = givenNoticeFilter(given)
  const { store } = journalOf(context)
  return readPage<Notice>(args, {
    listId: filterId(filter),
    placeOf: ({ id, receivedAt }) => ({ createdAt: receivedAt, id }),
    find: (limit, range) => findNotices(store, allowedFilter(filter, context.caller), limit, range),
  })
}
