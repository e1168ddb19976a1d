/** Remembers the last answer of a function of one plain value, for values that come in rows. */
export function memoizeOne<Value extends string | number, Answer>(
  compute: (value: Value) => Answer,
): (value: Value) => Answer {
  let last: { readonly value: Value; readonly answer: Answer } | undefined
  return (value) => {
    if (last === undefined || last.value !== value) last = { value, answer: compute(value) }
    return last.answer
  }
}
