/**
 * The formats of values, each a function in linear time: ajv calls them on texts of any length, also on those
 * that `maxLength` refuses, so a length is looked at before a pattern.
 */

const UNSTORABLE = /[\0\p{Surrogate}]/u
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i
const DATE = /^(\d{4})-(\d\d)-(\d\d)$/
const TIME = /^(?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d)?$/
const INSTANT =
  /^(\d{4}-\d\d-\d\d)T(?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d{1,9})?)?(?:Z|[+-](?:0\d|1[0-4]):[0-5]\d)$/
const DURATION =
  /^P(?=\d|T\d)(?:\d{1,6}Y)?(?:\d{1,6}M)?(?:\d{1,6}W)?(?:\d{1,6}D)?(?:T(?=\d)(?:\d{1,6}H)?(?:\d{1,6}M)?(?:\d{1,6}(?:\.\d{1,6})?S)?)?$/
const EMAIL_LOCAL = /^[\p{L}\p{N}\p{M}!#$%&'*+/=?^_`{|}~-]+(?:\.[\p{L}\p{N}\p{M}!#$%&'*+/=?^_`{|}~-]+)*$/u
const DOMAIN_LABEL = /^[\p{L}\p{N}](?:[\p{L}\p{N}\p{M}-]{0,61}[\p{L}\p{N}\p{M}])?$/u
const PHONE = /^[0-9０-９+＋()（）.\-－–/ \u3000\u00a0xX#*,;ext.转分机]+$/
const PHONE_DIGIT = /[0-9０-９]/g
const WEB_ADDRESS = /^https?:\/\/[^\s\p{Cc}\\]+$/iu

const DAYS_OF_MONTH = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const
const FIRST_INSTANT = Date.parse('0001-01-01T00:00:00.000Z')
const LAST_INSTANT = Date.parse('9999-12-31T23:59:59.999Z')

/** A text that PostgreSQL keeps: no NUL, no half of a surrogate pair. */
export function isStorableText(text: string): boolean {
  return !UNSTORABLE.test(text)
}

/** A UUID in its canonical form with hyphens, in either case. */
export function isRecordId(text: string): boolean {
  return text.length === 36 && UUID.test(text)
}

/** A real day of the Gregorian calendar from 0001-01-01 to 9999-12-31. */
export function isDate(text: string): boolean {
  const parts = text.length === 10 ? DATE.exec(text) : null
  if (parts === null) return false
  const [year, month, day] = [Number(parts[1]), Number(parts[2]), Number(parts[3])]
  if (year === 0 || month < 1 || month > 12 || day < 1) return false
  const leap = month === 2 && year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
  return day <= DAYS_OF_MONTH[month - 1]! + (leap ? 1 : 0)
}

/** HH:MM or HH:MM:SS from 00:00 to 23:59:59; no 24:00, no leap second. */
export function isTime(text: string): boolean {
  return text.length <= 8 && TIME.test(text)
}

/** An ISO 8601 instant with Z or an offset, in the years 0001 to 9999 of UTC; seconds and fractions may be left out. */
export function isInstant(text: string): boolean {
  const parts = text.length <= 35 ? INSTANT.exec(text) : null
  if (parts === null || !isDate(parts[1]!)) return false
  const milliseconds = Date.parse(text)
  return milliseconds >= FIRST_INSTANT && milliseconds <= LAST_INSTANT
}

/** An ISO 8601 duration of whole units, at most six digits each, seconds with at most six decimals. */
export function isDuration(text: string): boolean {
  return text.length <= 60 && DURATION.test(text)
}

/** An address as RFC 5321 and 6531 have it, without comments, quotes and address literals; at most 254 characters. */
export function isEmail(text: string): boolean {
  if (text.length > 254) return false
  const at = text.lastIndexOf('@')
  if (at < 1 || at > 64 || !EMAIL_LOCAL.test(text.slice(0, at))) return false
  const labels = text.slice(at + 1).split('.')
  return (
    labels.length >= 2 && labels.every((label) => DOMAIN_LABEL.test(label)) && !/^\d+$/.test(labels.at(-1)!)
  )
}

/** A phone number as people write it: 3 to 20 digits among the usual signs, at most 40 characters. */
export function isPhone(text: string): boolean {
  if (text.length > 40 || !PHONE.test(text)) return false
  const digits = text.match(PHONE_DIGIT)?.length ?? 0
  return digits >= 3 && digits <= 20
}

/** An absolute http or https address of at most 2,000 characters. */
export function isWebAddress(text: string): boolean {
  return text.length <= 2000 && isStorableText(text) && WEB_ADDRESS.test(text) && URL.canParse(text)
}

/** All formats by the name under which a `valueSchema` asks for them; JSON Schema's own names where it has one. */
export const VALUE_FORMATS: Readonly<Record<string, (text: string) => boolean>> = {
  text: isStorableText,
  uuid: isRecordId,
  date: isDate,
  time: isTime,
  'date-time': isInstant,
  duration: isDuration,
  email: isEmail,
  phone: isPhone,
  uri: isWebAddress,
}
