import { languageNamed } from '../i18n/languages.ts'
import type { UiLanguage } from '../kit/remembered.ts'

export type Address = Readonly<Record<string, string | null | undefined>>

const CHINESE_ORDER = [
  'country',
  'province',
  'region',
  'state',
  'city',
  'district',
  'street',
  'line1',
  'line2',
]
const LATIN_ORDER = [
  'street',
  'line1',
  'line2',
  'district',
  'city',
  'province',
  'region',
  'state',
  'postal_code',
  'postcode',
  'country',
]

/**
 * An address in one line, in the order of the language: from large to small without signs in Chinese, from small to large in English. A country goes by
 * its name; at home nobody writes it.
 */
export function addressText(address: Address, language: UiLanguage): string {
  const named = { ...address, country: countryName(address.country, language) }
  const partsIn = (order: readonly string[], from: Address): readonly string[] =>
    order.map((key) => from[key]).filter((part): part is string => typeof part === 'string' && part !== '')
  if (languageNamed(language).address !== 'large_first') return partsIn(LATIN_ORDER, named).join(', ')
  const isHome = address.country === 'CN'
  const parts = partsIn(CHINESE_ORDER, isHome ? { ...named, country: null } : named)
  return parts.join(parts.every((part) => /\p{Script=Han}/u.test(part)) ? '' : ', ')
}

/** The name of a country that is given by its code (ISO 3166-1 alpha-2); anything else stays as it is written. */
function countryName(country: string | null | undefined, language: UiLanguage): string | null | undefined {
  if (country === null || country === undefined || !/^[A-Z]{2}$/.test(country)) return country
  return new Intl.DisplayNames([languageNamed(language).locale], { type: 'region' }).of(country) ?? country
}
