import type { Locator, Page } from 'playwright-core'
import { expect } from 'vitest'
import { PATIENCE_MS } from './browser.ts'

/** Opens GraphiQL, and waits until what it opens with is shown. */
export async function openGraphiql(page: Page, url: string): Promise<void> {
  await page.goto(url, { timeout: PATIENCE_MS, waitUntil: 'commit' })
  await editorsAreShown(page)
}

export async function editorsAreShown(page: Page): Promise<void> {
  await page.locator('.graphiql-query-editor .view-line').first().waitFor()
  await page.locator('.graphiql-editor-tool .view-line').first().waitFor()
}

/** Presses something as somebody with a mouse does: it is where it was seen, or the click is lost. */
export async function press(page: Page, target: Locator): Promise<void> {
  await target.scrollIntoViewIfNeeded()
  const box = await target.boundingBox()
  if (box === null) throw new Error('There is nothing to press.')
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2)
  await page.mouse.down()
  await page.mouse.up()
}

export const tab = (page: Page, name: string): Locator =>
  page.locator('.graphiql-tab-button').filter({ hasText: new RegExp(`^${name}$`) })

/** Which parts of a session take the clicks within one of them: an editor draws its lines beyond its own box. */
export const takersOfClicks = (page: Page, part: string): Promise<string[]> =>
  page.locator(part).evaluate((element) => {
    const { left, right, top, bottom } = element.getBoundingClientRect()
    const parts = ['.graphiql-query-editor', '.graphiql-editor-tools', '.graphiql-editor-tool', '.graphiql-response']
    const takers = new Set<string>()
    for (let x = left + 8; x < right - 8; x += 8)
      for (let y = top + 8; y < bottom - 8; y += 8)
        takers.add(parts.find((each) => document.elementFromPoint(x, y)?.closest(each)) ?? 'none')
    return [...takers]
  })

/** Shows a tab, by one click. */
export async function showTab(page: Page, name: string): Promise<void> {
  await press(page, tab(page, name).first())
  await expect.poll(() => activeTab(page)).toBe(name)
}

export const activeTab = (page: Page): Promise<string> =>
  page.locator('.graphiql-tab-active .graphiql-tab-button').innerText()

/** Opens an operation from the side panel, by its field. */
export async function openOperation(page: Page, field: string): Promise<void> {
  const entry = page.locator('.payapi-entry').filter({ hasText: new RegExp(`\\s${field}$`) })
  if ((await entry.count()) === 0) await press(page, page.locator('.payapi-panels button').first())
  await entry.waitFor()
  await press(page, entry)
}

interface Answer {
  readonly data?: Readonly<Record<string, Readonly<Record<string, unknown>> | null>>
  readonly errors?: readonly { readonly message: string }[]
}

/** What is sent and answered next, by something that is done. */
export async function exchangeOf(
  page: Page,
  act: () => Promise<void>,
): Promise<{ variables: unknown; answer: Answer }> {
  const [response] = await Promise.all([page.waitForResponse((each) => each.request().method() === 'POST'), act()])
  const { variables } = response.request().postDataJSON() as { variables: unknown }
  const answer = (await response.json()) as Answer
  const [first] = Object.values(answer.data ?? {})
  // It is seen as well.
  const shown = String(first?.['__typename'] ?? Object.keys(answer.data ?? answer)[0])
  await expect.poll(() => textOf(page, 'response.json')).toContain(shown)
  return { variables, answer }
}

/** Runs what is open with ▶, and returns the only value of its answer. */
export async function run(page: Page): Promise<Readonly<Record<string, unknown>>> {
  const { answer } = await exchangeOf(page, () => press(page, page.locator('.graphiql-execute-button')))
  return onlyValue(answer)
}

export function onlyValue({ data, errors }: Answer): Readonly<Record<string, unknown>> {
  expect(errors).toBeUndefined()
  return Object.values(data ?? {})[0] ?? {}
}

interface Editors {
  readonly __MONACO: {
    readonly editor: {
      getModels(): { readonly uri: { readonly path: string }; getValue(): string; setValue(text: string): void }[]
    }
  }
}

/** What an editor holds, also what is scrolled out of sight: `operation.graphql`, `variables.json`, `response.json`. */
export const textOf = (page: Page, name: string): Promise<string> =>
  page.evaluate(
    (file) =>
      (globalThis as unknown as Editors).__MONACO.editor
        .getModels()
        .find(({ uri }) => uri.path.endsWith(file))
        ?.getValue() ?? '',
    name,
  )

/** Writes into an editor, as somebody who pastes. */
export const setText = (page: Page, name: string, text: string): Promise<void> =>
  page.evaluate(
    ([file, value]) =>
      (globalThis as unknown as Editors).__MONACO.editor
        .getModels()
        .find(({ uri }) => uri.path.endsWith(file))
        ?.setValue(value),
    [name, text] as const,
  )

export async function variablesOf(page: Page): Promise<{ readonly input: Readonly<Record<string, unknown>> }> {
  return JSON.parse(await textOf(page, 'variables.json')) as { readonly input: Readonly<Record<string, unknown>> }
}
