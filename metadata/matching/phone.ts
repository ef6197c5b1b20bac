import { parsePhoneNumberFromString } from 'libphonenumber-js/min'
import { HOME_COUNTRY, PHONE_EXTENSION } from './home.ts'

/** Fewer digits are an extension or a hotline that many share. */
const FEWEST_DIGITS = 5

/**
 * A phone number by which two ways of writing it are equal: `+8613800138000`, without extension; what libphonenumber does
 * not take for a number, by its digits alone. Undefined for what is no one's number (too short, one digit over and over).
 */
export function phoneKey(text: string): string | undefined {
  const plain = text.normalize('NFKC').replace(PHONE_EXTENSION, '').trim()
  const [first = ''] = plain.split(/[/、,;，；]/)
  const digits = first.replace(/\D/g, '')
  if (digits.length < FEWEST_DIGITS || /^(\d)\1*$/.test(digits)) return undefined
  const parsed = parsePhoneNumberFromString(international(first, digits), HOME_COUNTRY)
  return parsed === undefined ? digits : parsed.number
}

/** 0086 and a bare 86 before a mobile number mean what +86 means. */
export function international(text: string, digits: string): string {
  if (text.trimStart().startsWith('+')) return text
  if (/^00[1-9]/.test(digits)) return `+${digits.slice(2)}`
  if (/^861[3-9]\d{9}$/.test(digits)) return `+${digits}`
  return text
}
