import type { Json } from '../../store/json-value.ts'
import type { Schema } from '../schema.ts'

/**
 * A field as one of another type. What both types know goes along where it means the same to both: the most characters of a
 * text are not the largest value of a number.
 * @param from the schema of the type that it has
 * @param to the schema of the type that it gets
 */
export function asType(field: Json, type: string, from: Schema | undefined, to: Schema | undefined): Json {
  const kept = Object.entries(field).filter(([key, value]) => {
    const there = to?.properties?.[key]
    if (there === undefined || there['x-never'] === true) return false
    const here = from?.properties?.[key]
    return (here === undefined || here.title === there.title) && isWithin(value, there)
  })
  return { ...Object.fromEntries(kept), type }
}

const isWithin = (value: unknown, { minimum, maximum }: Schema): boolean =>
  typeof value !== 'number' ||
  (value >= (minimum ?? Number.NEGATIVE_INFINITY) && value <= (maximum ?? Number.POSITIVE_INFINITY))
