import { parseArgs } from 'node:util'

const HELP = `npm run bench -- [options]

  (nothing)        compares the facade with its peers and draws the curves, in about twelve minutes
  --quick          the same in three minutes, once round: to see that all works, not to quote
  --figures        all that the documents show, in half an hour, and writes it into them; with --full up to
                   10,000,000 entries, in an hour
  --compare        the comparison alone
  --curves         the curves alone; --full takes the journal to 10,000,000 entries (30 GB);
                   --only merchants, aliases, journal or records draws one
  --stores         a charge with SQLite, alone and shared, and PostgreSQL, near and 5 ms away, beside the disk and the wire,
                   in seven minutes; needs PostgreSQL's server programs, and strace to count flushes; BENCH_STORE_URL=postgres://… adds one;
                   --only sqlite or --only postgres measures one of both
  --upgrade        how long a journal of the last release takes to be taken over, and what answers meanwhile: of 1,000,000 operations,
                   of 10,000,000 with --full (30 GB and a quarter of an hour); --only as above
  --concurrency    2,000 calls in flight at a gateway that takes 300 ms, and a slow answer among fast ones
  --workers        one worker against two, on all cores
  --hostile        the longest that each kind of hostile request takes
  --streams        1,000 open streams: memory, CPU while nothing happens, how soon a change is told
  --soak           memory over many requests; --requests N (200,000), --journal with the journal on
  --rounds N       how often everything is measured (3); the comparison takes four short turns for each
  --no-build       measures dist/ as it is

Results go to bench/results/, those of --quick to bench/results/quick/.
`

/** What the documents show. */
const SHOWN = ['compare', 'stores', 'upgrade', 'curves', 'concurrency', 'workers', 'streams', 'soak']

/** Takes the arguments of the command line; returns what is to be done. */
export function readOptions(args) {
  const { values } = parseArgs({
    args,
    options: {
      quick: { type: 'boolean', default: false },
      full: { type: 'boolean', default: false },
      figures: { type: 'boolean', default: false },
      compare: { type: 'boolean', default: false },
      curves: { type: 'boolean', default: false },
      stores: { type: 'boolean', default: false },
      upgrade: { type: 'boolean', default: false },
      concurrency: { type: 'boolean', default: false },
      workers: { type: 'boolean', default: false },
      streams: { type: 'boolean', default: false },
      soak: { type: 'boolean', default: false },
      hostile: { type: 'boolean', default: false },
      journal: { type: 'boolean', default: false },
      requests: { type: 'string' },
      rounds: { type: 'string' },
      only: { type: 'string' },
      'no-build': { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  })
  if (values.help) {
    process.stdout.write(HELP)
    process.exit(0)
  }
  const asked = [
    'compare',
    'curves',
    'stores',
    'upgrade',
    'concurrency',
    'workers',
    'streams',
    'soak',
    'hostile',
  ].filter((mode) => values[mode])
  return {
    modes: values.figures ? SHOWN : asked.length > 0 ? asked : ['compare', 'curves'],
    figures: values.figures,
    quick: values.quick,
    full: values.full,
    journal: values.journal,
    only: values.only,
    requests: positive(values.requests ?? (values.figures ? '1_000_000' : '200_000'), 'requests'),
    rounds: values.rounds === undefined ? (values.quick ? 1 : 3) : positive(values.rounds, 'rounds'),
    build: !values['no-build'],
  }
}

function positive(text, name) {
  const number = Number(text.replaceAll(/[_,]/g, ''))
  if (!Number.isInteger(number) || number < 1) throw new Error(`--${name} takes a whole number`)
  return number
}
