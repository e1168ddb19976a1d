/** The facade, to mount in a server of your own. */

export type * from '../config/options/types.ts'
export { OptionsError } from '../config/settings-error.ts'
export { createPayApiGraphql, type PayApiGraphql, type RequestInfo } from './facade.ts'
