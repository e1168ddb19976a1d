// Kubernetes sets such variables for each Service of a namespace, by its name: PAYAPI_WEB_PORT for a Service payapi-web.
const SERVICE_LINK = /_SERVICE_(HOST|PORT(_\w+)?)$|_PORT_\d+_(TCP|UDP|SCTP)(_(PROTO|PORT|ADDR))?$/
const SERVICE_ADDRESS = /^(tcp|udp|sctp):\/\//

/**
 * The variables that look like ours and are not, each with what is to be said of it: nothing of what Kubernetes sets,
 * unless it hides one of ours.
 */
export function foreignVariables(
  set: readonly (readonly [string, string | undefined])[],
  known: readonly string[],
): ReadonlyMap<string, string> {
  const foreign = new Map<string, string>()
  for (const [name, value = ''] of set) {
    const isOurs = known.includes(name)
    const hidden = isOurs ? hiddenByService(name, value) : undefined
    if (hidden !== undefined) foreign.set(name, `${name} ${hidden}`)
    else if (!isOurs && name.startsWith('PAYAPI_')) {
      const isServiceLink = SERVICE_LINK.test(name) || SERVICE_ADDRESS.test(value)
      foreign.set(name, isServiceLink ? '' : `${name} is not known; check how it is spelt`)
    }
  }
  return foreign
}

/** What is to be said of a port that is none of ours but Kubernetes' address of a Service; else undefined. */
export function hiddenByService(name: string, value: string): string | undefined {
  if (!/_PORT$/.test(name) || !SERVICE_ADDRESS.test(value)) return undefined
  const service = name
    .replace(/_PORT$/, '')
    .toLowerCase()
    .replaceAll('_', '-')
  return `was set by Kubernetes for a Service named ${service}: set enableServiceLinks: false for this pod, or name the Service otherwise`
}
