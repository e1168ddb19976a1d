import { run } from './bin/run.ts'

// `node dist/server/main.js` serves; the other commands are there as well.
void run(process.argv.slice(2), 'serve').then((code) => {
  process.exitCode = code
})
