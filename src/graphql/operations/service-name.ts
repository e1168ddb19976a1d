import { SERVICES, type Service, type ServiceName } from '../../payapi/index.ts'
import { builder } from '../builder.ts'

/** The services of which the journal keeps operations: those that change something. */
const kept = Object.entries<Service>(SERVICES).filter(([, { effect }]) => effect !== 'lookup')

const values = Object.fromEntries(
  kept.map(([name, { about, korean, path }]) => [name, { description: `${about}. ${korean}, \`${path}\`.` }]),
) as Record<ServiceName, { description: string }>

export const ServiceNameType = builder.enumType('PayApiServiceName', {
  description: 'The mutations that the journal remembers, by their names.',
  values,
})

/** Null for a service that this version does not have: an operation may be older, or of a later one. */
export const serviceNamed = (name: string): ServiceName | null =>
  Object.hasOwn(values, name) ? (name as ServiceName) : null
