import { execFile } from 'node:child_process'
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { onTestFinished } from 'vitest'

const ROOT = fileURLToPath(new URL('../../../', import.meta.url))

export const API = join(ROOT, 'schema/api.graphql')

/** The scalars of the graph as a client has them in TypeScript. */
export const SCALARS = {
  Amount: 'string',
  Date: 'string',
  DateTime: 'string',
  EmailAddress: 'string',
  IPv4: 'string',
  URL: 'string',
}

const TSCONFIG = {
  compilerOptions: {
    strict: true,
    exactOptionalPropertyTypes: true,
    target: 'ES2022',
    module: 'ESNext',
    moduleResolution: 'Bundler',
    allowImportingTsExtensions: true,
    skipLibCheck: true,
    noEmit: true,
    types: [],
  },
  include: ['**/*.ts'],
}

/** How a program ended, and what it said. */
interface Run {
  readonly status: number
  readonly output: string
}

/** A project of a client's, with packages of ours, in a folder of its own that goes with the test. */
export class ClientProject {
  readonly folder = mkdtempSync(join(tmpdir(), 'payapi-client-'))

  constructor(files: Readonly<Record<string, string>>) {
    onTestFinished(() => rmSync(this.folder, { recursive: true }))
    symlinkSync(join(ROOT, 'node_modules'), join(this.folder, 'node_modules'))
    this.write({ 'package.json': '{ "type": "module" }', 'tsconfig.json': JSON.stringify(TSCONFIG), ...files })
  }

  write(files: Readonly<Record<string, string>>): void {
    for (const [name, text] of Object.entries(files)) {
      const path = join(this.folder, name)
      mkdirSync(dirname(path), { recursive: true })
      writeFileSync(path, text)
    }
  }

  copy(path: string, name: string): void {
    copyFileSync(path, join(this.folder, name))
  }

  /** Runs a package's program, by its file, on this Node. */
  run(program: string, ...args: readonly string[]): Promise<Run> {
    const file = join(ROOT, 'node_modules', program)
    return new Promise((resolve) => {
      execFile(process.execPath, [file, ...args], { cwd: this.folder }, (error, stdout, stderr) => {
        resolve({ status: error === null ? 0 : Number(error.code ?? 1), output: stdout + stderr })
      })
    })
  }

  compile(): Promise<Run> {
    return this.run('typescript/bin/tsc', '--project', '.')
  }
}
