// Loaded before the program: on a signal it collects, all that is dead (SIGUSR2) or only what died young (SIGWINCH), and
// writes how many bytes the old objects take.
const { getHeapSpaceStatistics } = require('node:v8')

const collect = { SIGUSR2: () => gc(), SIGWINCH: () => gc({ type: 'minor' }) }
for (const [signal, make] of Object.entries(collect)) {
  process.on(signal, () => {
    // What has survived twice is old.
    make()
    make()
    const spaces = getHeapSpaceStatistics().filter(({ space_name: name }) => !name.startsWith('new'))
    const bytes = spaces.reduce((sum, { space_used_size: used }) => sum + used, 0)
    process.stdout.write(`old objects after ${signal}: ${bytes} bytes\n`)
  })
}
