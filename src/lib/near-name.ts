/** The known name that somebody most likely meant; undefined where none is near. Capitals, `-` and `_` do not count. */
export function nearName(
  given: string,
  known: Iterable<string>,
  mostMistakes = mistakesFor(given),
): string | undefined {
  let nearest: string | undefined
  let fewest = mostMistakes + 1
  const wanted = plain(given)
  for (const name of known) {
    // Each letter that one has more is a mistake: most names need not be compared.
    if (Math.abs(name.length - wanted.length) >= fewest) continue
    const mistakes = mistakesBetween(wanted, plain(name))
    if (mistakes >= fewest) continue
    fewest = mistakes
    nearest = name
  }
  return nearest
}

/** A third of a name may be wrong, but never so much that anything would do. */
const mistakesFor = ({ length }: string): number => Math.min(Math.floor(length / 3), 4)

const plain = (name: string): string => name.toLowerCase().replaceAll('_', '-')

/** How many letters were left out, added, mistaken or swapped with their neighbour (optimal string alignment). */
function mistakesBetween(one: string, other: string): number {
  let beforeLast: readonly number[] = []
  let last: readonly number[] = Array.from({ length: other.length + 1 }, (_, column) => column)
  for (let row = 1; row <= one.length; row++) {
    const now = [row]
    for (let column = 1; column <= other.length; column++) {
      const isSame = one[row - 1] === other[column - 1]
      const isSwapped =
        row > 1 && column > 1 && one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1]
      now.push(
        Math.min(
          at(last, column) + 1,
          at(now, column - 1) + 1,
          at(last, column - 1) + (isSame ? 0 : 1),
          isSwapped ? at(beforeLast, column - 2) + 1 : Number.POSITIVE_INFINITY,
        ),
      )
    }
    beforeLast = last
    last = now
  }
  return at(last, other.length)
}

const at = (row: readonly number[], column: number): number => row[column] ?? Number.POSITIVE_INFINITY
