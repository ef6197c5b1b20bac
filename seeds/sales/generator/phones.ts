import type { Random } from './random.ts'

/**
 * Numbers that reach nobody. Chinese subscriber numbers never begin with 1 after an area code and no mobile
 * begins with 12; British and American ones come from the ranges kept for fiction (Ofcom's drama numbers,
 * 555-01xx), Australian ones from ACMA's.
 */
export function chineseLandline(random: Random, area: string): string {
  return `+86 ${area.replace(/^0/, '')} 1${digits(random, 3)} ${digits(random, 4)}`
}

export function chineseMobile(random: Random): string {
  return `+86 12${digits(random, 1)} ${digits(random, 4)} ${digits(random, 4)}`
}

/** Fills a prefix of a range for fiction with its last digits. */
export function fictionalNumber(random: Random, prefix: string): string {
  const wanted = LENGTHS.find(([country]) => prefix.startsWith(country))?.[1] ?? 11
  return prefix + digits(random, wanted - prefix.replace(/\D/g, '').length)
}

const LENGTHS: readonly (readonly [string, number])[] = [
  ['+44', 12],
  ['+61', 11],
  ['+1', 11],
]

function digits(random: Random, count: number): string {
  return Array.from({ length: count }, () => random.int(0, 9)).join('')
}
