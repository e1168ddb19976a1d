/** Does what may fail without harm: whoever calls says why. Never throws. */
export function quietly(action: () => unknown): void {
  try {
    action()
  } catch {
    // Nobody is to hear of it.
  }
}
