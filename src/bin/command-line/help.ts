import type { Localized } from '../../lib/localized.ts'
import type { Command, Option } from './command.ts'
import type { Language } from './language.ts'

export const PROGRAM = 'payapi-graphql'

const TEXTS = {
  usage: { en: 'Usage', ko: '사용법' },
  commands: { en: 'Commands', ko: '명령' },
  options: { en: 'Options', ko: '옵션' },
  command: { en: 'command', ko: '명령' },
  help: { en: 'Show this help.', ko: '이 도움말을 표시합니다.' },
  commandHelp: {
    en: `Help for one command: ${PROGRAM} <command> --help`,
    ko: `명령별 도움말: ${PROGRAM} <명령> --help`,
  },
  version: { en: 'Show the version.', ko: '버전을 표시합니다.' },
  lang: {
    en: 'Language of what is shown: en or ko. That of the locale (LC_ALL, LC_MESSAGES, LANG) unless given.',
    ko: '표시 언어: en 또는 ko. 지정하지 않으면 로캘(LC_ALL, LC_MESSAGES, LANG)을 따릅니다.',
  },
  exit: {
    en: 'Exit codes: 0 done; 1 it failed, or something has to be put right; 2 the command line is wrong.',
    ko: '종료 코드: 0 완료, 1 실패하였거나 고쳐야 할 것이 있음, 2 명령줄이 잘못됨.',
  },
  about: {
    en: 'A GraphQL server in front of PayAPI, the payment API of Welcome Payments. Settings are environment variables (PAYAPI_…): see docs/reference/configuration.md.',
    ko: '웰컴페이먼츠의 결제 API인 PayAPI 앞에 두는 GraphQL 서버. 설정은 환경 변수(PAYAPI_…)로 합니다: docs/reference/configuration.ko.md.',
  },
} as const satisfies Record<string, Localized>

const COMMON: Readonly<Record<string, Option>> = {
  lang: { value: 'en|ko', about: TEXTS.lang },
  help: { about: TEXTS.help },
}

/** The help of the whole program. */
export function programHelp(commands: Readonly<Record<string, Command>>, language: Language): string {
  const list = Object.entries(commands).map(([name, { about }]) => [name, about[language]] as const)
  return [
    `${TEXTS.usage[language]}: ${PROGRAM} <${TEXTS.command[language]}> [--lang en|ko]`,
    TEXTS.about[language],
    `${TEXTS.commands[language]}:\n${columns(list)}`,
    `${TEXTS.options[language]}:\n${optionLines({ ...COMMON, version: { about: TEXTS.version } }, language)}`,
    TEXTS.commandHelp[language],
    TEXTS.exit[language],
    '',
  ].join('\n\n')
}

/** The help of one command. */
export function commandHelp(name: string, { about, operands, options, notes }: Command, language: Language): string {
  const usage = [PROGRAM, name, ...operands.map((operand) => `<${operand}>`), '[--option …]'].join(' ')
  return [
    `${TEXTS.usage[language]}: ${usage}`,
    about[language],
    `${TEXTS.options[language]}:\n${optionLines({ ...options, ...COMMON }, language)}`,
    ...notes.map((note) => note[language]),
    TEXTS.exit[language],
    '',
  ].join('\n\n')
}

const optionLines = (options: Readonly<Record<string, Option>>, language: Language): string =>
  columns(
    Object.entries(options).map(([name, { value, about }]) => [
      `--${name}${value === undefined ? '' : ` ${value}`}`,
      about[language],
    ]),
  )

function columns(lines: readonly (readonly [string, string])[]): string {
  const width = Math.max(...lines.map(([name]) => name.length))
  return lines.map(([name, about]) => `  ${name.padEnd(width)}  ${about}`).join('\n')
}
