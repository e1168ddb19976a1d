import {
  type GraphQLInputObjectType,
  type GraphQLInterfaceType,
  type GraphQLNamedType,
  type GraphQLObjectType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isIntrospectionType,
  isNonNullType,
  isObjectType,
  isSpecifiedScalarType,
  isUnionType,
} from 'graphql'
import { expect, it } from 'vitest'
import { schema } from '../../../src/graphql/schema.ts'
import { type InputFields, SERVICES, type Service } from '../../../src/payapi/index.ts'

// Names that begin with an underscore are federation's.
const isOurs = (type: GraphQLNamedType) =>
  !isIntrospectionType(type) && !isSpecifiedScalarType(type) && !type.name.startsWith('_')
const types = Object.values(schema.getTypeMap()).filter(isOurs)
const services: readonly Service[] = Object.values(SERVICES)
const objects = types.filter(isObjectType)
const unions = types.filter(isUnionType)

const typeOf = <Type extends GraphQLNamedType>(name: string) => schema.getType(name) as Type
const fieldsOf = (type: GraphQLObjectType | GraphQLInterfaceType) => Object.values(type.getFields())

/** Everything in the graph that a description can stand at, by its place. */
function* described(): Generator<readonly [place: string, description: string]> {
  for (const type of types) {
    yield [type.name, type.description ?? '']
    if (isEnumType(type)) {
      for (const value of type.getValues()) yield [`${type.name}.${value.name}`, value.description ?? '']
    } else if (isInputObjectType(type)) {
      for (const field of Object.values(type.getFields())) yield [`${type.name}.${field.name}`, field.description ?? '']
    } else if (isObjectType(type) || isInterfaceType(type)) {
      for (const field of fieldsOf(type).filter(({ name }) => !name.startsWith('_'))) {
        yield [`${type.name}.${field.name}`, field.description ?? '']
        for (const arg of field.args) yield [`${type.name}.${field.name}(${arg.name}:)`, arg.description ?? '']
      }
    }
  }
}

it('every type, field, argument, input field and enum value has a description', () => {
  expect([...described()].filter(([, description]) => description.length < 5)).toEqual([])
})

it('every service names its path and its Korean name', () => {
  const mutations = typeOf<GraphQLObjectType>('Mutation').getFields()
  for (const { name, path, korean } of services) {
    expect(mutations[name]?.description).toContain(`\`${path}\``)
    expect(mutations[name]?.description).toContain(korean)
  }
})

/** The wire fields of a request, by the input types they stand in. */
function* requestFields(
  type: string,
  fields: InputFields,
): Generator<readonly [type: string, name: string, wire: string]> {
  for (const [name, entry] of Object.entries(fields)) {
    if ('group' in entry) yield* requestFields(`PayApi${entry.group}Input`, entry.fields)
    else yield [type, name, entry.wire]
  }
}

const HANGUL = /[가-힣]/

it('every wire field of an input names its wire name and a Korean term', () => {
  for (const { name, request } of services) {
    const input = `${name[0]?.toUpperCase()}${name.slice(1)}Input`
    for (const [type, field, wire] of [...requestFields(input, request), [input, 'merchantId', 'mid'] as const]) {
      const description = typeOf<GraphQLInputObjectType>(type).getFields()[field]?.description ?? ''
      expect(description, `${type}.${field}`).toContain(`\`${wire}\``)
      // The published name of one field is 'IP'.
      if (wire !== 'clientIp') expect(description, `${type}.${field}`).toMatch(HANGUL)
    }
  }
})

it('every wire field of a success names its wire names and a Korean term', () => {
  for (const { result } of services) {
    for (const [name, { wire }] of Object.entries(result.fields)) {
      const description = typeOf<GraphQLObjectType>(result.type).getFields()[name]?.description ?? ''
      for (const wireName of wire) expect(description, `${result.type}.${name}`).toContain(`\`${wireName}\``)
      expect(description, `${result.type}.${name}`).toMatch(HANGUL)
    }
  }
})

it('the arguments of the lookups name their wire names', () => {
  const { cardPrefix, escrowStatus } = typeOf<GraphQLObjectType>('Query').getFields()
  const wireNames = { prefix: 'cardNumber', merchantId: 'mid', transactionId: 'tid', clientIp: 'clientIp' }
  for (const { name, description } of [...(cardPrefix?.args ?? []), ...(escrowStatus?.args ?? [])]) {
    expect(description).toContain(`\`${wireNames[name as keyof typeof wireNames]}\``)
  }
})

it('a field name that several members of one union have is of one type there', () => {
  for (const union of unions) {
    const known = new Map<string, string>()
    for (const member of union.getTypes()) {
      for (const { name, type } of fieldsOf(member)) {
        // GraphQL lets two fragments of one query only ask for both where the types are alike to the last sign.
        expect(`${name}: ${type}`, `${union.name}, ${member.name}`).toBe(`${name}: ${known.get(name) ?? type}`)
        known.set(name, String(type))
      }
    }
  }
})

it('every mutation is nullable, so that one that fails does not take its siblings with it', () => {
  const fields = fieldsOf(typeOf<GraphQLObjectType>('Mutation'))
  expect(fields.filter(({ type }) => isNonNullType(type))).toEqual([])
})

it('every field of a success is nullable, so that an odd answer does not hide money that moved', () => {
  for (const { result } of services) {
    const fields = fieldsOf(typeOf<GraphQLObjectType>(result.type))
    expect(fields.filter(({ type }) => isNonNullType(type))).toEqual([])
  }
})

it('every member of a result that is not its success implements PayApiFailure', () => {
  const failures = new Set(schema.getPossibleTypes(typeOf<GraphQLInterfaceType>('PayApiFailure')))
  const successes = new Set(services.map(({ result }) => result.type))
  for (const { name } of services) {
    const union = unions.find((each) => each.name === `${name[0]?.toUpperCase()}${name.slice(1)}Result`)
    const others = union?.getTypes().filter((member) => !failures.has(member)) ?? []
    expect(others.map((member) => successes.has(member.name))).toEqual([true])
  }
})

it('no field of the graph gives a card number, a holder id, a password or an expiry back', () => {
  const output = objects.flatMap((type) => fieldsOf(type).map(({ name }) => `${type.name}.${name}`))
  expect(output.filter((place) => /number|holder|passw|expiry|cvc|secret|signature|apikey/i.test(place))).toEqual([
    // The card company's number for the approval.
    'CardPayment.approvalNumber',
    // Whether it is right.
    'PayApiNoticeTrust.signature',
    // A virtual account's.
    'PayApiNoticeAccount.number',
    'PayApiPayment.approvalNumber',
    'PayApiVirtualAccount.number',
    'PayApiVirtualAccount.holderName',
  ])
})

it('a billing key comes back in two types only', () => {
  const holders = objects.filter((type) => 'billingKey' in type.getFields()).map(({ name }) => name)
  expect(holders.sort()).toEqual(['CardBillingKey', 'DeletedBillingKey'])
})
