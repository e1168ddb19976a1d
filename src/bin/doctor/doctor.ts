import { type Config, ConfigError, readConfig } from '../../config/index.ts'
import { DEMO_MERCHANTS } from '../../sandbox/merchants.ts'
import { startSandbox } from '../../sandbox/server.ts'
import type { Given } from '../command-line/command.ts'
import { fileFindings } from './files.ts'
import { type Finding, warning } from './finding.ts'
import { journalFindings } from './journal.ts'
import { otherServers, payApiFindings } from './network.ts'
import { problemFinding } from './problems.ts'
import { isReady, reportJson, reportText } from './report.ts'
import { settingsFindings } from './settings.ts'

/** Looks at the configuration and at what it leads to, and says what is missing before going live. */
export async function examine(given: Given): Promise<number> {
  const findings = await findingsOf(process.env, { offline: given.has('offline'), lookup: given.has('lookup') })
  const report = given.has('json') ? reportJson : reportText
  process.stdout.write(report(findings, given.language))
  return isReady(findings) ? 0 : 1
}

const REST = warning(
  'configuration',
  'configuration',
  'is not usable yet: all else is looked at once it is.',
  '아직 사용할 수 없습니다. 나머지는 설정을 고친 뒤 점검합니다.',
)

interface Extent {
  /** Connects to nobody but the journal's database. */
  readonly offline: boolean
  /** Looks card prefixes up in production as well. */
  readonly lookup: boolean
}

/** What is found; connects, and reads files, but changes nothing. */
export async function findingsOf(env: NodeJS.ProcessEnv, extent: Extent): Promise<readonly Finding[]> {
  let config: Config
  try {
    config = readConfig(env)
  } catch (error) {
    if (error instanceof ConfigError) return [REST, ...error.problems.map(problemFinding)]
    throw error
  }
  const [journal, network] = await Promise.all([
    journalFindings(config),
    extent.offline ? [] : networkFindings(config, extent),
  ])
  return [...settingsFindings(config, env), ...fileFindings(env), ...journal, ...network]
}

async function networkFindings(config: Config, extent: Extent): Promise<readonly Finding[]> {
  const [payApi, others] = await Promise.all([
    config.baseUrl === undefined
      ? inSandbox(config)
      : payApiFindings(config, config.baseUrl, extent.lookup || mayLookUp(config, config.baseUrl)),
    otherServers(config),
  ])
  return [...payApi, ...others]
}

/** Whoever calls himself a sandbox may point at the real thing all the same. */
const mayLookUp = ({ environment }: Config, baseUrl: string): boolean =>
  environment !== 'production' && new URL(baseUrl).hostname !== 'payapi.paywelcome.co.kr'

async function inSandbox(config: Config): Promise<readonly Finding[]> {
  const sandbox = await startSandbox({ merchants: config.merchants ?? DEMO_MERCHANTS })
  try {
    return await payApiFindings(config, sandbox.url, true)
  } finally {
    await sandbox.close()
  }
}
