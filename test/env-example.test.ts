import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { readConfig } from '../src/config/index.ts'
import { VARIABLE_NAMES } from '../src/config/variables/index.ts'

const FILE = fileURLToPath(new URL('../.env.example', import.meta.url))
const lines = readFileSync(FILE, 'utf8').split('\n')

type Env = Readonly<Record<string, string>>

/** As `docker run --env-file`: a line is a name and whatever stands behind the first =, quotes too. */
function asDocker(): Env {
  const entries = lines
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)])
  return Object.fromEntries(entries)
}

/** As systemd's EnvironmentFile=: comments begin with # or ;, a backslash escapes, quotes around a value go. */
function asSystemd(): Env {
  const entries = lines
    .filter((line) => !/^\s*([#;]|$)/.test(line))
    .map((line) => {
      const value = line.slice(line.indexOf('=') + 1).trim()
      const [, quote, quoted] = /^(["'])(.*)\1$/s.exec(value) ?? []
      const bare = quote === undefined ? value : (quoted ?? '')
      return [line.slice(0, line.indexOf('=')).trim(), quote === "'" ? bare : bare.replace(/\\(.)/gs, '$1')]
    })
  return Object.fromEntries(entries)
}

/** As `node --env-file`, by node itself. */
function asNode(): Env {
  const print = 'process.stdout.write(JSON.stringify(process.env))'
  return JSON.parse(execFileSync(process.execPath, [`--env-file=${FILE}`, '-e', print], { env: {}, encoding: 'utf8' }))
}

it('.env.example means the same to docker, systemd and node', () => {
  expect(asSystemd()).toEqual(asDocker())
  expect(asNode()).toMatchObject(asDocker())
})

it('.env.example holds nothing of which the three make something else', () => {
  for (const [name, value] of Object.entries(asDocker())) expect(`${name}=${value}`).toMatch(/^\w+=(?!["'`\s])[^#\\]*$/)
})

it('.env.example as it stands sets up the embedded sandbox, with what holds without it', () => {
  const { merchants, ...config } = readConfig(asDocker())
  expect(merchants).toHaveLength(1)
  const { merchants: none, ...defaults } = readConfig({})
  expect(config).toEqual(defaults)
  expect(none).toBeUndefined()
})

it('.env.example names every variable', () => {
  expect(Object.keys(asDocker()).sort()).toEqual([...VARIABLE_NAMES].sort())
})
