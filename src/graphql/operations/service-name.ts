import { ALL_SERVICES, type AnyServiceName, type Service } from '../../payapi/index.ts'
import { builder } from '../builder/builder.ts'

/** The services of which the journal keeps operations: those that change something. */
const kept = Object.entries<Service>(ALL_SERVICES).filter(([, { effect }]) => effect !== 'lookup')

const values = Object.fromEntries(
  kept.map(([name, { about, korean, path }]) => [name, { description: `${about}. ${korean}, \`${path}\`.` }]),
) as Record<AnyServiceName, { description: string }>

export const ServiceNameType = builder.enumType('PayApiServiceName', {
  description:
    'What the journal remembers: the mutations that change something, by their names, and what the server does by itself.',
  values,
})

/** Null for a service that this version does not have: an operation may be older, or of a later one. */
export const serviceNamed = (name: string): AnyServiceName | null =>
  Object.hasOwn(values, name) ? (name as AnyServiceName) : null
