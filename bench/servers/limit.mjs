import { createServer } from 'node:http'
import { charge, port } from './settings.mjs'

// The limit: what any server of this kind has to do at least. JSON in, sign, post, JSON out; no GraphQL.

createServer((request, response) => {
  const chunks = []
  request.on('data', (chunk) => chunks.push(chunk))
  request.on('end', async () => {
    const { status, result } = await charged(Buffer.concat(chunks).toString('utf8'))
    const text = JSON.stringify(result)
    response
      .writeHead(status, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) })
      .end(text)
  })
}).listen(port, '127.0.0.1')

async function charged(text) {
  try {
    return { status: 200, result: await charge(JSON.parse(text)) }
  } catch (error) {
    return { status: 500, result: { message: error.message } }
  }
}
