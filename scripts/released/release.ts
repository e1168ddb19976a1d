import { release } from './files.ts'

// `npm run schema:release`: from now on the schema of today is what is compared with.

process.stdout.write(`The schema of ${release()} is the released one.\n`)
