import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { languageOf } from '../../src/bin/command-line/language.ts'
import { COMMANDS } from '../../src/bin/commands.ts'
import { command } from '../support/server/command.ts'
import { run, STARTS_PROGRAMS, urlOf } from '../support/server/processes.ts'

const HANGUL = /\p{Script=Hangul}/u

it('every command is in the help, in English and Korean, with all of its options', STARTS_PROGRAMS, async () => {
  const english = await command(['--help'], { env: { LANG: 'C.UTF-8' } })
  const korean = await command(['--help'], { env: { LANG: 'ko_KR.UTF-8' } })
  for (const { code, output, errors } of [english, korean]) {
    expect([code, errors]).toEqual([0, ''])
    for (const name of Object.keys(COMMANDS)) expect(output).toMatch(new RegExp(`^  ${name} `, 'm'))
  }
  expect(english.output).not.toMatch(HANGUL)
  expect(korean.output).toMatch(HANGUL)
  const helps = Object.entries(COMMANDS).flatMap(([name, { options }]) =>
    (['en', 'ko'] as const).map(async (language) => {
      const { code, output } = await command([name, '--help', '--lang', language])
      expect(code).toBe(0)
      for (const option of [...Object.keys(options), 'lang', 'help']) expect(output).toContain(`  --${option}`)
      expect(HANGUL.test(output)).toBe(language === 'ko')
    }),
  )
  await Promise.all(helps)
})

it('help tells the same as --help', STARTS_PROGRAMS, async () => {
  expect(await command(['help'])).toEqual(await command(['--help']))
  expect(await command(['help', 'doctor'])).toEqual(await command(['doctor', '--help']))
})

it('--version tells the version of the package', STARTS_PROGRAMS, async () => {
  const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string }
  expect(await command(['--version'])).toEqual({ code: 0, output: `${version}\n`, errors: '' })
})

it.each([
  ['a command that is not known', ['sevre'], /^Unknown command: sevre\. Did you mean serve\? See .*--help\.\n$/],
  ['a command that is near to none', ['fly'], /^Unknown command: fly\. See .*--help\.\n$/],
  ['an option that is not known', ['serve', '--prot=1'], /^Unknown option: --prot\. Did you mean --port\? .*\n$/],
  [
    'an option that is not known, before the command',
    ['--lnag', 'ko'],
    /^Unknown option: --lnag\. Did you mean --lang\?/,
  ],
  ['an option without its value', ['serve', '--port', '--host=::1'], /^--port needs a value\. .*\n$/],
  ['a port that is no number', ['serve', '--port', 'http'], /^--port must be a port from 0 to 65535\. .*\n$/],
  ['a port that is too high', ['sandbox', '--port=65536'], /^--port must be a port from 0 to 65535\. .*\n$/],
  ['an argument too many', ['sandbox', '4010'], /^4010 is one argument too many\. .*\n$/],
  ['a language that is none of the two', ['serve', '--lang', 'fr'], /^--lang must be en or ko\. .*\n$/],
  ['a file of settings that is not there', ['serve', '--env-file=/nowhere/.env'], /\/nowhere\/\.env/],
])('%s is told in one line, and nothing is started', STARTS_PROGRAMS, async (_, args, line) => {
  const { code, output, errors } = await command(args)
  expect(errors).toMatch(line)
  expect(errors.trim().split('\n')).toHaveLength(1)
  expect(output).toBe('')
  // Node itself looks for a file of --env-file, and says with 9 that it is not there.
  expect(code).toBe(args.some((arg) => arg.startsWith('--env-file')) ? 9 : 2)
})

it('what is wrong with a command line is told in Korean where that is asked for', STARTS_PROGRAMS, async () => {
  const { code, errors } = await command(['serve', '--prot', '1', '--lang=ko'])
  expect(code).toBe(2)
  expect(errors).toMatch(/--prot.*--port.*뜻하셨습니까/)
})

it.each([
  [{ LANG: 'ko_KR.UTF-8' }, 'ko'],
  [{ LANG: 'ko' }, 'ko'],
  [{ LANG: 'ko_KR', LC_ALL: 'C' }, 'en'],
  [{ LANG: 'en_US.UTF-8', LC_MESSAGES: 'ko_KR.UTF-8' }, 'ko'],
  [{ LANG: 'kok_IN' }, 'en'],
  [{}, 'en'],
] as const)('the locale %o is %s', (env, language) => {
  expect(languageOf(env)).toBe(language)
})

it('serve takes port and settings from options; what is set already stays', STARTS_PROGRAMS, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'payapi-serve-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const file = join(folder, 'settings.env')
  writeFileSync(file, 'PAYAPI_WORKERS=2\nPAYAPI_GRAPHIQL=off\nPORT=1\nLOG_LEVEL=nowhere\n')
  const program = run({ LOG_LEVEL: 'silent', PORT: '2' }, [], ['serve', '--port', '0', '--env-file', file])
  const url = await urlOf(program)
  const page = await fetch(url, { headers: { accept: 'text/html' } })
  expect(page.headers.get('content-type')).not.toContain('text/html')
  program.child.kill('SIGTERM')
  expect(await program.ended).toMatchObject({ code: 0, errors: '' })
})
