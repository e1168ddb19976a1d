import type { Option } from '../command-line/command.ts'
import { ENV_FILE } from '../environment.ts'

/** The states of an operation, by what they are called on the command line. */
export const STATES = {
  'in-progress': 'IN_PROGRESS',
  succeeded: 'SUCCEEDED',
  failed: 'FAILED',
  unknown: 'UNKNOWN',
} as const

/** The options that say whom to ask. */
export const GRAPH_OPTIONS: Readonly<Record<string, Option>> = {
  url: {
    value: 'URL',
    about: {
      en: 'Asks the server there, e.g. http://127.0.0.1:4000/graphql, in place of the journal.',
      ko: '저널을 직접 여는 대신 이 주소의 서버에 요청합니다. 예: http://127.0.0.1:4000/graphql',
    },
  },
  'key-file': {
    value: 'FILE',
    about: {
      en: 'With --url: a file that holds the API key or token; - for standard input.',
      ko: '--url과 함께: API 키나 토큰을 담은 파일. -는 표준 입력입니다.',
    },
  },
  ...ENV_FILE,
}
