import type { Localized } from '../../src/lib/localized.ts'
import { SANDBOX_VARIABLES } from '../../src/sandbox/program/settings.ts'
import { code, type Language, type Page, table } from './markdown.ts'
import { type DescribedVariable, describedGroups } from './variables.ts'

const INTRODUCTION: readonly Localized[] = [
  {
    en: 'All settings are environment variables, checked at the start. Whatever is wrong, missing, or begins with `PAYAPI_` and is not known is told by name, without its value, one line each, and the program ends with code 1. An empty variable counts as not set.',
    ko: '모든 설정은 환경 변수로 받아 시작할 때 검사합니다. 값이 잘못되었거나, 필수인데 없거나, `PAYAPI_`로 시작하는데 알 수 없는 변수는 값 없이 이름만 한 줄씩 알려 주고 종료 코드 1로 끝납니다. 빈 값은 설정하지 않은 것과 같습니다.',
  },
  {
    en: '[`.env.example`](../../.env.example) lists the same variables. `npm start` does not read a `.env` file by itself:',
    ko: '같은 목록이 [`.env.example`](../../.env.example)에 있습니다. `npm start`는 `.env` 파일을 읽지 않으므로 다음과 같이 실행합니다.',
  },
]

const COMMANDS = `\`\`\`sh
cp .env.example .env
npm run build && node --env-file=.env --max-semi-space-size=16 dist/server/main.js
\`\`\``

const WORDS = {
  en: {
    head: ['Variable', 'Meaning', 'Values', 'Default'],
    example: 'e.g.',
    range: (min: number, max: number) => `${min} to ${max}`,
  },
  ko: { head: ['변수', '의미', '값', '기본값'], example: '예:', range: (min: number, max: number) => `${min}~${max}` },
} as const

const SANDBOX = {
  title: { en: 'The sandbox alone', ko: '샌드박스만 실행할 때' },
  about: {
    en: 'These are read by `npm run sandbox` and by nothing else.',
    ko: '`npm run sandbox`만 읽는 변수입니다.',
  },
} as const

/** The page of the variables. */
export const configuration: Page = {
  title: { en: 'Configuration', ko: '설정' },
  sources: ['src/config/variables/index.ts', 'src/sandbox/program/settings.ts'],
  body: (language) => [
    ...INTRODUCTION.map((text) => text[language]),
    COMMANDS,
    ...describedGroups().flatMap(({ title, variables }) => [
      `## ${title[language]}`,
      table(
        WORDS[language].head,
        variables.map((variable) => [
          code(variable.name),
          variable.about[language],
          values(variable, language),
          fallback(variable, language),
        ]),
      ),
    ]),
    `## ${SANDBOX.title[language]}`,
    SANDBOX.about[language],
    table(
      WORDS[language].head.toSpliced(2, 1),
      Object.entries(SANDBOX_VARIABLES).map(([name, { about, fallback }]) => [
        code(name),
        about[language],
        fallback[language],
      ]),
    ),
  ],
}

function values({ choices, range, example }: DescribedVariable, language: Language): string {
  const words = WORDS[language]
  if (choices) return choices.map(code).join(', ')
  if (range) return words.range(range.min, range.max)
  return example === undefined ? '' : `${words.example} ${code(example)}`
}

function fallback({ unset, ...variable }: DescribedVariable, language: Language): string {
  return unset?.[language] ?? (variable.default ? code(variable.default) : '')
}
