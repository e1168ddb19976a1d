import type { Page } from 'playwright-core'
import { expect, vi } from 'vitest'
import { PATIENCE_MS } from './browser.ts'

const PATIENCE = { timeout: PATIENCE_MS, interval: 100 }

/** Opens GraphiQL. */
export async function openGraphiql(page: Page, url: string): Promise<void> {
  await page.goto(url, { timeout: PATIENCE_MS, waitUntil: 'commit' })
  await page.locator('.graphiql-tab').first().waitFor({ timeout: PATIENCE_MS })
}

/** Opens a tab; while the tabs still move into their places, a click may miss. */
export async function openTab(page: Page, name: string): Promise<void> {
  const tab = page.locator('.graphiql-tab-button', { hasText: new RegExp(`^${name}$`) })
  await vi.waitFor(async () => {
    await tab.click({ timeout: 2_000 })
    expect(await page.locator('.graphiql-tab-active').innerText()).toContain(name)
  }, PATIENCE)
}

/** Shows the editor of variables or headers, and puts the caret into it. */
export async function focusEditor(page: Page, name: 'Variables' | 'Headers'): Promise<void> {
  await page.getByRole('button', { name, exact: true }).click()
  await page.locator('.graphiql-editor-tool .graphiql-editor:not(.hidden) .monaco-editor').first().click()
}

/** Runs what is open; waits until the result holds a text. */
export async function run(page: Page, expected: string): Promise<string> {
  const execute = page.getByRole('button', { name: 'Execute query' })
  await execute.click()
  return vi.waitFor(async () => {
    const result = (await page.locator('.result-window').innerText()).replaceAll('\u00a0', ' ')
    // For a moment after a change of tabs GraphiQL looks for the operation of the one before, and sends nothing.
    if (result.includes('Cannot infer operation')) await execute.click()
    expect(result).toContain(expected)
    return result
  }, PATIENCE)
}
