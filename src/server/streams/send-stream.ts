import type { ServerResponse } from 'node:http'
import { deadline } from '../../lib/timeout.ts'

/** What of yoga's answer is the connection's business, or of no kind. */
const NOT_OURS: ReadonlySet<string> = new Set(['connection', 'content-encoding', 'transfer-encoding'])

/**
 * Sends the events of a stream as they come; resolves once it has ended, whoever ended it. Whoever takes none for so many
 * milliseconds, while there are some, is cut off: `onCutOff` is told. Nothing is read ahead of what is taken.
 */
export async function sendStream(
  response: ServerResponse,
  stream: Response,
  timeoutMs: number,
  onCutOff: () => void,
): Promise<void> {
  const reader = stream.body?.getReader()
  if (reader === undefined) return void response.end()
  const release = () => void reader.cancel().catch(() => {})
  response.once('close', release)
  if (response.destroyed) return release()
  const headers = Object.fromEntries([...stream.headers].filter(([name]) => !NOT_OURS.has(name.toLowerCase())))
  // Proxies that gather answers, as nginx does by default, are told not to.
  response.writeHead(stream.status, { ...headers, 'x-accel-buffering': 'no' })
  for (;;) {
    const { done, value } = await reader.read()
    if (done || response.destroyed) break
    if (response.write(value) || (await isTaken(response, timeoutMs))) continue
    onCutOff()
    response.destroy()
    return
  }
  response.end()
}

/** Whether what was written is taken in time. */
function isTaken(response: ServerResponse, timeoutMs: number): Promise<boolean> {
  return new Promise((resolve) => {
    const callOff = deadline(timeoutMs, () => settle(false))
    const taken = () => settle(true)
    const settle = (isSo: boolean) => {
      callOff()
      response.off('drain', taken).off('close', taken)
      resolve(isSo)
    }
    response.once('drain', taken).once('close', taken)
  })
}
