/** Settings that cannot be used. The message names each that is wrong, and how, without any value. */
class SettingsError extends Error {
  /** One line for each. */
  readonly problems: readonly string[]

  constructor(what: string, problems: readonly string[]) {
    super(`The ${what} not usable:\n${problems.map((problem) => `  ${problem}`).join('\n')}`)
    this.problems = problems
  }
}

/** Says which variables are wrong, and how, without any value. */
export class ConfigError extends SettingsError {
  override readonly name = 'ConfigError'

  constructor(problems: readonly string[]) {
    super('configuration is', problems)
  }
}

/** Says which options are wrong, and how, without any value: most lines begin with a path, e.g. `merchants[0].signKey`. */
export class OptionsError extends SettingsError {
  override readonly name = 'OptionsError'

  constructor(problems: readonly string[]) {
    super('options are', problems)
  }
}
