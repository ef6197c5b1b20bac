import { type FormData, same } from './form-data.ts'

/** One field that both sides changed since the form was opened. */
export interface Clash {
  readonly field: string
  readonly yours: unknown
  readonly theirs: unknown
}

/** One field that one side changed alone. */
export interface OneSided {
  readonly field: string
  readonly side: 'yours' | 'theirs'
  readonly value: unknown
}

export interface Comparison {
  /** Changed by both, to different values: somebody must choose. */
  readonly clashes: readonly Clash[]
  /** Changed by one side only: both stay. */
  readonly kept: readonly OneSided[]
}

/** What happened to a record while its form was open. */
export function compare(
  fields: readonly string[],
  base: FormData,
  yours: FormData,
  theirs: FormData,
): Comparison {
  const clashes: Clash[] = []
  const kept: OneSided[] = []
  for (const field of fields) {
    const mine = !same(base[field], yours[field])
    const other = !same(base[field], theirs[field])
    if (mine && other && !same(yours[field], theirs[field]))
      clashes.push({ field, yours: yours[field], theirs: theirs[field] })
    else if (mine !== other) {
      const side = mine ? 'yours' : 'theirs'
      kept.push({ field, side, value: (mine ? yours : theirs)[field] })
    }
  }
  return { clashes, kept }
}

/** The data that is saved after the choice: theirs, with one's own changes where they do not clash or were chosen. */
export function merge(
  fields: readonly string[],
  base: FormData,
  yours: FormData,
  theirs: FormData,
  chosen: ReadonlySet<string>,
): FormData {
  const clashing = new Set(compare(fields, base, yours, theirs).clashes.map((clash) => clash.field))
  return Object.fromEntries(
    fields.flatMap((field) => {
      const mine = !same(base[field], yours[field])
      const value = mine && (!clashing.has(field) || chosen.has(field)) ? yours[field] : theirs[field]
      return value === undefined ? [] : [[field, value]]
    }),
  )
}

/** The fields that the other side changed and one's own side did not. */
export const theirsOf = ({ kept }: Comparison): readonly string[] =>
  kept.flatMap(({ field, side }) => (side === 'theirs' ? [field] : []))
