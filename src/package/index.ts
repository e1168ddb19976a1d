/** The facade, to mount in a server of your own. */

export { OptionsError } from '../config/options/error.ts'
export type * from '../config/options/types.ts'
export { createPayApiGraphql, type PayApiGraphql, type RequestInfo } from './facade.ts'
