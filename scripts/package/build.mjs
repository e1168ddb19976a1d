import { execFileSync } from 'node:child_process'
import { chmodSync, copyFileSync, cpSync, existsSync, mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { buildGraphiql } from '../build-graphiql.mjs'
import { removeUnreachable } from './declarations.mjs'

// `npm run build:package`: dist/package, what `npm pack` takes with it: ES modules with declarations, file by file as they
// are in the source, so that whoever bundles them leaves out what they do not use. What is for browsers and what is for
// servers is compiled apart: neither may use what only the other has.

const ROOT = join(import.meta.dirname, '../..')
const TARGET = join(ROOT, 'dist/package')

rmSync(TARGET, { recursive: true, force: true })
compile('tsconfig.json')
// Of the same settings as the whole, whose type errors are the type check's business.
compile('server/tsconfig.json', '--noCheck')

removeUnreachable(TARGET)
chmodSync(join(TARGET, 'src/bin/main.js'), 0o755)

// What is read at run time, as it stands in the project.
cpSync(join(ROOT, 'schema/operations'), join(TARGET, 'schema/operations'), { recursive: true })
const page = join(TARGET, 'dist/graphiql')
mkdirSync(page, { recursive: true })
for (const file of await buildGraphiql()) {
  // A file that is there compressed is read out of that for whoever takes it as it is.
  const isCompressed = existsSync(join(ROOT, `${file}.gz`))
  if (!isCompressed) copyFileSync(join(ROOT, file), join(TARGET, file))
}
execFileSync(process.execPath, [join(ROOT, 'scripts/sbom.mjs'), join(TARGET, 'sbom.cdx.json')])

function compile(project, ...options) {
  const tsc = join(ROOT, 'node_modules/typescript/bin/tsc')
  execFileSync(process.execPath, [tsc, '-p', join(import.meta.dirname, project), ...options], { stdio: 'inherit' })
}
