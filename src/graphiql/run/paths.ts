/** Reads what stands at a path such as `input.orderId`. */
export function valueAt(value: unknown, path: string): unknown {
  return path.split('.').reduce<unknown>((at, name) => (isObject(at) ? at[name] : undefined), value)
}

/** A copy of a value, with another value at a path. */
export function withValueAt<T>(value: T, path: string, replacement: unknown): T {
  const [name = '', ...rest] = path.split('.')
  const at: Readonly<Record<string, unknown>> = isObject(value) ? value : {}
  return { ...at, [name]: rest.length === 0 ? replacement : withValueAt(at[name], rest.join('.'), replacement) } as T
}

export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

export function parsedOrUndefined(text: string | null | undefined): unknown {
  try {
    return text ? JSON.parse(text) : undefined
  } catch {
    return undefined
  }
}
