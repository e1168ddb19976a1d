import type { Given, Option } from './command-line/command.ts'
import { UsageError } from './command-line/usage-error.ts'

/** The option by which a command takes its settings from a file. */
export const ENV_FILE: Readonly<Record<string, Option>> = {
  'env-file': {
    value: 'FILE',
    about: {
      en: 'Reads settings from a file, as `node --env-file` does. A variable that is set already stays as it is.',
      ko: '`node --env-file`처럼 파일에서 설정을 읽습니다. 이미 설정된 환경 변수는 그대로 둡니다.',
    },
  },
}

/**
 * Puts what was given on the command line into the environment of the process, where libraries and workers find it as
 * well: first the options, by the variables that they stand for, then what a file holds and is not set.
 */
export function applyEnvironment(given: Given, variables: Readonly<Record<string, string>>): void {
  for (const [option, variable] of Object.entries(variables)) {
    const value = given.value(option)
    if (value !== undefined) process.env[variable] = value
  }
  const file = given.value('env-file')
  if (file === undefined) return
  try {
    process.loadEnvFile(file)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    throw new UsageError({
      en: `--env-file: ${file} cannot be read (${code}).`,
      ko: `--env-file: ${file} 파일을 읽을 수 없습니다(${code}).`,
    })
  }
}
