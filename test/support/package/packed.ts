import { execFileSync, spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'

const ROOT = join(import.meta.dirname, '../../..')

/** The package as `npm pack` makes it, and unpacked. */
export interface Packed {
  readonly tarball: string
  /** Bytes of the tarball. */
  readonly size: number
  readonly files: readonly { readonly path: string; readonly size: number }[]
  /** What is in it. */
  readonly folder: string
}

/** A project in which the package is installed, with what npm installs for it. */
export interface Consumer {
  readonly folder: string
  /** Writes a file into it. */
  write(name: string, text: string): void
  /** Runs a program in it with Node; returns what it says. Throws with what it complains of, where it fails. */
  node(...args: readonly string[]): string
}

/** Packs and installs it once for all test files of a run, which may ask at the same time, in any process. */
export async function packOnce(): Promise<Packed> {
  // The run's own folder, which goes with it.
  const place = join(tmpdir(), 'packed')
  const result = join(place, 'result.json')
  try {
    mkdirSync(place)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    while (!existsSync(result)) {
      if (existsSync(join(place, 'failed'))) throw new Error('another test file could not pack')
      await delay(100)
    }
    return JSON.parse(readFileSync(result, 'utf8')) as Packed
  }
  try {
    const packed = pack(place)
    // Whole, for those who wait.
    writeFileSync(`${result}.new`, JSON.stringify(packed))
    execFileSync('mv', [`${result}.new`, result])
    return packed
  } catch (error) {
    writeFileSync(join(place, 'failed'), '')
    throw error
  }
}

function pack(place: string): Packed {
  const text = execFileSync('npm', ['pack', '--json', '--pack-destination', place], { cwd: ROOT, encoding: 'utf8' })
  const told = JSON.parse(text.replace(/^[^[{]*/, '')) as object
  // One of a list, or, in later versions of npm, by its name.
  const { filename, size, files } = Object.values(told)[0] as Packed & { readonly filename: string }
  const tarball = join(place, filename)
  const folder = join(place, 'package')
  execFileSync('tar', ['-xzf', tarball, '-C', place])
  return { tarball, size, files, folder }
}

/** What npm would install, taken from what is installed here: it takes no time and no network. */
function link(project: string, names: readonly string[]): void {
  for (const name of names) {
    const target = join(project, 'node_modules', name)
    mkdirSync(dirname(target), { recursive: true })
    symlinkSync(join(ROOT, 'node_modules', name), target)
  }
}

/** Makes a project that has the package, and more of the packages that are installed here where they are named. */
export async function createConsumer(more: readonly string[] = []): Promise<Consumer> {
  const packed = await packOnce()
  const folder = mkdtempSync(join(tmpdir(), 'payapi-consumer-'))
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }')
  cpSync(packed.folder, join(folder, 'node_modules/payapi-graphql'), { recursive: true })
  const { dependencies, optionalDependencies } = JSON.parse(
    readFileSync(join(packed.folder, 'package.json'), 'utf8'),
  ) as Readonly<Record<string, object>>
  link(folder, [...new Set([...Object.keys({ ...dependencies, ...optionalDependencies }), ...more])])
  return {
    folder,
    write: (name, text) => writeFileSync(join(folder, name), text),
    node(...args) {
      const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8' })
      if (status !== 0) throw new Error(`${args.join(' ')}:\n${stdout}${stderr}`)
      return stdout
    },
  }
}
