import { expect, it, onTestFinished } from 'vitest'
import { openStore } from '../../../src/journal/open-store.ts'
import { version4 } from '../../support/journal/earlier-versions.ts'
import { KEYS } from '../../support/journal/operations.ts'
import { overPostgres } from '../../support/journal/postgres/over-postgres.ts'
import { eventually, PATIENT_MS, whenReady } from '../../support/journal/store.ts'

/** Who waits for the links, and whether somebody who wants to claim would wait for him. */
const WAITING = `
  select exists (
    select 1 from pg_locks as held
    where held.pid = waiting.pid and held.relation = 'payapi.operations'::regclass and held.mode = 'AccessExclusiveLock'
  ) as keeps_others_from_claiming
  from pg_locks as waiting where relation = 'payapi.sms_links'::regclass and not granted`

overPostgres('an upgrade in PostgreSQL', (server) => {
  it('lets instances of the earlier version claim while links and notices are taken over', async () => {
    const database = await server.newDatabase()
    await server.sql(version4('postgres', [{ id: 'before', state: 'SUCCEEDED', result: '{}' }]), database)
    const letGo = await server.lockTable('payapi.sms_links', database)
    const store = openStore(server.url(database), { owner: 'owner', keys: KEYS, deadlineMs: PATIENT_MS })
    onTestFinished(() => store.close())
    const waiting = await eventually(async () => {
      await store.ready().catch(() => {})
      const rows = await server.sql(WAITING, database)
      if (rows.length === 0) throw new Error('nobody waits yet')
      return rows
    })
    expect(waiting).toEqual([{ keeps_others_from_claiming: false }])
    await letGo()
    await whenReady(store)
    expect(await store.get('before')).toMatchObject({ state: 'SUCCEEDED' })
  })
})
