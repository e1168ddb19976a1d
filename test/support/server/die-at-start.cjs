const { appendFileSync, readFileSync } = require('node:fs')

// Loaded into every process before the program. The first worker notes its starts, and kills itself at some of them.
const { FACADE_WORKER_INDEX, STARTS_FILE, DIES_AT_STARTS } = process.env
if (FACADE_WORKER_INDEX === '0') {
  appendFileSync(STARTS_FILE, `${process.pid}\n`)
  const starts = readFileSync(STARTS_FILE, 'utf8').trim().split('\n').length
  if (DIES_AT_STARTS.split(',').includes(String(starts))) process.kill(process.pid, 'SIGKILL')
}
