import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { Listening } from './listen.ts'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))

/** A facade in a process of its own, over its embedded sandbox, on a free port of this machine. */
export interface Facade extends Listening {
  /** Resolves when the process has ended, whoever ended it. */
  readonly ended: Promise<void>
}

/** Starts the facade. Rejects where its process ends before it listens. */
export async function startFacade(): Promise<Facade> {
  const child = spawn(process.execPath, ['--import', 'tsx', 'src/main.ts'], {
    cwd: ROOT,
    env: {
      ...process.env,
      PAYAPI_ENV: 'sandbox',
      PAYAPI_BASE_URL: '',
      HOST: '127.0.0.1',
      PORT: '0',
      LOG_LEVEL: 'warn',
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const ended = once(child, 'exit').then(() => {})
  const lines = createInterface({ input: child.stdout })
  const url = await new Promise<string>((resolve, reject) => {
    lines.on('line', (line) => {
      const found = /http:\/\/127\.0\.0\.1:\d+\/graphql/.exec(line)?.[0]
      if (found !== undefined) resolve(found)
    })
    void ended.then(() => reject(new Error('The facade ended before it listened')))
  })
  return {
    url,
    ended,
    close: () => {
      child.kill('SIGTERM')
      return ended
    },
  }
}
