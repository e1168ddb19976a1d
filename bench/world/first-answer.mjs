import { setTimeout as delay } from 'node:timers/promises'
import { requestMaker } from './request-maker.mjs'
import { ShopConnection } from './shop-connection.mjs'

const ASK_AGAIN_MS = 2
const GIVE_UP_MS = 15_000
const LONGEST_ANSWER_MS = 5_000

/**
 * Asks a server that is starting until it answers a request rightly.
 * Takes its port and the request; returns when that was, in milliseconds since 1970.
 */
export async function firstAnswer({ port, request }) {
  const make = requestMaker(request)
  const giveUpAt = Date.now() + GIVE_UP_MS
  let last = 'it does not listen'
  while (Date.now() < giveUpAt) {
    const answer = await ask(port, make())
    if (answer?.isRight) return performance.timeOrigin + performance.now()
    if (answer !== undefined)
      last = `HTTP ${answer.status}: ${Buffer.from(answer.body, 'latin1').toString().slice(0, 600)}`
    await delay(ASK_AGAIN_MS)
  }
  throw new Error(`no right answer within ${GIVE_UP_MS / 1_000} s of the start; ${last}`)
}

/** Resolves to the answer; to undefined where nobody listens. */
function ask(port, request) {
  return new Promise((resolve) => {
    const answered = (status, body) => {
      clearTimeout(impatience)
      connection.close()
      resolve({ status, body, isRight: status === 200 && request.isRight(body) })
    }
    const impatience = setTimeout(() => answered(0, 'no answer'), LONGEST_ANSWER_MS)
    const connection = new ShopConnection(port, (_, status, body) => answered(status, body))
    connection.open().then(
      () => connection.send(request.text),
      () => {
        clearTimeout(impatience)
        resolve(undefined)
      },
    )
  })
}
