import type { Command, Option } from './command.ts'
import { applyEnvironment, ENV_FILE } from './environment.ts'

const ADDRESS: Readonly<Record<string, Option>> = {
  port: { value: 'NUMBER', about: { en: 'Port; 0 takes a free one.', ko: '포트. 0이면 빈 포트를 사용합니다.' } },
  host: { value: 'ADDRESS', about: { en: 'Address to listen on.', ko: '대기 주소.' } },
}

/** What a command needs is loaded with it: the help of all takes no time. */
export const COMMANDS: Readonly<Record<string, Command>> = {
  serve: {
    about: {
      en: 'Serves GraphQL; in sandbox mode with a sandbox PayAPI built in.',
      ko: 'GraphQL 서버를 시작합니다. sandbox 모드에서는 샌드박스 PayAPI를 내장합니다.',
    },
    operands: [],
    options: { ...ADDRESS, ...ENV_FILE },
    notes: [
      {
        en: 'Without any setting it starts in sandbox mode on http://127.0.0.1:4000/graphql: no money moves. --port and --host stand for PORT and HOST. SIGTERM and SIGINT end it.',
        ko: '설정이 없으면 sandbox 모드로 http://127.0.0.1:4000/graphql 에서 시작하며 실제 결제는 일어나지 않습니다. --port와 --host는 PORT와 HOST를 대신합니다. SIGTERM과 SIGINT로 종료합니다.',
      },
    ],
    async run(given) {
      applyEnvironment(given, { port: 'PORT', host: 'HOST' })
      await (await import('./serve.ts')).serve()
      return undefined
    },
  },
  sandbox: {
    about: {
      en: 'Serves the sandbox PayAPI by itself, for a server or a client elsewhere.',
      ko: '샌드박스 PayAPI만 따로 시작합니다.',
    },
    operands: [],
    options: { ...ADDRESS, ...ENV_FILE },
    notes: [
      {
        en: 'It listens on http://127.0.0.1:4010 unless SANDBOX_PORT and SANDBOX_HOST, for which --port and --host stand, say otherwise. Its state is in memory.',
        ko: 'SANDBOX_PORT와 SANDBOX_HOST(--port와 --host)로 바꾸지 않으면 http://127.0.0.1:4010 에서 대기합니다. 상태는 메모리에만 있습니다.',
      },
    ],
    async run(given) {
      applyEnvironment(given, { port: 'SANDBOX_PORT', host: 'SANDBOX_HOST' })
      return (await import('../sandbox/program.ts')).runSandbox(process.env)
    },
  },
}
