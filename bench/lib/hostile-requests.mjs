// Requests that are made to cost a server much, each as large as the limits of the facade let it be. None may cost more
// than a moment: one thread serves all callers.

const BODY_BYTES = 98_000
const TOKENS = 1_480
const LINES = 2_990

const repeated = (count, make) => Array.from({ length: count }, (_, index) => make(index))
const numbered = (count, make, separator = ' ') => repeated(count, make).join(separator)

/** As many parts as a body has room for, separated by commas. */
function filled(make) {
  const parts = []
  for (let size = 0, index = 0; size < BODY_BYTES; index++) {
    const part = make(index)
    parts.push(part)
    size += Buffer.byteLength(part) + 1
  }
  return parts
}

const graphql = (query, variables) => JSON.stringify({ query, variables })

const LOOK_UP = 'mutation ($input: LookUpCardPrefixInput!) { lookUpCardPrefix(input: $input) { __typename } }'
const withInput = (input) => `{"query":${JSON.stringify(LOOK_UP)},"variables":{"input":${input}}}`
const REFERENCES = 'query ($all: [_Any!]!) { _entities(representations: $all) { __typename } }'
const SELECTION = `__typename ... on CardPrefix { prefix merchantId cardName cardType cardCompany { code name } lookup { __typename } }
  ... on EscrowPayment { merchantId transactionId status { __typename } }`

/** A field of an input whose name is a piece of a message, over and over. */
function spelt(piece) {
  const size = JSON.stringify(piece).length - 2
  return `{${JSON.stringify(piece.repeat(Math.floor(BODY_BYTES / size)))}:1}`
}

const CARD = {
  number: '4000000000000002',
  expiryYear: '29',
  expiryMonth: '12',
  holderId: '900101',
  passwordPrefix: '12',
}
const CHARGE = 'mutation ($input: ChargeKeyedInCardInput!) { chargeKeyedInCard(input: $input) { __typename } }'

/** A charge that is well-formed but for a field that is too long. */
const charge = (fields) =>
  graphql(CHARGE, {
    input: {
      orderId: 'ORDER-1',
      amount: '1004',
      goodsName: 'coffee',
      buyer: { name: 'Alice', phone: '01012345678', email: 'alice@example.com' },
      card: CARD,
      installmentMonths: 0,
      interestFree: false,
      ...fields,
    },
  })

/** Texts among which a card number might be looked for. */
const TEXTS = {
  digits: '4',
  'spaced digits': '4 ',
  'zeros and a card number': '0000-4000000000000002',
  'full-width digits': '４',
  'percent-encoded digits': '%34',
  base64: 'NDAw',
  marks: '\u0301',
  'white space': ' ',
}

/** The kinds of hostile requests: the body of each, sent as a POST of JSON. */
export const HOSTILE = {
  ...Object.fromEntries(
    Object.entries(TEXTS).flatMap(([what, piece]) => {
      const text = piece.repeat((BODY_BYTES - 1_000) / Buffer.byteLength(piece))
      return [
        [`a field of an order full of ${what}`, charge({ goodsName: text })],
        [`an order id full of ${what}`, charge({ orderId: text })],
        [`a key full of ${what}`, charge({ idempotencyKey: text })],
        [`an amount full of ${what}`, charge({ amount: text })],
        [`a card number full of ${what}`, charge({ card: { ...CARD, number: text } })],
        [
          `an address full of ${what}`,
          charge({ buyer: { name: text, phone: text.slice(0, 10), email: 'a@b.example' } }),
        ],
      ]
    }),
  ),
  'unknown fields of an input': withInput(`{${filled((index) => `"a${index}":1`).join(',')}}`),
  'an unknown field with a long name': withInput(`{"${'x'.repeat(BODY_BYTES)}":1}`),
  ...Object.fromEntries(
    [
      ' cannot represent a',
      '" cannot represent a',
      'a" is not defined by type "B". ',
      'Value "a" does not exist in "B" enum ',
      'Variable "$a" got invalid value ',
      '"; Field "a" at "input.a',
      'Syntax Error: Name ',
      'Did you mean ',
      '1 2 3 4-',
      '%20',
      '"',
      'at "a.b[1]',
    ].map((piece) => [`a field named ${piece.trim()} × many`, withInput(spelt(piece))]),
  ),
  'values of the wrong type': withInput(`{"prefix":[${filled(() => '1').join(',')}]}`),
  'a list of wrong values': graphql(
    'mutation ($input: CreateSmsPaymentUrlInput!) { createSmsPaymentUrl(input: $input) { __typename } }',
    { input: { installmentOptions: repeated(24_000, () => 'x') } },
  ),
  'a long text where none belongs': withInput(JSON.stringify('4000 '.repeat(BODY_BYTES / 5))),
  'a long text of digits': withInput(`{"prefix":"${'4'.repeat(BODY_BYTES)}"}`),
  'a long number': withInput(`{"prefix":${'4'.repeat(BODY_BYTES)}}`),
  'nested values': withInput(`${'['.repeat(BODY_BYTES / 2)}${']'.repeat(BODY_BYTES / 2)}`),
  'nested objects': withInput(`${'{"a":'.repeat(15_000)}1${'}'.repeat(15_000)}`),
  'variables that nobody declared': JSON.stringify({
    query: '{ __typename }',
    variables: Object.fromEntries(repeated(8_000, (index) => [`v${index}`, 1])),
  }),
  'parameters that nobody knows': JSON.stringify({
    query: '{ __typename }',
    ...Object.fromEntries(repeated(8_000, (index) => [`p${index}`, 1])),
  }),
  'a parameter with a long name': JSON.stringify({ query: '{ __typename }', [' cannot represent a'.repeat(5_000)]: 1 }),
  'an operation with a long name': JSON.stringify({
    query: 'query A { __typename }',
    operationName: ' cannot represent a'.repeat(5_000),
  }),
  'unknown types of variables': graphql(`query (${numbered(240, (index) => `$v${index}: T${index}`)}) { __typename }`),
  'variables of the wrong type': graphql(
    `query (${numbered(200, (index) => `$v${index}: Int`)}) { ${numbered(200, (index) => `cardPrefix(prefix: $v${index}) { __typename }`)} }`,
  ),
  'variables declared twice': graphql(`query (${numbered(360, () => '$v: Int')}) { __typename }`),
  'variables that nobody uses': graphql(`query (${numbered(360, (index) => `$v${index}: Int`)}) { __typename }`),
  'variables that are not there': graphql(
    `query (${numbered(240, (index) => `$v${index}: Int!`)}) { __typename ${numbered(29, (index) => `a${index}: paymentOperations(first: $v${index}) { __typename }`)} }`,
    {},
  ),
  'undeclared variables': graphql(`{ ${numbered(200, (index) => `cardPrefix(prefix: $v${index}) { __typename }`)} }`),
  'unknown fields of a document': graphql(`{ ${numbered(TOKENS, (index) => `field${index}`)} }`),
  'unknown fields with long names': graphql(`{ ${numbered(900, (index) => `${'cardPrefix'.repeat(10)}${index}`)} }`),
  'one field, over and over': graphql(`{ ${numbered(TOKENS, () => '__typename')} }`),
  'fields in conflict': graphql(`{ ${numbered(160, (index) => `cardPrefix(prefix: "${index}") { __typename }`)} }`),
  'nested fields in conflict': graphql(
    `{ ${numbered(100, () => `cardPrefix(prefix: "1") { ... on CardPrefix { cardCompany { code: name code name: code } } }`)} }`,
  ),
  'aliases in conflict': graphql(`{ ${numbered(29, (index) => `a: cardPrefix(prefix: "${index}") { __typename }`)} }`),
  'fragments that overlap': graphql(
    `{ ${numbered(120, (index) => `...F${index}`)} } ${numbered(120, (index) => `fragment F${index} on Query { __typename }`)}`,
  ),
  'fragments that overlap and conflict': graphql(
    `{ ${numbered(70, (index) => `...F${index}`)} } ${numbered(70, (index) => `fragment F${index} on Query { cardPrefix(prefix: "${index}") { __typename } }`)}`,
  ),
  'fragments within fragments': graphql(
    `{ ...F0 } ${numbered(100, (index) => `fragment F${index} on Query { ...F${index + 1} ...F${index + 1} }`)} fragment F100 on Query { __typename }`,
  ),
  'fragments in a circle': graphql(
    `{ ...F0 } ${numbered(150, (index) => `fragment F${index} on Query { ...F${(index + 1) % 150} }`)}`,
  ),
  'fragments, each of all': graphql(
    `{ ...F0 } ${numbered(36, (index) => `fragment F${index} on Query { ${numbered(15, (other) => `...F${(index + other + 1) % 36}`)} }`)}`,
  ),
  'fragments that nobody uses': graphql(
    `{ __typename } ${numbered(200, (index) => `fragment F${index} on Query { __typename }`)}`,
  ),
  'fragments that are not there': graphql(`{ ${numbered(480, (index) => `...F${index}`)} }`),
  'inline fragments': graphql(`{ ${numbered(350, () => '... { __typename')} ${'}'.repeat(350)} }`),
  'fields within fields': graphql(`{ ${'__type(name: "A") { ofType { '.repeat(11)} name ${'} }'.repeat(11)} }`),
  'fragments deep and wide': graphql(
    `{ ...F0 } ${numbered(24, (index) => `fragment F${index} on Query { ${numbered(10, () => `...F${index + 1}`)} }`)} fragment F24 on Query { cardPrefix(prefix: "1") { __typename } }`,
  ),
  'aliases of a lookup': graphql(
    `{ ${numbered(29, (index) => `a${index}: cardPrefix(prefix: "12345") { __typename ... on PayApiFailure { message } }`)} }`,
  ),
  'many aliases': graphql(`{ ${numbered(490, (index) => `a${index}: __typename`)} }`),
  'many directives': graphql(`{ __typename ${numbered(490, () => '@skip')} }`),
  'unknown directives': graphql(`{ __typename ${numbered(48, (index) => `@d${index}`)} }`),
  'unknown arguments': graphql(`{ cardPrefix(${numbered(480, (index) => `a${index}: 1`)}) { __typename } }`),
  'an argument, over and over': graphql(`{ cardPrefix(${numbered(480, () => 'prefix: "1"')}) { __typename } }`),
  'unknown fields in literals': graphql(
    `mutation { lookUpCardPrefix(input: {${numbered(480, (index) => `f${index}: 1`)}}) { __typename } }`,
  ),
  'a field in literals, over and over': graphql(
    `mutation { lookUpCardPrefix(input: {${numbered(480, () => 'prefix: "1"')}}) { __typename } }`,
  ),
  'wrong values in literals': graphql(
    `mutation { createSmsPaymentUrl(input: { installmentOptions: [${numbered(1_400, () => '"x"')}] }) { __typename } }`,
  ),
  'lists within lists': graphql(`{ cardPrefix(prefix: ${'['.repeat(730)}${']'.repeat(730)}) { __typename } }`),
  'objects within objects': graphql(`{ cardPrefix(prefix: ${'{a:'.repeat(360)}1${'}'.repeat(360)}) { __typename } }`),
  'many operations': graphql(numbered(360, (index) => `query A${index} { __typename }`)),
  'many operations of one name': graphql(numbered(360, () => 'query A { __typename }')),
  'many operations without name': graphql(numbered(480, () => '{ __typename }')),
  'definitions of types': graphql(numbered(360, (index) => `type T${index} { a: Int }`)),
  'too many tokens': graphql(`{ ${'a '.repeat(BODY_BYTES / 2 - 10)} }`),
  'white space': graphql(`{ __typename ${' '.repeat(BODY_BYTES - 100)} }`),
  commas: graphql(`{ __typename ${','.repeat(BODY_BYTES - 100)} }`),
  comments: graphql(`{ __typename ${'#\n'.repeat(BODY_BYTES / 3)} }`),
  'a long name': graphql(`{ ${'a'.repeat(BODY_BYTES)} }`),
  'a long name of digits': graphql(`{ a${'4'.repeat(BODY_BYTES - 100)} }`),
  'a long name of digits and lines': graphql(`{ a${'_4'.repeat(BODY_BYTES / 2 - 100)} }`),
  'a long text': graphql(`{ cardPrefix(prefix: "${'4 '.repeat(BODY_BYTES / 2 - 100)}") { __typename } }`),
  'a long text in the wrong place': graphql(`{ "${'Name '.repeat(BODY_BYTES / 5 - 100)}" }`),
  'a long block of text': graphql(`{ cardPrefix(prefix: """${' \n'.repeat(BODY_BYTES / 3 - 100)}""") { __typename } }`),
  'a text that does not end': graphql(`{ cardPrefix(prefix: "${'a'.repeat(BODY_BYTES - 100)}`),
  'a wrong escape': graphql(`{ cardPrefix(prefix: "${'a'.repeat(BODY_BYTES - 200)}\\q") }`),
  'a long number in a document': graphql(`{ cardPrefix(prefix: ${'4'.repeat(BODY_BYTES - 100)}) { __typename } }`),
  introspection: graphql(
    `{ ${numbered(29, (index) => `a${index}: __schema { types { ...T } }`)} } fragment T on __Type { name description fields { name description args { name description } } inputFields { name description } enumValues { name description } }`,
  ),
  'aliases within introspection': graphql(
    `{ __schema { ${numbered(29, (index) => `a${index}: types { ...T }`)} } } fragment T on __Type { name description fields { name description args { name description } } inputFields { name description } enumValues { name description } }`,
  ),
  'introspection of types': graphql(
    `{ ${numbered(29, (index) => `a${index}: __type(name: "Mutation") { ...T }`)} } fragment T on __Type { name description fields { name description args { name description } } }`,
  ),
  'introspection in depth': graphql(
    '{ __schema { types { fields { type { fields { type { fields { type { name } } } } } } } }',
  ),
  'the SDL': graphql(`{ ${numbered(29, (index) => `a${index}: _service { sdl }`)} }`),
  'aliases of the SDL': graphql(`{ _service { ${numbered(29, (index) => `a${index}: sdl`)} } }`),
  'references to nothing': graphql(REFERENCES, { all: repeated(6_000, () => ({})) }),
  'as many references to nothing as may be': graphql(REFERENCES, { all: repeated(1_000, () => ({})) }),
  'references to strangers': graphql(REFERENCES, { all: repeated(3_000, (index) => ({ __typename: `T${index}` })) }),
  'references that are wrong, under aliases': graphql(
    `query ($all: [_Any!]!) { ${numbered(29, (index) => `a${index}: _entities(representations: $all) { ...E }`)} } fragment E on _Entity { ${SELECTION} }`,
    { all: repeated(1_400, () => ({ __typename: 'EscrowPayment', transactionId: '' })) },
  ),
  'references that are wrong': graphql(`query ($all: [_Any!]!) { _entities(representations: $all) { ${SELECTION} } }`, {
    all: repeated(990, (index) => ({ __typename: 'EscrowPayment', transactionId: '', merchantId: `m${index}` })),
  }),
  'prefixes that are wrong': graphql(`query ($all: [_Any!]!) { _entities(representations: $all) { ${SELECTION} } }`, {
    all: repeated(990, (index) => ({ __typename: 'CardPrefix', prefix: `x${index}` })),
  }),
  'representations in a document': graphql(
    `{ _entities(representations: [${numbered(290, (index) => `{ __typename: "CardPrefix", prefix: "x${index}" }`)}]) { ${SELECTION} } }`,
  ),
  ...Object.fromEntries(
    Object.entries({ 'line breaks': '\n', 'line breaks of Windows': '\r\n', comments: '#\n' }).flatMap(
      ([what, piece]) => {
        // Where an error is, is counted in lines. In JSON a line break takes two characters.
        const behind = (size, query) =>
          piece.repeat(
            Math.min(LINES / (piece === '\r\n' ? 2 : 1), (BODY_BYTES - size) / (JSON.stringify(piece).length - 2)),
          ) + query
        return [
          [`unknown fields behind ${what}`, graphql(behind(5_000, `{ ${numbered(300, (index) => `field${index}`)} }`))],
          [
            `fields in conflict behind ${what}`,
            graphql(behind(8_000, `{ ${numbered(100, (index) => `cardPrefix(prefix: "${index}") { __typename }`)} }`)),
          ],
          [
            `circles behind ${what}`,
            graphql(
              behind(
                8_000,
                `{ ...F0 } ${numbered(100, (index) => `fragment F${index} on Query { ...F${(index + 1) % 100} }`)}`,
              ),
            ),
          ],
          [
            `fields without right behind ${what}`,
            graphql(behind(5_000, `{ ${numbered(29, (index) => `a${index}: paymentOperation(id: "x") { id }`)} }`)),
          ],
          [
            `references to nothing behind ${what}`,
            graphql(behind(10_000, REFERENCES), { all: repeated(1_000, () => ({})) }),
          ],
          [
            `wrong variables behind ${what}`,
            graphql(behind(10_000, LOOK_UP), { input: Object.fromEntries(repeated(400, (index) => [`a${index}`, 1])) }),
          ],
        ]
      },
    ),
  ),
  'no JSON': `{${'"a":'.repeat(BODY_BYTES / 4)}`,
  'nested JSON': '['.repeat(BODY_BYTES),
  'many requests in one': `[${filled(() => '{"query":"{ __typename }"}').join(',')}]`,
}
