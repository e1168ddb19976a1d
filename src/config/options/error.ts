/** Says which options are wrong, and how, without any value. */
export class OptionsError extends Error {
  override readonly name = 'OptionsError'
  /** One line for each problem; most begin with an option's path, e.g. `merchants[0].signKey`. */
  readonly problems: readonly string[]

  constructor(problems: readonly string[]) {
    super(`The options are not usable:\n${problems.map((problem) => `  ${problem}`).join('\n')}`)
    this.problems = problems
  }
}
