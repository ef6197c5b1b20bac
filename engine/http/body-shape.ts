import { nearest } from '../../metadata/nearest.ts'
import { AppError, didYouMean, type LocalText, type Problem, problem, refuse } from '../errors.ts'

/** What a flat body may hold, by key; `?` makes it optional. */
type Slot = 'text' | 'text?' | 'texts' | 'texts?' | 'flag?' | 'count?' | 'object?'
type Shape = Readonly<Record<string, Slot>>
type SlotValue = {
  text: string
  'text?': string | undefined
  texts: readonly string[]
  'texts?': readonly string[] | undefined
  'flag?': boolean | undefined
  'count?': number | undefined
  'object?': Readonly<Record<string, unknown>> | undefined
}
export type Shaped<S extends Shape> = { readonly [K in keyof S]: SlotValue[S[K]] }

const FITS: { readonly [K in Slot]: (value: unknown) => boolean } = {
  text: (value) => typeof value === 'string',
  'text?': (value) => typeof value === 'string',
  texts: (value) => Array.isArray(value) && value.every((item) => typeof item === 'string'),
  'texts?': (value) => Array.isArray(value) && value.every((item) => typeof item === 'string'),
  'flag?': (value) => typeof value === 'boolean',
  'count?': (value) => Number.isSafeInteger(value) && (value as number) >= 0,
  'object?': (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
}
const EXPECTED: { readonly [K in Slot]: LocalText } = {
  text: { en: 'text', 'zh-CN': '文本' },
  'text?': { en: 'text', 'zh-CN': '文本' },
  texts: { en: 'a list of texts', 'zh-CN': '文本列表' },
  'texts?': { en: 'a list of texts', 'zh-CN': '文本列表' },
  'flag?': { en: 'true or false', 'zh-CN': '“是”或“否”' },
  'count?': { en: 'a whole number from 0', 'zh-CN': '不小于 0 的整数' },
  'object?': { en: 'an object', 'zh-CN': '对象' },
}

/** Names that are told to be unknown; the rest is of the same kind, and each costs a look for the nearest. */
const MAX_UNKNOWN = 100

/**
 * Reads a small fixed body, such as a sign-in: every fault at once.
 * @throws AppError HTTP_BODY_NOT_OBJECT, FIELD_UNKNOWN, FIELD_REQUIRED, FIELD_TYPE_WRONG
 */
export function readShape<S extends Shape>(body: unknown, shape: S): Shaped<S> {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) throw refuse('HTTP_BODY_NOT_OBJECT')
  const given = new Map(Object.entries(body))
  const problems: Problem[] = []
  const unknown = [...given.keys()].filter((name) => !Object.hasOwn(shape, name))
  problems.push(...unknown.slice(0, MAX_UNKNOWN).map((name) => unknownKey(name, shape)))
  for (const [name, slot] of Object.entries(shape)) problems.push(...checkSlot(name, slot, given.get(name)))
  if (problems.length > 0) throw new AppError(problems)
  return Object.fromEntries(
    Object.keys(shape).map((name) => [name, given.get(name) ?? undefined]),
  ) as Shaped<S>
}

function checkSlot(name: string, slot: Slot, value: unknown): Problem[] {
  if (value === undefined || value === null)
    return slot.endsWith('?') ? [] : [problem('FIELD_REQUIRED', `/${name}`)]
  if (FITS[slot](value)) return []
  return [problem('FIELD_TYPE_WRONG', `/${name}`, { params: { expected: EXPECTED[slot] } })]
}

function unknownKey(name: string, shape: Shape): Problem {
  const hint = didYouMean(nearest(name, Object.keys(shape)))
  const path = `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`
  return problem('FIELD_UNKNOWN', path, { params: { name }, hint })
}
