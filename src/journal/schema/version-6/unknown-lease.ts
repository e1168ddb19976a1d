/**
 * In PostgreSQL: until when what is unknown is leased. For ever, until somebody finds out: so it stands at the end of the index of
 * leases, and no index has to be over the state, which every operation changes.
 */
export const UNKNOWN_LEASE = Number.MAX_SAFE_INTEGER
