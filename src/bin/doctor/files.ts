import { type Stats, statSync } from 'node:fs'
import { type Finding, ok, warning } from './finding.ts'
import type { Environment } from './settings.ts'

const SECRETS: Readonly<Record<string, string>> = {
  PAYAPI_MERCHANTS: 'PAYAPI_MERCHANTS_FILE',
  PAYAPI_JOURNAL_KEYS: 'PAYAPI_JOURNAL_KEYS_FILE',
  PAYAPI_API_KEYS: 'PAYAPI_API_KEYS_FILE',
  PAYAPI_JWT_SECRET: 'PAYAPI_JWT_SECRET_FILE',
  PAYAPI_NOTICES: 'PAYAPI_NOTICES_FILE',
}

/** Files that hold something secret. */
const FILES = [...Object.values(SECRETS), 'PAYAPI_WEBHOOKS_FILE']

/** Whether secrets are in files, and who may read and write these. */
export function fileFindings(env: Environment): readonly Finding[] {
  const inline = Object.entries(SECRETS).flatMap(([name, file]) => (env[name] ? [inVariable(name, file)] : []))
  const files = FILES.flatMap((name) => (env[name] ? [fileFinding(name, env[name])] : []))
  return [...inline, ...files]
}

const inVariable = (name: string, file: string): Finding =>
  warning(
    name,
    'secrets',
    `is a secret in a variable, which child processes and crash reports show. Put it into a file: ${file}.`,
    `비밀값이 환경 변수에 있어 자식 프로세스와 오류 보고서에 드러날 수 있습니다. 파일에 담으십시오: ${file}.`,
  )

const OTHERS_MAY_READ = 0o004
const OTHERS_MAY_WRITE = 0o022

function fileFinding(name: string, path: string): Finding {
  const found: Stats | undefined = statSync(path, { throwIfNoEntry: false })
  const mode = found?.mode ?? 0
  // Windows has no such rights.
  if (process.platform !== 'win32' && (mode & (OTHERS_MAY_READ | OTHERS_MAY_WRITE)) !== 0) {
    const digits = (mode & 0o777).toString(8)
    return warning(
      name,
      'secrets',
      `others may read or change the file (mode ${digits}). Let this program alone read it: chmod 400.`,
      `다른 사용자가 파일을 읽거나 바꿀 수 있습니다(권한 ${digits}). 이 프로그램만 읽을 수 있게 하십시오: chmod 400.`,
    )
  }
  return ok(name, 'secrets', 'the file is not for others to read.', '파일을 다른 사용자가 읽을 수 없습니다.')
}
