/** The options of the facade from the environment. */

export { optionsFromEnvironment } from '../config/options/from-environment.ts'
export type { PayApiGraphqlOptions } from '../config/options/types.ts'
export { ConfigError } from '../config/settings-error.ts'
