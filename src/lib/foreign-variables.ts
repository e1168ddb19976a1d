import { nearName } from './near-name.ts'

// Kubernetes sets such variables for each Service of a namespace, by its name: PAYAPI_WEB_PORT for a Service payapi-web.
const SERVICE_LINK = /_SERVICE_(HOST|PORT(_\w+)?)$|_PORT_\d+_(TCP|UDP|SCTP)(_(PROTO|PORT|ADDR))?$/
const SERVICE_ADDRESS = /^(tcp|udp|sctp):\/\//

/**
 * The variables that look like ours and are not, each with what is to be said of it: nothing of what Kubernetes sets,
 * unless it hides one of ours. Ours begin with `prefix`; of the others that are known, nothing is taken for a mistake.
 */
export function foreignVariables(
  set: readonly (readonly [string, string | undefined])[],
  known: readonly string[],
  prefix: string,
): ReadonlyMap<string, string> {
  const foreign = new Map<string, string>()
  const ours = known.filter((name) => name.startsWith(prefix))
  for (const [name, value = ''] of set) {
    const isKnown = known.includes(name)
    const hidden = isKnown ? hiddenByService(name, value) : undefined
    if (hidden !== undefined) foreign.set(name, `${name} ${hidden}`)
    if (isKnown) continue
    const isServiceLink = SERVICE_LINK.test(name) || SERVICE_ADDRESS.test(value)
    if (isServiceLink) {
      if (name.startsWith(prefix)) foreign.set(name, '')
      continue
    }
    const line = mistakeIn(name, ours, prefix)
    if (line !== undefined) foreign.set(name, line)
  }
  return foreign
}

/** What is to be said of a name that seems to be meant as one of ours; undefined where it is somebody else's. */
function mistakeIn(name: string, ours: readonly string[], prefix: string): string | undefined {
  const hasPrefix = name.toUpperCase().startsWith(prefix)
  // Where the prefix itself is wrong, nothing may be but two letters that are swapped, or a separator: PAYPAL_ENV and
  // PAYAPP_ENV are others' names.
  const near = nearName(name, ours, hasPrefix ? undefined : 1)
  if (near !== undefined && (hasPrefix || lettersOf(near) === lettersOf(name)))
    return `${name} is not known; did you mean ${near}?`
  return hasPrefix ? `${name} is not known; check how it is spelt` : undefined
}

const lettersOf = (name: string): string => [...name.toUpperCase().replace(/[_.-]/g, '')].toSorted().join('')

/** What is to be said of a port that is none of ours but Kubernetes' address of a Service; else undefined. */
export function hiddenByService(name: string, value: string): string | undefined {
  if (!/_PORT$/.test(name) || !SERVICE_ADDRESS.test(value)) return undefined
  const service = name
    .replace(/_PORT$/, '')
    .toLowerCase()
    .replaceAll('_', '-')
  return `was set by Kubernetes for a Service named ${service}: set enableServiceLinks: false for this pod, or name the Service otherwise`
}
