import type { CodegenConfig } from '@graphql-codegen/cli'

const config: CodegenConfig = {
  schema: 'schema/api.graphql',
  documents: 'schema/operations/*.graphql',
  generates: {
    'schema/operations.generated.ts': {
      plugins: ['typescript-operations', 'typed-document-node'],
      config: {
        useTypeImports: true,
        enumType: 'string-literal',
        scalars: {
          Amount: { input: 'string | number', output: 'string' },
          Date: 'string',
          DateTime: 'string',
          EmailAddress: 'string',
          IPv4: 'string',
          URL: 'string',
        },
      },
    },
  },
}

export default config
