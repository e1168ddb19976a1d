/** The PayAPI client, without GraphQL. */

export { createPayApiClient, type PayApiClient, type PayApiOptions } from '../payapi/index.ts'
