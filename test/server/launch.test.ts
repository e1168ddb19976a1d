import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it, onTestFinished } from 'vitest'
import { STARTS_PROGRAMS } from './processes.ts'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const COMPILED = 'dist/server/program.compiled'

/** The options of Node that `npm start` has. */
const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { scripts: { start: string } }
const OPTIONS = scripts.start.split(' ').filter((word) => word.startsWith('--') && word !== '--silent')

/** A copy of the built facade, as far as it takes part in its start. */
function copy(): string {
  const folder = mkdtempSync(join(tmpdir(), 'payapi-launch-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  for (const part of ['package.json', 'schema', 'dist/server/main.js', 'dist/server/program.cjs', COMPILED]) {
    cpSync(join(ROOT, part), join(folder, part), { recursive: true })
  }
  return folder
}

/** Starts the facade in a folder with a setting that it refuses: so it ends once it runs. Returns what it says. */
function launch(folder: string, options = OPTIONS): string {
  const { stderr } = spawnSync(process.execPath, [...options, 'dist/server/main.js'], {
    cwd: folder,
    env: { PATH: process.env['PATH'], PAYAPI_ENV: 'nowhere', NODE_DEBUG: 'payapi-launch' },
    encoding: 'utf8',
  })
  expect(stderr).toMatch(/The configuration is not usable/i)
  return stderr
}

it('starts with what V8 compiled at the build, as `npm start` starts it', STARTS_PROGRAMS, () => {
  expect(launch(ROOT)).toContain('compiled code taken')
})

it('compiles anew under other options of Node', STARTS_PROGRAMS, () => {
  expect(launch(ROOT, ['--stack-size=900'])).toContain('compiled code rejected')
})

it('compiles anew where nothing is compiled', STARTS_PROGRAMS, () => {
  const folder = copy()
  rmSync(join(folder, COMPILED))
  expect(launch(folder)).toContain('no compiled code')
})

it('compiles anew where the program is another one of the same length', STARTS_PROGRAMS, () => {
  const folder = copy()
  const file = join(folder, 'dist/server/program.cjs')
  const program = readFileSync(file, 'latin1')
  writeFileSync(file, program.replace('The configuration is not usable', 'The configuration is not USABLE'), 'latin1')
  const said = launch(folder)
  expect(said).toContain('the compiled code is not of this program')
  expect(said).toContain('The configuration is not USABLE')
})

it.each([
  ['a broken byte', (bytes: Buffer) => bytes.fill(0x55, bytes.length >> 1, (bytes.length >> 1) + 8)],
  ['its end missing', (bytes: Buffer) => bytes.subarray(0, bytes.length - 100)],
  ['nothing in it', () => Buffer.alloc(0)],
])('compiles anew where what was compiled has %s', STARTS_PROGRAMS, (_, spoil) => {
  const folder = copy()
  const file = join(folder, COMPILED)
  writeFileSync(file, spoil(readFileSync(file)))
  expect(launch(folder)).toContain('the compiled code is not of this program')
})
