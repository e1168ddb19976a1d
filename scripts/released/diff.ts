import type { Change } from './compare.ts'
import { changesSinceRelease } from './files.ts'

// `npm run schema:diff`: what changed in the schema since the last release. Fails where something breaks, and where
// something is dangerous that the CHANGELOG does not name.

const { breaking, dangerous, unnamed } = await changesSinceRelease()

const print = (title: string, changes: readonly Change[]) => {
  for (const { path, message } of changes) process.stdout.write(`${title} \`${path}\`: ${message}\n`)
}

print('breaking:', breaking)
print('dangerous:', dangerous)
print('not named in [Unreleased] of CHANGELOG.md:', unnamed)
if (breaking.length + dangerous.length === 0) process.stdout.write('nothing breaking, nothing dangerous\n')
if (breaking.length + unnamed.length > 0) process.exitCode = 1
