import { hash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { GraphiQLOptions, Plugin } from 'graphql-yoga'
import type { Localized } from '../lib/localized.ts'
import { SERVICES, type Service } from '../payapi/index.ts'
import { SCENARIO_HEADER, SCENARIOS } from '../sandbox/response/scenarios.ts'

const OPERATIONS = new URL('../../schema/operations/', import.meta.url)

/** One example: a document and the variables that go with it, if it has any. */
interface Example {
  readonly query: string
  readonly variables: string | null
}

/** What GraphiQL's tabs depend on. */
export interface GraphiqlSetting {
  readonly sandbox: boolean
  /** Whether the server fills in where a payment comes back to. */
  readonly fillsIn: () => boolean
}

/**
 * How GraphiQL opens: a first tab to start with, and one for each operation, with an example that works at once in the
 * sandbox where it is a service's.
 */
function graphiqlOptions({ sandbox, fillsIn }: GraphiqlSetting): GraphiQLOptions {
  const headers = sandbox ? JSON.stringify({ [SCENARIO_HEADER]: '' }, null, 2) : null
  const all = examples(fillsIn())
  const tabs = sandbox ? [sandboxStart(), ...all.map(hinted)] : [start('PayAPI in GraphQL.'), ...all]
  return {
    title: 'PayAPI',
    credentials: 'same-origin',
    defaultTabs: tabs.map((tab) => ({ ...tab, headers })),
    isHeadersEditorEnabled: true,
    // What the type lacks: by these GraphiQL knows the first tab again when the page is loaded anew.
    ...({ query: tabs[0]?.query, initialHeaders: headers } as GraphiQLOptions),
  }
}

/** The operation documents in the order of the contract; their names begin with its numbers. */
function examples(fillsIn: boolean): readonly Example[] {
  const manifest = JSON.parse(readFileSync(new URL('examples.json', OPERATIONS), 'utf8')) as Record<string, object>
  const texts = Object.entries(manifest).map(([file, variables]) => ({
    query: readFileSync(new URL(file, OPERATIONS), 'utf8')
      .replace(/^#.*\n/, '')
      .trim(),
    variables: JSON.stringify(variables, (name, value) => (fillsIn && FILLABLE.has(name) ? undefined : value), 2),
  }))
  return texts.filter(({ query }) => !query.startsWith('subscription'))
}

/** The fields of inputs that are left out where the server fills them in. */
const FILLABLE: ReadonlySet<string> = new Set(
  Object.values<Service>(SERVICES).flatMap(({ request }) =>
    Object.entries(request).flatMap(([name, field]) => ('fillable' in field && field.fillable ? [name] : [])),
  ),
)

/** The first tab. It has no variables, as GraphiQL does not show those of the tab that is open first. */
function start(...lines: readonly string[]): Example {
  const comment = [...lines, 'Run this with the button on the right.', 'Each of the other tabs is an operation.']
  return { query: `${comment.map((line) => `# ${line}`).join('\n')}\n${START}`, variables: null }
}

const START = `query Start {
  cardPrefix(prefix: "949094") {
    ... on CardPrefix {
      cardCompany {
        code
        name
      }
      cardType
    }
    ... on PayApiFailure {
      __typename
      message
    }
  }
}`

function sandboxStart(): Example {
  const { query, variables } = start('PayAPI in GraphQL, before a sandbox: no real money.')
  const list = ALL_SCENARIOS.map(({ name, description }) => `# ${name}\n#     ${description.en}`)
  return {
    query: [query, '', `# What may be set as ${SCENARIO_HEADER}, under Headers:`, ...list].join('\n'),
    variables,
  }
}

const hinted = ({ query, variables }: Example): Example => ({
  query: `# Scenarios: see the tab Start.\n${query}`,
  variables,
})

/** GraphiQL, from the package, so that it works without a network. */
export interface Graphiql {
  /** The page. It has nine megabytes: it is made at the first request for it, once. */
  readonly page: () => Promise<string>
  /** The content policy of the page, once it was made: its own script runs, and no other. */
  readonly policy: () => string
}

export function createGraphiql(setting: GraphiqlSetting): Graphiql {
  let page: Promise<string> | undefined
  let policy = ''
  return {
    page() {
      page ??= import('@graphql-yoga/render-graphiql').then(({ renderGraphiQL }) => {
        const made = renderGraphiQL(graphiqlOptions(setting))
        policy = policyOf(made)
        return made
      })
      return page
    },
    policy: () => policy,
  }
}

function policyOf(page: string): string {
  const script = page.slice(page.indexOf('<script>') + '<script>'.length, page.lastIndexOf('</script>'))
  return [
    "default-src 'none'",
    `script-src 'sha256-${hash('sha256', script, 'base64')}'`,
    'worker-src blob:',
    "style-src 'unsafe-inline'",
    'font-src data:',
    'img-src data:',
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ')
}

/**
 * Shows GraphiQL to a browser at the path of GraphQL, and leads it there from `/`, relative to where it is, for a proxy
 * may have moved it.
 */
export function useRootRedirect(path: string, graphiql: Graphiql): Plugin {
  return {
    async onRequest({ request: { method, headers }, url: { pathname }, endResponse, fetchAPI }) {
      if (method !== 'GET' || !headers.get('accept')?.includes('text/html')) return
      if (pathname === '/') {
        endResponse(new fetchAPI.Response(null, { status: 302, headers: { location: `.${path}` } }))
      } else if (pathname === path || pathname === `${path}/`) {
        endResponse(new fetchAPI.Response(await graphiql.page(), { headers: { 'content-type': 'text/html' } }))
      }
    },
  }
}

export { SCENARIO_HEADER }

/** The one scenario that the sandbox cannot play itself: that nobody listens. */
export const REFUSED = 'refused'

/** An address on which nobody listens: port 1 is reserved, and no program of today uses it. */
export const UNREACHABLE_URL = 'http://127.0.0.1:1'

/** Every scenario that a request may ask for, with what happens in it. */
export const ALL_SCENARIOS: readonly { readonly name: string; readonly description: Localized }[] = [
  {
    name: REFUSED,
    description: {
      en: 'Not processed: no connection can be made, so nothing is sent.',
      ko: '처리 안 함. 연결할 수 없어 전송하지 못함.',
    },
  },
  ...SCENARIOS,
]
