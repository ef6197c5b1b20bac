import { Ajv2020, type ErrorObject } from 'ajv/dist/2020.js'
import { isLosslessNumber } from 'lossless-json'
import { nearest } from '../../metadata/nearest.ts'
import { didYouMean, type LocalText, type Problem, type ProblemCode, problem, quoted } from '../errors.ts'
import { VALUE_FORMATS } from '../fields/parts/formats.ts'
import { VALUE_KEYWORDS } from '../fields/parts/keywords.ts'
import { formatFault, TYPE_NOUNS } from '../fields/parts/nouns.ts'
import type { CompiledField } from './compiled.ts'

/**
 * An ajv that knows the formats and keywords of field values. Every fault is reported, with the schema that it
 * failed; only own properties count, so that `__proto__` in a body is a key like any other.
 */
export function createValueAjv(): Ajv2020 {
  const ajv = new Ajv2020({
    allErrors: true,
    ownProperties: true,
    strict: true,
    allowUnionTypes: true,
    verbose: true,
    formats: { ...VALUE_FORMATS },
    // The schemas are the engine's own.
    ...{ validateSchema: false, meta: false },
  })
  for (const { keyword, type, holds } of VALUE_KEYWORDS) {
    ajv.addKeyword({
      keyword,
      type,
      schemaType: 'number',
      error: { message: `must satisfy ${keyword}` },
      compile: (limit: number) => (value: unknown) => holds(limit, value as never),
    })
  }
  ajv.addKeyword({
    keyword: 'x-maxItemsBeside',
    type: 'array',
    schemaType: 'object',
    error: { message: 'must satisfy x-maxItemsBeside' },
    compile: ({ limit, beside }: { readonly limit: number; readonly beside: readonly unknown[] }) => {
      const free = new Set(beside)
      return (value: readonly unknown[]) => value.filter((entry) => !free.has(entry)).length <= limit
    },
  })
  return ajv
}

/** More than a person can read; a list of a million wrong entries must not become a million problems. */
const MOST_PROBLEMS = 500
const MOST_ERRORS = 20_000

/** Keywords that only report that a branch failed; the branch's own faults say why. */
const BRANCH_KEYWORDS = new Set(['if', 'anyOf', 'oneOf', 'allOf', 'propertyNames'])

/**
 * Turns the errors of a validator built with `createValueAjv` into problems: one for each place, each with a
 * path into the body, and a hint where a near name or option was probably meant.
 * @param body what was validated
 * @param fieldsByName the entity's fields: decide codes of their own values and guess unknown names
 */
export function problemsOf(
  errors: readonly ErrorObject[],
  body: unknown,
  fieldsByName: ReadonlyMap<string, CompiledField>,
): Problem[] {
  const byPlace = new Map<string, Problem>()
  const looked = errors.slice(0, MOST_ERRORS)
  // A wrong type explains the other faults of its place, so it speaks first.
  const ordered = [...looked].sort((a, b) => Number(b.keyword === 'type') - Number(a.keyword === 'type'))
  const order = new Map(looked.map((error, index) => [placeOf(error, body), index] as const).reverse())
  for (const error of ordered) {
    if (byPlace.size >= MOST_PROBLEMS) break
    if (BRANCH_KEYWORDS.has(error.keyword)) continue
    const place = placeOf(error, body)
    if (byPlace.has(place)) continue
    byPlace.set(place, problemOf(error, place, body, fieldsByName))
  }
  return [...byPlace.entries()].sort(([a], [b]) => order.get(a)! - order.get(b)!).map(([, found]) => found)
}

/** Where a fault lies: the value itself, or the key that is missing or too many. */
function placeOf(error: ErrorObject, body: unknown): string {
  const key: unknown = error.params.missingProperty ?? error.params.additionalProperty
  if (typeof key !== 'string' || isLosslessNumber(valueAt(body, error.instancePath)))
    return error.instancePath
  return `${error.instancePath}/${pointerPart(key)}`
}

function problemOf(
  error: ErrorObject,
  place: string,
  body: unknown,
  fields: ReadonlyMap<string, CompiledField>,
): Problem {
  const value = valueAt(body, error.instancePath)
  if (isLosslessNumber(value)) return losslessProblem(error)
  const own = fields.get(fieldName(error))?.type.faults?.[error.keyword]
  const detail = general[error.keyword]?.(error, value, fields) ?? { code: 'FIELD_VALUE_INVALID' }
  const { code, ...rest } = detail
  return { ...problem(code, place, rest), ...(own === undefined ? {} : { code: own }) }
}

/** A number that a float does not keep arrives as an object that holds its text. */
function losslessProblem(error: ErrorObject): Problem {
  const expected: unknown = error.keyword === 'type' ? error.params.type : undefined
  if (expected === 'number' || expected === 'integer') {
    const scale: unknown = error.parentSchema?.['x-decimals']
    return problem('FIELD_NUMBER_TOO_PRECISE', error.instancePath, {
      params: { scale: typeof scale === 'number' ? scale : 0 },
    })
  }
  return problem('FIELD_TYPE_WRONG', error.instancePath, {
    params: { expected: TYPE_NOUNS[String(expected)] ?? TYPE_NOUNS.object! },
  })
}

function fieldName(error: ErrorObject): string {
  return (error.instancePath.split('/')[1] ?? '').replaceAll('~1', '/').replaceAll('~0', '~')
}

interface Detail {
  readonly code: ProblemCode
  readonly params?: Problem['params']
  readonly hint?: LocalText
}
type Describe = (error: ErrorObject, value: unknown, fields: ReadonlyMap<string, CompiledField>) => Detail

const limited =
  (code: ProblemCode): Describe =>
  (error) => ({ code, params: { limit: Number(error.params.limit) } })

/** What the keywords of JSON Schema mean, where a type does not say otherwise. */
const general: Readonly<Record<string, Describe>> = {
  type: describeType,
  format: (error) => formatFault(String(error.params.format)) as Detail,
  maxLength: limited('FIELD_TEXT_TOO_LONG'),
  minLength: limited('FIELD_TEXT_TOO_SHORT'),
  minimum: limited('FIELD_NUMBER_TOO_SMALL'),
  exclusiveMinimum: limited('FIELD_NUMBER_TOO_SMALL'),
  maximum: limited('FIELD_NUMBER_TOO_LARGE'),
  exclusiveMaximum: limited('FIELD_NUMBER_TOO_LARGE'),
  maxItems: limited('FIELD_LIST_TOO_LONG'),
  minItems: limited('FIELD_LIST_TOO_SHORT'),
  'x-maxItemsBeside': (error) => ({
    code: 'FIELD_LIST_TOO_LONG',
    params: { limit: (error.schema as { readonly limit: number }).limit },
  }),
  uniqueItems: () => ({ code: 'FIELD_LIST_DUPLICATE' }),
  'x-decimals': (error) => ({ code: 'FIELD_NUMBER_TOO_PRECISE', params: { scale: Number(error.schema) } }),
  'x-maxGraphemes': (error) => ({ code: 'FIELD_TEXT_TOO_LONG', params: { limit: Number(error.schema) } }),
  enum: describeOption,
  const: describeOption,
  not: describeOption,
  pattern: (_error, value) => ({ code: 'FIELD_VALUE_INVALID', params: { value: quoted(value) } }),
  required: () => ({ code: 'FIELD_REQUIRED' }),
  additionalProperties: describeUnknown,
  unevaluatedProperties: describeUnknown,
  'false schema': () => ({ code: 'FIELD_READ_ONLY' }),
}

function describeType(error: ErrorObject, value: unknown): Detail {
  const types = [error.params.type as unknown].flat().filter((type) => type !== 'null')
  // Null is where the value is missing: at the top it clears a field, and a required one may not be cleared.
  if (value === null && error.instancePath.split('/').length === 2) return { code: 'FIELD_REQUIRED' }
  return { code: 'FIELD_TYPE_WRONG', params: { expected: TYPE_NOUNS[String(types[0])] ?? String(types[0]) } }
}

function describeOption(error: ErrorObject, value: unknown): Detail {
  const allowed = [error.params.allowedValues ?? []].flat().filter((entry) => typeof entry === 'string')
  const hint = typeof value === 'string' ? didYouMean(nearest(value, allowed)) : undefined
  return {
    code: 'FIELD_OPTION_UNKNOWN',
    params: { value: quoted(value) },
    ...(hint === undefined ? {} : { hint }),
  }
}

function describeUnknown(
  error: ErrorObject,
  _value: unknown,
  fields: ReadonlyMap<string, CompiledField>,
): Detail {
  const name = String(error.params.additionalProperty ?? error.params.unevaluatedProperty)
  const atTop = error.instancePath === ''
  if (atTop && fields.get(name)?.writable === false) return { code: 'FIELD_READ_ONLY' }
  const known = atTop ? writableNames(fields) : Object.keys(error.parentSchema?.properties ?? {})
  const hint = didYouMean(nearest(name, known))
  return { code: 'FIELD_UNKNOWN', params: { name: quoted(name) }, ...(hint === undefined ? {} : { hint }) }
}

function writableNames(fields: ReadonlyMap<string, CompiledField>): readonly string[] {
  return [...fields.values()].filter((field) => field.writable).map((field) => field.name)
}

function pointerPart(key: string): string {
  return key.replaceAll('~', '~0').replaceAll('/', '~1')
}

/** The value at a JSON pointer, own properties only; undefined where there is none. */
function valueAt(body: unknown, pointer: string): unknown {
  let value = body
  for (const part of pointer.split('/').slice(1)) {
    const key = part.replaceAll('~1', '/').replaceAll('~0', '~')
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined
    value = (value as Record<string, unknown>)[key]
  }
  return value
}
