import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, dirname, join, normalize, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))
const DOCUMENTS = [
  ...readdirSync(ROOT).filter((name) => /^(README.*|CONTRIBUTING|SECURITY|CHANGELOG)\.md$/.test(name)),
  ...readdirSync(join(ROOT, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => join('docs', name)),
  ...readdirSync(join(ROOT, 'examples'))
    .flatMap((name) => ['README.md', 'README.ko.md'].map((file) => join('examples', name, file)))
    .filter((path) => existsSync(join(ROOT, path))),
].sort()

/** A document without its blocks of code: a # or a bracket in there is none of Markdown's. */
const prose = (path: string) => readFileSync(join(ROOT, path), 'utf8').replace(/^(```|~~~).*?^\1.*?$/gms, '')

interface Heading {
  readonly level: number
  readonly text: string
}

const headingsOf = (path: string): readonly Heading[] =>
  [...prose(path).matchAll(/^(#{1,6}) +(.+?) *#*$/gm)].map(([, marks = '', text = '']) => ({
    level: marks.length,
    text,
  }))

/** The anchors of a document, as GitHub makes them of its headings. */
function anchorsOf(path: string): ReadonlySet<string> {
  const anchors = new Set<string>()
  for (const { text } of headingsOf(path)) {
    const shown = text.replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    const slug = shown
      .toLowerCase()
      .replace(/[^\p{L}\p{M}\p{N}\p{Pc} -]/gu, '')
      .replaceAll(' ', '-')
    let anchor = slug
    for (let again = 1; anchors.has(anchor); again++) anchor = `${slug}-${again}`
    anchors.add(anchor)
  }
  return anchors
}

/** Where a document's links and pictures lead, but for other sites. */
function targetsOf(path: string): readonly string[] {
  const text = prose(path).replace(/(`+)(?!`).+?(?<!`)\1(?!`)/g, '`')
  const links = [
    ...text.matchAll(/\]\(<?([^)\s>]+)>?(?: +"[^"]*")?\)/g),
    ...text.matchAll(/^\[[^\]]+\]: +<?([^\s>]+)/gm),
    ...text.matchAll(/\b(?:href|src|srcset)="([^"]+)"/g),
  ]
  return links.map(([, target = '']) => target).filter((target) => !/^[a-z][a-z0-9+.-]*:/i.test(target))
}

function isDead(path: string, target: string): boolean {
  const [file = '', anchor] = decodeURIComponent(target).split('#')
  const there = file === '' ? path : normalize(join(dirname(path), file))
  if (there.startsWith('..') || !existsSync(join(ROOT, there))) return true
  return anchor !== undefined && !(there.endsWith('.md') && anchorsOf(there).has(anchor))
}

it.each(DOCUMENTS)('every link in %s leads somewhere', (path) => {
  expect(targetsOf(path).filter((target) => isDead(path, target))).toEqual([])
})

it('there are documents with links to look at', () => {
  expect(DOCUMENTS).toEqual(expect.arrayContaining(['README.md', join('docs', 'en', 'frontend.md')]))
  expect(targetsOf('README.md').length).toBeGreaterThan(5)
  expect(targetsOf(join('docs', 'en', 'frontend.md')).some((target) => target.includes('#'))).toBe(true)
})

/** The Korean document for an English one, by where it stands; undefined for what is in one language. */
function twinOf(path: string): string | undefined {
  if (basename(path) === 'README.md') return join(dirname(path), 'README.ko.md')
  const english = join('docs', 'en')
  if (path.startsWith(english)) return join('docs', 'ko', relative(english, path))
  if (path.startsWith(join('docs', 'reference')) && !path.endsWith('.ko.md')) return path.replace(/\.md$/, '.ko.md')
  return undefined
}

const TWINS = DOCUMENTS.flatMap((path) => {
  const twin = twinOf(path)
  return twin === undefined ? [] : [[path, twin] as const]
})

it('every document in one language is there in the other', () => {
  const paired = TWINS.flat()
  const isInBoth = (path: string) => /^(docs|examples)\b/.test(path)
  expect(paired.filter(isInBoth).sort()).toEqual(DOCUMENTS.filter(isInBoth))
})

it.each(TWINS)('%s and %s have the same levels of headings in the same order', (english, korean) => {
  const levels = (path: string) => headingsOf(path).map(({ level }) => level)
  expect(levels(korean)).toEqual(levels(english))
})
