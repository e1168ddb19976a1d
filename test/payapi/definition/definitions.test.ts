import { describe, expect, test } from 'vitest'
import { defineService } from '../../../src/payapi/definition/service.ts'
import {
  type InputField,
  type InputFields,
  SERVICES,
  type Service,
  type ServiceName,
} from '../../../src/payapi/index.ts'
import { CONTRACT } from '../../../src/sandbox/contract.ts'
import type { AnyFixture } from '../../services/fixture.ts'
import { FIXTURES } from '../../services/index.generated.ts'

// Every definition against the contract. What is said here of a service is said of all.

const ADDED_AT_SENDING = ['mid', 'timestamp', 'signature']

interface FlatField {
  readonly field: InputField
  readonly required: boolean
}

/** The fields of a request by wire name. A field in an optional group is optional. */
function flat(fields: InputFields, required = true): Map<string, FlatField> {
  return new Map(
    Object.values(fields).flatMap((entry): [string, FlatField][] =>
      'group' in entry
        ? [...flat(entry.fields, required && entry.required)]
        : [[entry.wire, { field: entry, required: required && entry.required }]],
    ),
  )
}

/** The wire texts that a field with a closed list of values can come to; undefined for any other field. */
function wireValues({ type, schema }: InputField): string[] | undefined {
  if (typeof type !== 'string') return Object.keys(type.values).map((name) => schema.parse(name))
  // An empty text leaves the field out.
  return type === 'boolean' ? [true, false].map((yes) => schema.parse(yes)).filter((text) => text !== '') : undefined
}

test('there is one definition for each service of the contract', () => {
  const services = Object.values<Service>(SERVICES)
  expect(services.map(({ path }) => path).toSorted()).toEqual(CONTRACT.map(({ path }) => path).toSorted())
  expect(Object.entries<Service>(SERVICES).filter(([name, service]) => name !== service.name)).toEqual([])
})

for (const service of Object.values<Service>(SERVICES)) {
  const contract = CONTRACT.find(({ path }) => path === service.path)
  if (contract === undefined) throw new Error(`The contract has no ${service.path}`)
  const { path, effect, signed, filledIn, answeredBeyond = [] }: AnyFixture = FIXTURES[service.name as ServiceName]
  const fields = flat(service.request)
  const inContract = contract.request.filter(({ name }) => !ADDED_AT_SENDING.includes(name))

  describe(service.name, () => {
    test('has the success code, the signature order and the page of the contract', () => {
      expect(service).toMatchObject({ success: contract.success, signed: contract.signature, page: contract.page })
    })

    test('has the path, the effect and the signature order of its fixture', () => {
      expect(service).toMatchObject({ path, effect, signed })
    })

    test('has every field of the form and no other', () => {
      expect([...fields.keys()].toSorted()).toEqual(inContract.map(({ name }) => name).toSorted())
      expect(contract.request.map(({ name }) => name)).toEqual(expect.arrayContaining(ADDED_AT_SENDING))
    })

    for (const { name, size, required, encrypted, values } of inContract) {
      test(`takes ${name} as the contract describes it`, () => {
        const { field, required: asked } = fields.get(name) ?? expect.fail('no such field')
        expect(field).toMatchObject({ size: size ?? undefined, encrypted })
        if (filledIn?.includes(name)) expect(field.fallback).toBeTypeOf('function')
        else expect(asked).toBe(required)
        // A flag that leaves the field out and one that sends `0` are both two-valued; what is sent is the contract's.
        if (values !== undefined || typeof field.type !== 'string') {
          expect(wireValues(field)?.toSorted()).toEqual(values?.toSorted())
        }
      })
    }

    test('reads only what is answered or was sent, and forgets nothing that is answered', () => {
      const answered = contract.response.map(({ name }) => name)
      const sent = [...fields.keys(), 'mid', ...answeredBeyond]
      const read = Object.values(service.result.fields).flatMap(({ wire }) => wire)
      expect(read.filter((wire) => !answered.includes(wire) && !sent.includes(wire))).toEqual([])
      const known = [...read, ...Object.keys(service.identity), 'ResultCode', 'ResultMsg']
      expect(answered.filter((name) => !known.includes(name))).toEqual([])
    })

    test('compares what names the merchant or the payment with what was sent', () => {
      for (const sent of Object.values(service.identity)) expect(['mid', ...fields.keys()]).toContain(sent)
    })

    test('knows every value that an answer may have', () => {
      const listed = contract.response.flatMap(({ name, values }) => (values === undefined ? [] : [{ name, values }]))
      const read = listed.map(({ name, values }) => {
        const readers = Object.values(service.result.fields).filter(
          ({ wire, type }) => wire[0] === name && typeof type !== 'string',
        )
        const sourceOf = (value: string) => ({ answer: () => value, sent: () => undefined, requestedAt: 0 })
        const known = values.filter((value) =>
          readers.every((field) => typeof field.read(sourceOf(value)) === 'string'),
        )
        return { name, readers: readers.length, values: known }
      })
      expect(read).toEqual(listed.map((field) => ({ ...field, readers: 1 })))
    })
  })
}

describe('what can be settled without a person', () => {
  const settled = Object.values<Service>(SERVICES).filter(({ settling }) => settling !== undefined)

  test('is escrow confirmations and denials, and full cancels: never charges, partial cancels or billing keys', () => {
    expect(Object.fromEntries(settled.map(({ name, settling }) => [name, settling?.by]))).toEqual({
      cancelPayment: 'REPEATING',
      confirmEscrowPurchase: 'LOOKUP',
      denyEscrowPurchase: 'LOOKUP',
    })
  })

  test.each(settled)('$name is repeated as a whole, or only asked for', ({ settling, keeps, step, request }) => {
    if (settling?.by === 'REPEATING') {
      const sent = [...flat(request)]
      expect(step).toBe('CANCEL')
      expect(keeps?.toSorted()).toEqual(sent.map(([wire]) => wire).toSorted())
      expect(sent.filter(([, { field }]) => field.encrypted)).toEqual([])
      return
    }
    const lookup = (SERVICES as Readonly<Record<string, Service>>)[settling?.lookup ?? '']
    expect(lookup?.effect).toBe('lookup')
    const { type } = lookup?.result.fields['state'] ?? {}
    const states = type === undefined || typeof type === 'string' ? [] : Object.keys(type.values)
    expect(states).toEqual(expect.arrayContaining([...(settling?.processed ?? []), ...(settling?.notProcessed ?? [])]))
  })
})

test('the compiler refuses a signed field, a kept one and an identity that the form does not have', () => {
  const { deleteCardBillingKey } = SERVICES
  const { rules: _rules, keeps: _keeps, ...spec } = deleteCardBillingKey
  const right = { ...spec, path: '/x', signed: ['mid', 'billkey'], identity: { Billkey: 'billkey' } } as const
  expect(defineService(right).signed).toEqual(['mid', 'billkey'])
  // @ts-expect-error there is no `oid` in this form
  defineService({ ...right, signed: ['mid', 'oid'] })
  // @ts-expect-error there is no `tid` in this form
  defineService({ ...right, keeps: ['tid'] })
  // @ts-expect-error there is no `tid` in this form
  defineService({ ...right, identity: { Tid: 'tid' } })
})
