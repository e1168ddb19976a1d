import { firstAnswer } from './first-answer.mjs'
import { runLoad } from './load.mjs'
import { Stub } from './stub.mjs'

// The world around the measured server, as one process on one core: the shop in front of it and the payment gateway
// behind it. As two processes on one core they would wait for each other, and that would stand in every latency.

const stubs = new Map()

const ACTIONS = {
  async openStub({ name, ...options }) {
    const stub = new Stub(options)
    stubs.set(name, stub)
    return { port: await stub.listen() }
  },
  /** What a stub has seen since it was last asked. */
  stubFacts: ({ name }) => stubs.get(name).takeFacts(),
  setDelay: ({ name, delayMs, slowMs }) => Object.assign(stubs.get(name), { delayMs, slowMs }),
  firstAnswer,
  load: runLoad,
}

process.on('message', async ({ id, action, options }) => {
  try {
    process.send({ id, result: (await ACTIONS[action](options)) ?? null })
  } catch (error) {
    process.send({ id, error: error.message })
  }
})
process.on('disconnect', () => process.exit(0))
