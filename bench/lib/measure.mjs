import { join } from 'node:path'
import { freePort, lastLines, SCRATCH, start, stop } from './processes.mjs'
import { processUsage } from './usage.mjs'

/** Connections of the shop to the server, where nothing else is said. */
export const CONNECTIONS = 64

const LAST_WORDS = "The server's last words:"

let started = 0

/**
 * Starts a server, waits for its first right answer, does something with it, and ends it.
 * Takes the world, the command or a maker of it, the request, the core (`server` or `any`) and what to do, which is given port, pid
 * and the file of its output. Returns what that returned, with start-up time (from the start of the program to the first answer) and memory then.
 */
export async function withServer(world, server, request, action, core = 'server') {
  const { command, args, cwd, env } = typeof server === 'function' ? server() : server
  const port = await freePort()
  const output = join(SCRATCH, `output-${started++}.log`)
  const startedAt = performance.timeOrigin + performance.now()
  const child = start(command, args, {
    cwd,
    env: { ...env, PORT: String(port), HOST: '127.0.0.1' },
    output,
    core,
  })
  try {
    const answeredAt = await world.ask('firstAnswer', { port, request })
    const memoryMb = processUsage(child.pid, true).memoryMb
    const result = await action({ port, pid: child.pid, output })
    return { ...result, startUpMs: answeredAt - startedAt, startMemoryMb: memoryMb }
  } catch (error) {
    // Of several that run side by side, the last one started tells; it is not known which of them it was.
    if (error.message.includes(LAST_WORDS)) throw error
    throw new Error(`${error.message}\n${LAST_WORDS}\n${lastLines(output)}`)
  } finally {
    await stop(child)
  }
}

/** Loads a server (see `world/load.mjs`). Throws where an answer was wrong: such figures mean nothing. */
export async function load(world, options) {
  const result = await world.ask('load', options)
  if (result.wrong > 0) {
    throw new Error(
      `${result.wrong} of ${result.requests} answers were wrong, such as\n${result.wrongAnswers.join('\n')}`,
    )
  }
  return result
}
