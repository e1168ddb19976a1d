import type { InputFields } from '../../payapi/index.ts'

/** The tag of all that takes card data: a gateway's public variant can leave it out by this name. */
const CARD_DATA_TAG = 'pci'

/**
 * The options that mark with the tag what takes these fields, where one of them is sent encrypted: a card number, or
 * what goes with one.
 */
export function cardDataTag(fields: InputFields): {
  readonly directives?: { readonly tag: { readonly name: typeof CARD_DATA_TAG } }
} {
  return takesCardData(fields) ? { directives: { tag: { name: CARD_DATA_TAG } } } : {}
}

function takesCardData(fields: InputFields): boolean {
  return Object.values(fields).some((entry) => ('group' in entry ? takesCardData(entry.fields) : entry.encrypted))
}
