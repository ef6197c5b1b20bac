import type { Vault } from '../../registry/vault.ts'

/** By how many of its last characters a sealed text can be found. */
export const ENDING_LENGTH = 4

/** Of the digest of an ending: few values share an ending anyway, so that more would only make rows longer. */
const ENDING_DIGITS = 16

/** Above every hexadecimal digit in the order of code points. */
const ABOVE = '~'

/**
 * What a sealed text is compared by: the digest of its ending before that of the whole. So one index finds the whole
 * by equality and the ending as a range, and a unique one holds the values apart.
 */
export function blindIndex(text: string, field: string, vault: Vault): string {
  return endingDigest(text, field, vault) + vault.blind(text, `whole ${field}`)
}

/** The range of `blindIndex` over all texts with this ending; undefined unless it has just the length of one. */
export function endingRange(
  ending: string,
  field: string,
  vault: Vault,
): readonly [string, string] | undefined {
  if ([...ending].length !== ENDING_LENGTH) return undefined
  const digest = endingDigest(ending, field, vault)
  return [digest, `${digest}${ABOVE}`]
}

/** Upper and lower case alike, as `ends_with` is for every text: the last place of an id number may be an x. */
function endingDigest(text: string, field: string, vault: Vault): string {
  const ending = [...text].slice(-ENDING_LENGTH).join('').toLowerCase()
  return vault.blind(ending, `ending ${field}`).slice(0, ENDING_DIGITS)
}
