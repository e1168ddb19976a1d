import { midOf } from '../lib/merchants.mjs'

// Order numbers of one run begin with letters of their own, so that a journal that is kept never sees one twice. Few
// digits in a row, or the facade would take them for a card number.
const RUN = Array.from({ length: 6 }, () => String.fromCharCode(97 + Math.floor(Math.random() * 26))).join('')
let orders = 0

// A step through the merchants that is prime to every power of ten, so that neighbours in time are not neighbours in a list.
const STRIDE = 7919

/**
 * Takes `path`, `headers`, `body` (an object), `expects` (texts that the answer must hold) and how many `merchants` act.
 * In body and expectations `{order}` and `{merchant}` stand for what differs from call to call; all are of one length.
 * Returns a maker of requests: each has its `text` to send, and tells whether an answer is right.
 */
export function requestMaker({ path = '/', headers = {}, body, expects, merchants = 1, orderPrefix = 'order' }) {
  const template = split(JSON.stringify(body))
  const expected = expects.map(split)
  const head = Object.entries({ host: '127.0.0.1', 'content-type': 'application/json', ...headers })
  const length = fill(template, orderOf(orderPrefix, 0), midOf(0)).length
  const start = `POST ${path} HTTP/1.1\r\n${head.map(([name, value]) => `${name}: ${value}\r\n`).join('')}content-length: ${length}\r\n\r\n`
  return () => {
    const number = orders++
    const order = orderOf(orderPrefix, number)
    const mid = midOf((number * STRIDE) % merchants)
    return {
      text: start + fill(template, order, mid),
      isRight: (answer) => expected.every((pieces) => answer.includes(fill(pieces, order, mid))),
    }
  }
}

const orderOf = (prefix, number) => `${prefix}-${RUN}-${String(number).padStart(9, '0')}`

/** Splits at the places to fill in, and turns UTF-8 into single bytes. */
const split = (text) =>
  Buffer.from(text)
    .latin1Slice()
    .split(/(\{order\}|\{merchant\})/)

function fill(pieces, order, mid) {
  let text = ''
  for (const piece of pieces) text += piece === '{order}' ? order : piece === '{merchant}' ? mid : piece
  return text
}
