import { facade } from '../lib/facade.mjs'
import { CONNECTIONS, load, withServer } from '../lib/measure.mjs'
import { graphqlCharge } from '../lib/requests.mjs'
import { median, rounded } from '../lib/statistics.mjs'
import { curvePicture } from '../report/curve-picture.mjs'
import { markdownTable } from '../report/table.mjs'

const LONGEST_MS = 20 * 60 * 1_000
const SHOWN = 200

/** What a garbage collector leaves to chance. */
const FLAT_MB = 10
const FLAT_SHARE = 0.05

/** Memory over many requests, as shipped. Takes the world and the options; returns the report. */
export async function soak(world, { requests, journal }) {
  const { port: stubPort } = await world.ask('openStub', { name: 'soak' })
  const request = graphqlCharge()
  const command = facade(`http://127.0.0.1:${stubPort}`, { journal })
  process.stdout.write(`${requests.toLocaleString('en-US')} requests, journal ${journal ? 'on' : 'off'} …\n`)
  const { memory, startMemoryMb, perSecond } = await withServer(world, command, request, ({ port, pid }) => {
    const part = { warmUp: {}, measured: { count: requests }, longestMs: LONGEST_MS }
    return load(world, { port, pid, request, connections: CONNECTIONS, ...part })
  })
  const quarter = (number) =>
    median(
      memory
        .filter((sample) => Math.min(3, Math.floor((sample.requests * 4) / requests)) === number)
        .map(({ memoryMb }) => memoryMb),
    )
  const quarters = [0, 1, 2, 3].map(quarter)
  const growthMb = quarters[3] - quarters[1]
  const isFlat = growthMb < Math.max(FLAT_MB, quarters[1] * FLAT_SHARE)
  const name = journal ? 'soak-journal' : 'soak'
  return {
    name,
    json: {
      requests,
      journal,
      perSecond: rounded(perSecond),
      startMemoryMb: rounded(startMemoryMb),
      quartersMb: quarters.map(rounded),
      growthMb: rounded(growthMb),
      isFlat,
    },
    markdown: [
      `### Memory over ${requests.toLocaleString('en-US')} requests, journal ${journal ? 'on' : 'off'}`,
      markdownTable(
        ['', 'at the start', 'first quarter', 'second', 'third', 'last', 'last − second', ''],
        [['MB', ...[startMemoryMb, ...quarters, growthMb].map((mb) => String(rounded(mb))), isFlat ? 'flat' : 'GROWS']],
      ),
    ].join('\n\n'),
    pictures: { [`memory-${name}`]: picture(memory, requests, journal) },
  }
}

function picture(memory, requests, journal) {
  const every = Math.max(1, Math.ceil(memory.length / SHOWN))
  return curvePicture({
    title: `Memory over ${requests.toLocaleString('en-US')} requests`,
    subtitle: `Resident memory of the facade, journal ${journal ? 'on' : 'off'}; flat is what it should be.`,
    xName: 'requests',
    yName: 'MB',
    points: memory.filter((_, index) => index % every === 0).map(({ requests: x, memoryMb: y }) => ({ x, y })),
    linear: true,
  })
}
