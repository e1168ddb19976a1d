import { NEXT_PATH, NOTICES_PATH, RETURN_PATH } from '../../payments/sms-links.ts'
import { PAGE_PATH } from '../../sandbox/pages/make-url.ts'
import type { FacadeConfig } from '../facade.ts'
import { METRICS_PATH } from '../telemetry/metrics-endpoint.ts'
import { LIVE_PATH, READY_PATH } from './health.ts'

/** Says of a target whether the facade has anything there, so that a server around it may have the others. */
export function ownPaths(
  endpoint: string,
  { baseUrl, journal, metrics }: Pick<FacadeConfig, 'baseUrl' | 'journal' | 'metrics'>,
): (target: string) => boolean {
  const paths = new Set([endpoint, LIVE_PATH, READY_PATH, ...(metrics === undefined ? [] : [METRICS_PATH])])
  const folders = [
    `${endpoint}/`,
    ...(journal === undefined ? [] : [NEXT_PATH, RETURN_PATH, NOTICES_PATH]),
    ...(baseUrl === undefined ? [`${PAGE_PATH}/`] : []),
  ]
  return (target) => {
    const [path = ''] = target.split('?', 1)
    return paths.has(path) || folders.some((folder) => path.startsWith(folder))
  }
}
