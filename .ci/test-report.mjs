import { appendFileSync, readFileSync } from 'node:fs'
import { relative } from 'node:path'
import { stripVTControlCharacters } from 'node:util'

// node .ci/test-report.mjs REPORT STATUS FAILURES: prints how many tests of Vitest's JSON report passed, failed and were
// skipped, names the skipped ones, and appends those that failed to the last file, each with the first lines of its
// message. STATUS is Vitest's own, which also tells of an error outside of all tests.

const MESSAGE_LINES = 5

const [reportFile, exitStatus, failuresFile] = process.argv.slice(2)
const { numPassedTests, numFailedTests, numTotalTests, testResults } = JSON.parse(readFileSync(reportFile, 'utf8'))

const failures = testResults.flatMap(({ name, status, message, assertionResults }) => {
  const file = relative(process.cwd(), name)
  const failed = assertionResults
    .filter((test) => test.status === 'failed')
    .map(({ fullName, failureMessages }) => [`${file} > ${fullName}`, failureMessages.join('\n')])
  // A file that cannot even be loaded has no test that fails.
  return failed.length === 0 && status === 'failed' ? [[file, message]] : failed
})
if (exitStatus !== '0' && failures.length === 0)
  failures.push(['an error outside of the tests', 'It is in the log above.'])

for (const [name, message] of failures) {
  const lines = stripVTControlCharacters(message).split('\n')
  const first = lines.filter((line) => line.trim() !== '' && !line.includes('node_modules')).slice(0, MESSAGE_LINES)
  const text = [`FAILED on Node ${process.version}: ${name}`, ...first.map((line) => `    ${line}`)]
  appendFileSync(failuresFile, `${text.join('\n')}\n`)
}

for (const { status, fullName } of testResults.flatMap(({ assertionResults }) => assertionResults)) {
  if (status !== 'passed' && status !== 'failed') process.stderr.write(`skipped: ${fullName}\n`)
}
const skipped = numTotalTests - numPassedTests - numFailedTests
process.stdout.write(`${numPassedTests} ${failures.length} ${skipped}\n`)
