/** Why the facade cannot start, in words for whoever started it: the message names the variable, and holds no value. */
export class StartError extends Error {
  override readonly name = 'StartError'
}
