import { createServer } from 'node:http'
import { buildSchema, execute, parse, validate } from 'graphql'
import { isKnown, logger } from './production.mjs'
import { resolversFor, typeDefs } from './schema.mjs'
import { charge, port } from './settings.mjs'

// The limit, and what every server adds that executes by graphql-js: a document that is kept once it is validated, an API
// key checked and a line of log. No framework, no check, no timeout: a server of this kind cannot take less.

const schema = buildSchema(typeDefs)
schema.getMutationType().getFields().chargeCardBillingKey.resolve = resolversFor(charge).Mutation.chargeCardBillingKey
const documents = new Map()

createServer((request, response) => {
  const startedAt = performance.now()
  const answer = (status, result) => {
    const text = JSON.stringify(result)
    response
      .writeHead(status, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) })
      .end(text)
    logger.info({ status, errors: result.errors?.length ?? 0, durationMs: performance.now() - startedAt }, 'request')
  }
  if (!isKnown(request.headers['x-api-key'])) return answer(401, { errors: [{ message: 'Who is this?' }] })
  const chunks = []
  request.on('data', (chunk) => chunks.push(chunk))
  request.on('end', async () => answer(200, await executed(Buffer.concat(chunks).toString('utf8'))))
}).listen(port, '127.0.0.1')

async function executed(text) {
  const { query, variables, operationName } = JSON.parse(text)
  const document = documents.get(query) ?? parse(query)
  if (!documents.has(query)) {
    const errors = validate(schema, document)
    if (errors.length > 0) return { errors }
    documents.set(query, document)
  }
  return execute({ schema, document, variableValues: variables, operationName })
}
