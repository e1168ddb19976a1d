/**
 * The folder of this package, of which some files are read at run time. It is two levels up from here, as it is from the
 * program that this is built into.
 */
export const PACKAGE_ROOT = new URL('../../', import.meta.url)
