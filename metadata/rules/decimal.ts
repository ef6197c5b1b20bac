/**
 * An exact decimal: `digits` × 10^−`scale`. Written here rather than taken from a package: the language needs nine
 * operations of fixed meaning, BigInt has the arithmetic, and a general library (big.js, decimal.js-light) brings
 * contexts, precisions and roundings that rules must not have, and is slower on numbers of this size.
 */
export interface Decimal {
  readonly digits: bigint
  /** Decimals, at least 0. */
  readonly scale: number
}

/** Decimals that a quotient keeps. */
export const QUOTIENT_SCALE = 10

const POWERS: bigint[] = Array.from({ length: 64 }, (_, power) => 10n ** BigInt(power))
const FORM = /^([+-]?)(\d+)(?:\.(\d*))?(?:[eE]([+-]?\d{1,4}))?$/

export const ZERO: Decimal = Object.freeze({ digits: 0n, scale: 0 })

function power(exponent: number): bigint {
  return POWERS[exponent] ?? 10n ** BigInt(exponent)
}

/** Reads decimal text, with an exponent if it has one; undefined where it is none. */
export function parseDecimal(text: string): Decimal | undefined {
  const match = FORM.exec(text)
  if (match === null) return undefined
  const [, sign = '', whole = '0', decimals = '', exponent = '0'] = match
  const digits = BigInt(whole + decimals)
  const scale = decimals.length - Number(exponent)
  const signed = sign === '-' ? -digits : digits
  return scale < 0 ? { digits: signed * power(-scale), scale: 0 } : { digits: signed, scale }
}

/** A whole number. */
export function wholeDecimal(value: number): Decimal {
  return { digits: BigInt(value), scale: 0 }
}

/** The number as people and PostgreSQL's trim_scale write it: no exponent, no zeros at the end. */
export function decimalText({ digits, scale }: Decimal): string {
  if (scale === 0) return String(digits)
  const isNegative = digits < 0n
  const text = String(isNegative ? -digits : digits).padStart(scale + 1, '0')
  const decimals = text.slice(-scale).replace(/0+$/, '')
  const whole = text.slice(0, -scale)
  const number = decimals === '' ? whole : `${whole}.${decimals}`
  return isNegative && digits !== 0n ? `-${number}` : number
}

function aligned(a: Decimal, b: Decimal): readonly [bigint, bigint, number] {
  if (a.scale === b.scale) return [a.digits, b.digits, a.scale]
  return a.scale < b.scale
    ? [a.digits * power(b.scale - a.scale), b.digits, b.scale]
    : [a.digits, b.digits * power(a.scale - b.scale), a.scale]
}

export function add(a: Decimal, b: Decimal): Decimal {
  const [left, right, scale] = aligned(a, b)
  return { digits: left + right, scale }
}

export function subtract(a: Decimal, b: Decimal): Decimal {
  const [left, right, scale] = aligned(a, b)
  return { digits: left - right, scale }
}

export function multiply(a: Decimal, b: Decimal): Decimal {
  return { digits: a.digits * b.digits, scale: a.scale + b.scale }
}

export function negate({ digits, scale }: Decimal): Decimal {
  return { digits: -digits, scale }
}

/** The quotient to ten decimals, halves away from zero; undefined by zero. */
export function divide(a: Decimal, b: Decimal): Decimal | undefined {
  if (b.digits === 0n) return undefined
  const shift = QUOTIENT_SCALE + b.scale - a.scale
  const above = shift >= 0 ? a.digits * power(shift) : a.digits
  const below = shift >= 0 ? b.digits : b.digits * power(-shift)
  return { digits: roundedQuotient(above, below), scale: QUOTIENT_SCALE }
}

/** The remainder, with the sign of the first number; undefined by zero. */
export function remainder(a: Decimal, b: Decimal): Decimal | undefined {
  if (b.digits === 0n) return undefined
  const [left, right, scale] = aligned(a, b)
  return { digits: left % right, scale }
}

/** −1, 0 or 1. */
export function compareDecimals(a: Decimal, b: Decimal): number {
  const [left, right] = aligned(a, b)
  return left < right ? -1 : left > right ? 1 : 0
}

/** Rounded to so many decimals, halves away from zero; negative: to tens, hundreds … */
export function round(value: Decimal, decimals: number): Decimal {
  const { digits, scale } = value
  if (scale <= decimals) return value
  const rounded = roundedQuotient(digits, power(scale - decimals))
  return decimals >= 0
    ? { digits: rounded, scale: decimals }
    : { digits: rounded * power(-decimals), scale: 0 }
}

/** The greatest whole number that is not above. */
export function floor({ digits, scale }: Decimal): Decimal {
  if (scale === 0) return { digits, scale }
  const unit = power(scale)
  const whole = digits / unit
  return { digits: digits < 0n && whole * unit !== digits ? whole - 1n : whole, scale: 0 }
}

function roundedQuotient(above: bigint, below: bigint): bigint {
  const isNegative = above < 0n !== below < 0n
  const top = above < 0n ? -above : above
  const bottom = below < 0n ? -below : below
  const rounded = (2n * top + bottom) / (2n * bottom)
  return isNegative ? -rounded : rounded
}
