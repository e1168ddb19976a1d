const actions = new Set<() => void>()

process.once('exit', () => {
  for (const action of actions) action()
})

/** Does something when this process ends, unless what is returned is called before: one listener for all of them. */
export function atExit(action: () => void): () => void {
  actions.add(action)
  return () => void actions.delete(action)
}
