import type { UiLanguage } from '../kit/preferences.ts'

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

/** An address in one line: from large to small without signs in Chinese, from small to large in English. */
export function addressText(address: Address, language: UiLanguage): string {
  const order = language === 'zh-CN' ? CHINESE_ORDER : LATIN_ORDER
  const parts = order
    .map((key) => address[key])
    .filter((part): part is string => typeof part === 'string' && part !== '')
  const chinese = language === 'zh-CN' && parts.every((part) => /\p{Script=Han}/u.test(part))
  return parts.join(chinese ? '' : ', ')
}
