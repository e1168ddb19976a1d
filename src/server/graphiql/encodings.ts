export type Encoding = 'br' | 'gzip' | 'identity'

/** The smallest encoding that a browser takes, by its `accept-encoding`. */
export function negotiateEncoding(accepted: string | readonly string[] | null | undefined): Encoding {
  const taken = new Map(
    String(accepted ?? '')
      .split(',')
      .map((part) => {
        const [name = '', ...parameters] = part.split(';').map((each) => each.trim().toLowerCase())
        return [name, !parameters.some((parameter) => /^q=0(?:\.0*)?$/.test(parameter))]
      }),
  )
  return (['br', 'gzip'] as const).find((encoding) => taken.get(encoding)) ?? 'identity'
}
