import {
  type CountryCode,
  getCountries,
  getCountryCallingCode,
  isSupportedCountry,
  type PhoneNumber,
  parsePhoneNumberFromString,
} from 'libphonenumber-js/min'
import { HOME_COUNTRY, PHONE_EXTENSION } from '../../metadata/matching/home.ts'
import { international } from '../../metadata/matching/phone.ts'

/** A country as it is chosen for a number. */
export interface PhoneCountry {
  /** ISO 3166-1, two letters. */
  readonly code: string
  /** Such as +86. */
  readonly calling: string
  readonly name: string
}

/** All countries that have numbers, ours first, then by name. */
export function phoneCountries(language: string): readonly PhoneCountry[] {
  const names = new Intl.DisplayNames([language], { type: 'region' })
  const { compare } = new Intl.Collator(language)
  const countries = getCountries().map((code) => ({
    ...{ code, calling: `+${getCountryCallingCode(code)}` },
    name: names.of(code) ?? code,
  }))
  const isHome = ({ code }: PhoneCountry): number => (code === HOME_COUNTRY ? 0 : 1)
  return countries.toSorted((one, other) => isHome(one) - isHome(other) || compare(one.name, other.name))
}

/** What a number that is being typed tells: its country, and whether such a number can be there. */
export function readPhone(text: string): {
  readonly country: string | undefined
  readonly isLikely: boolean
} {
  const parsed = parse(text)
  return { country: parsed?.country, isLikely: parsed?.isPossible() === true }
}

/** The number in another country: as it is dialled within ours, else with the country's code. The extension stays. */
export function withCountry(text: string, country: string): string {
  if (!isSupportedCountry(country)) return text
  const extension = PHONE_EXTENSION.exec(text)?.[0] ?? ''
  const parsed = parse(text)
  const digits =
    parsed?.nationalNumber ??
    plain(text)
      .replace(/^\+\d*/, '')
      .replace(/\D/g, '')
  const calling = `+${getCountryCallingCode(country)}`
  if (digits === '') return country === HOME_COUNTRY ? '' : `${calling} `
  const number = parsePhoneNumberFromString(digits, country as CountryCode)
  if (country === HOME_COUNTRY) return `${number?.formatNational() ?? digits}${gap(extension)}`
  return `${number?.formatInternational() ?? `${calling} ${digits}`}${gap(extension)}`
}

const gap = (extension: string): string => (extension === '' ? '' : ` ${extension.trim()}`)
const plain = (text: string): string => text.normalize('NFKC').replace(PHONE_EXTENSION, '').trim()

function parse(text: string): PhoneNumber | undefined {
  const number = plain(text)
  return parsePhoneNumberFromString(international(number, number.replace(/\D/g, '')), HOME_COUNTRY)
}
