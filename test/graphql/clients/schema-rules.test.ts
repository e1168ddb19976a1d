import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import graphqlEslint from '@graphql-eslint/eslint-plugin'
import { ESLint, type Linter } from 'eslint'
import { expect, it } from 'vitest'
import { API } from '../../support/graphql/client-project.ts'

const ROOT = fileURLToPath(new URL('../../../', import.meta.url))

const { configs } = graphqlEslint
const recommended = configs['flat/schema-recommended'].rules
const [, naming] = recommended['@graphql-eslint/naming-convention']
const { EnumValueDefinition, ...names } = naming

/** The recommended rules of GraphQL ESLint and those for Relay, and what is otherwise here. */
const RULES = {
  ...recommended,
  ...configs['flat/schema-relay'].rules,

  // A service is called by its mutation: the name that a client wrote is the name that it reads in the journal.
  '@graphql-eslint/naming-convention': [
    'error',
    {
      ...names,
      'EnumValueDefinition[parent.name.value!=PayApiServiceName]': EnumValueDefinition,
      'EnumValueDefinition[parent.name.value=PayApiServiceName]': 'camelCase',
    },
  ],

  // Off: an answer is what happened once, and has the ids of the payment, the order and the operation, each by its name.
  '@graphql-eslint/strict-id-in-types': 'off',

  // There is no `node(id:)`: everything is read within the rights of the caller, by a query that says what it is. And a
  // list that never gets long is a plain list: the issues of an input, the steps of a path.
  '@graphql-eslint/relay-edge-types': ['error', { shouldImplementNode: false, listTypeCanWrapOnlyEdgeType: false }],

  // More than is recommended: everything has a description, and a mutation takes one `input`, named after it.
  '@graphql-eslint/require-description': [
    'error',
    {
      types: true,
      FieldDefinition: true,
      InputValueDefinition: true,
      EnumValueDefinition: true,
      DirectiveDefinition: true,
    },
  ],
  '@graphql-eslint/input-name': ['error', { checkInputType: true, caseSensitiveInputType: false }],
  '@graphql-eslint/no-scalar-result-type-on-mutation': 'error',
} as Linter.RulesRecord

/** What the rules find in a schema. */
async function faultsIn(sdl: string): Promise<readonly string[]> {
  const eslint = new ESLint({
    cwd: ROOT,
    overrideConfigFile: true,
    overrideConfig: {
      files: ['**/*.graphql'],
      plugins: { '@graphql-eslint': graphqlEslint as never },
      languageOptions: { parser: graphqlEslint.parser, parserOptions: { graphQLConfig: { schema: sdl } } },
      rules: RULES,
    },
  })
  const results = await eslint.lintText(sdl, { filePath: 'schema/api.graphql' })
  return results.flatMap(({ messages }) => messages.map(({ ruleId, line, message }) => `${line} ${ruleId}: ${message}`))
}

const api = readFileSync(API, 'utf8')

it('the schema that clients see keeps the rules', async () => {
  expect(await faultsIn(api)).toEqual([])
})

it.each([
  ['a type that nothing leads to', 'no-unreachable-types', '"""Lost."""\ntype Lost {\n  """A."""\n  a: Int\n}\n'],
  ['a name in another case', 'naming-convention', 'extend type PageInfo {\n  """A."""\n  total_count: Int\n}\n'],
  ['a field without a description', 'require-description', 'extend type PageInfo {\n  totalCount: Int\n}\n'],
])('the rules refuse %s', async (_, rule, planted) => {
  expect(await faultsIn(`${api}\n${planted}`)).toEqual([expect.stringContaining(` @graphql-eslint/${rule}: `)])
})

it('the rules refuse a connection that is none of Relay’s', async () => {
  const faults = await faultsIn(api.replace('  pageInfo: PageInfo!', '  pageInfo: PageInfo'))
  expect(faults).toEqual([expect.stringContaining(' @graphql-eslint/relay-connection-types: ')])
})
