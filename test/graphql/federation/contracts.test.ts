import { assertCompositionSuccess, composeSchemaContract } from '@theguild/federation-composition'
import { buildSchema, type DocumentNode, isInputObjectType, Kind } from 'graphql'
import { describe, expect, it } from 'vitest'
import { type InputFields, SERVICES, type Service } from '../../../src/payapi/index.ts'
import { facadeForTests, servedDocument } from '../../support/graphql/subgraph.ts'

const { app } = await facadeForTests()
const document = await servedDocument(app)

/** The names of what carries the tag: types, and fields as `Type.field`. */
function tagged(node: DocumentNode): string[] {
  return node.definitions.flatMap((definition) => {
    if (!('name' in definition) || definition.name === undefined) return []
    const type = definition.name.value
    const isTagged = (directives: readonly { readonly name: { readonly value: string } }[] | undefined) =>
      directives?.some(({ name }) => name.value === 'tag') ?? false
    const fields =
      definition.kind === Kind.OBJECT_TYPE_DEFINITION || definition.kind === Kind.INPUT_OBJECT_TYPE_DEFINITION
        ? (definition.fields ?? [])
            .filter((field) => isTagged(field.directives))
            .map((field) => `${type}.${field.name.value}`)
        : []
    return isTagged('directives' in definition ? definition.directives : undefined) ? [type, ...fields] : fields
  })
}

describe('the tag pci', () => {
  it('is on what takes a card number, and on nothing else', () => {
    expect(tagged(document).sort()).toEqual([
      'ChargeKeyedInCardInput',
      'IssueCardBillingKeyInput',
      'IssueCardBillingKeyWithoutAuthInput',
      'Mutation.chargeKeyedInCard',
      'Mutation.issueCardBillingKey',
      'Mutation.issueCardBillingKeyWithoutAuth',
      'PayApiAuthenticatedCardInput',
      'PayApiCardInput',
      'PayApiKeyedInCardInput',
    ])
  })

  it('follows from what the contract encrypts', () => {
    const encrypts = (fields: InputFields): boolean =>
      Object.values(fields).some((entry) => ('group' in entry ? encrypts(entry.fields) : entry.encrypted))
    const mutations = Object.values<Service>(SERVICES).filter(({ request }) => encrypts(request))
    const taggedMutations = tagged(document).filter((name) => name.startsWith('Mutation.'))
    expect(taggedMutations.sort()).toEqual(mutations.map(({ name }) => `Mutation.${name}`).sort())
  })
})

describe("a gateway's variant without pci", () => {
  it('composes, and nothing in it takes a card number', () => {
    const subgraph = { name: 'payapi', url: 'http://payapi.test/graphql', typeDefs: document }
    const composed = composeSchemaContract([subgraph], { include: new Set(), exclude: new Set(['pci']) }, true)
    assertCompositionSuccess(composed)
    const api = buildSchema(composed.publicSdl)
    expect(Object.keys(api.getMutationType()?.getFields() ?? {})).not.toContain('chargeKeyedInCard')
    expect(Object.keys(api.getMutationType()?.getFields() ?? {})).toContain('cancelPayment')
    const inputs = Object.values(api.getTypeMap()).filter(isInputObjectType)
    const asked = inputs.flatMap((type) => Object.keys(type.getFields()))
    expect(asked).toContain('billingKey')
    for (const name of ['number', 'holderId', 'passwordPrefix']) expect(asked).not.toContain(name)
  })
})
