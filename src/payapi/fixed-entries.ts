const known = new WeakMap<object, readonly (readonly [string, unknown])[]>()

/** As `Object.entries`, of a definition that never changes: for every call that is made by it, only the first time anew. */
export function fixedEntries<Value>(
  definition: Readonly<Record<string, Value>>,
): readonly (readonly [string, Value])[] {
  let entries = known.get(definition)
  if (entries === undefined) {
    entries = Object.entries(definition)
    known.set(definition, entries)
  }
  return entries as readonly (readonly [string, Value])[]
}
