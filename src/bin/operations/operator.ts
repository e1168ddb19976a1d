import { userInfo } from 'node:os'
import { UsageError } from '../command-line/usage-error.ts'

/** Who works on the journal from the command line: the name that was given, or else the account of the process. */
export function operatorId(name: string | undefined): string {
  if (name !== undefined && !/^[\p{L}\p{N}][\p{L}\p{N} @._-]{0,63}$/u.test(name)) {
    throw new UsageError({
      en: '--by must be 1 to 64 letters, digits, spaces or one of @ . _ -',
      ko: '--by는 64자 이하의 문자, 숫자, 공백, @ . _ - 만 쓸 수 있습니다.',
    })
  }
  return `command-line:${name ?? account()}`
}

function account(): string {
  try {
    return userInfo().username
  } catch {
    // In a container, the number of an account may have no name.
    return `uid ${process.getuid?.() ?? 'unknown'}`
  }
}
