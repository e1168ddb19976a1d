/** What the form of a page holds that leads back to the shop: where it goes, and its hidden fields. */
export function formIn(page: string): { readonly action: string; readonly fields: URLSearchParams } {
  const [, method, action = ''] = /<form id="to-shop" method="(\w+)" action="([^"]*)"/.exec(page) ?? []
  if (method !== 'post') throw new Error('the page does not lead back to the shop')
  const fields = [...page.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)">/g)]
  const unescaped = (text = '') => text.replaceAll('&amp;', '&').replaceAll('&quot;', '"')
  return {
    action: unescaped(action),
    fields: new URLSearchParams(fields.map(([, name = '', value]) => [name, unescaped(value)])),
  }
}
