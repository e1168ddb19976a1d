import { readFileSync } from 'node:fs'
import type { GraphiQLOptions } from 'graphql-yoga'
import { ALL_SCENARIOS, SCENARIO_HEADER } from './scenario.ts'

const OPERATIONS = new URL('../../schema/operations/', import.meta.url)

/** One example: a document and the variables that go with it. */
interface Example {
  readonly query: string
  readonly variables: string
}

/**
 * Takes whether the sandbox plays along; returns how GraphiQL opens: a tab for each service with an example that works
 * at once in the sandbox.
 */
export function graphiqlOptions(sandbox: boolean): GraphiQLOptions {
  return {
    title: 'payapi-graphql',
    credentials: 'same-origin',
    defaultTabs: examples().map((example) => ({
      ...example,
      query: sandbox ? `${scenarioHelp()}\n\n${example.query}` : example.query,
      headers: sandbox ? JSON.stringify({ [SCENARIO_HEADER]: '' }, null, 2) : null,
    })),
    isHeadersEditorEnabled: true,
  }
}

/** The operation documents in the order of the contract; their names begin with its numbers. */
function examples(): readonly Example[] {
  const manifest = JSON.parse(readFileSync(new URL('examples.json', OPERATIONS), 'utf8')) as Record<string, unknown>
  return Object.entries(manifest).map(([file, variables]) => ({
    query: readFileSync(new URL(file, OPERATIONS), 'utf8').trim(),
    variables: JSON.stringify(variables, null, 2),
  }))
}

function scenarioHelp(): string {
  const names = ALL_SCENARIOS.map(({ name, description }) => `#   ${name}: ${description}`)
  return [
    `# Sandbox: set the header ${SCENARIO_HEADER} (below, 'Headers') to one of these, or leave it empty.`,
    ...names,
  ].join('\n')
}

/**
 * Returns what renders GraphiQL from the package, so that it works without a network. The page has nine megabytes: it
 * is made at the first request for it, once.
 */
export function graphiqlRenderer(): (options: GraphiQLOptions) => Promise<string> {
  let page: Promise<string> | undefined
  return (options) => {
    page ??= import('@graphql-yoga/render-graphiql').then(({ renderGraphiQL }) => renderGraphiQL(options))
    return page
  }
}
