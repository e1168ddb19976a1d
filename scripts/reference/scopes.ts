import { type GraphQLSchema, isObjectType } from 'graphql'
import { SCOPE_TEXTS, SCOPES, type Scope, scopeSentence } from '../../src/auth/scopes.ts'
import { schema } from '../../src/graphql/schema.ts'
import type { Localized } from '../../src/lib/localized.ts'
import { code, type Page, table } from './markdown.ts'

const INTRODUCTION: readonly Localized[] = [
  {
    en: 'What a caller needs to use a field, and to act as the merchant that it names. A token carries scopes in `scope` or `scopes`, an API key in its entry; see [Authentication](../en/security.md#authentication) and [Authorization](../en/security.md#authorization).',
    ko: '필드를 사용하는 데 필요한 권한입니다. 지정한 가맹점으로 처리할 권한도 있어야 합니다. 토큰은 `scope`나 `scopes`에, API 키는 설정 항목에 권한을 담습니다. [인증](../ko/security.md#인증)과 [권한](../ko/security.md#권한)을 참고하십시오.',
  },
  {
    en: 'A reference of another subgraph to a type in the table needs the same scope, also where it asks for `__typename` alone.',
    ko: '다른 서브그래프가 표에 있는 타입을 참조할 때도 같은 권한이 필요하며, `__typename`만 조회할 때도 마찬가지입니다.',
  },
  {
    en: 'Whoever made an operation may read it with the scope that made it: `paymentOperation` and `paymentOperationByKey` need `operations:read` for the operations of other callers only.',
    ko: '작업을 만든 호출자는 그 작업을 만든 권한으로 조회할 수 있습니다. `paymentOperation`과 `paymentOperationByKey`에 `operations:read`가 필요한 것은 다른 호출자의 작업을 조회할 때뿐입니다.',
  },
]

const HEAD = { en: ['Scope', 'What it allows', 'Fields'], ko: ['권한(scope)', '허용하는 일', '필드'] } as const

/** The page of the scopes. */
export const scopes: Page = {
  title: { en: 'Scopes', ko: '권한(scope)' },
  sources: ['src/auth/scopes.ts'],
  body: (language) => [
    ...INTRODUCTION.map((text) => text[language]),
    table(
      HEAD[language],
      SCOPES.map((scope) => [code(scope), SCOPE_TEXTS[scope][language], fieldsOf(schema, scope).map(code).join(', ')]),
    ),
  ],
}

/** The fields that need a scope. Every description of such a field ends with it. */
function fieldsOf(graph: GraphQLSchema, scope: Scope): readonly string[] {
  return Object.values(graph.getTypeMap())
    .filter(isObjectType)
    .flatMap((type) => Object.values(type.getFields()).map((field) => ({ type, field })))
    .filter(({ field }) => field.description?.endsWith(scopeSentence(scope)))
    .map(({ type, field }) => `${type.name}.${field.name}`)
    .sort()
}
