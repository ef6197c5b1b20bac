import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js'
import { nearest } from '../../metadata/nearest.ts'
import { didYouMean, type LocalText, type Problem, problem } from '../errors.ts'
import { isRecordId } from '../fields/parts/formats.ts'
import type { JsonSchema } from '../registry/field-type.ts'
import type { Registry } from '../registry/registry.ts'
import { addedFields, builtIn, isRegrouped, withoutAdded } from './built-in.ts'
import { equalDefinitions } from './canonical.ts'
import type { Definition, Kind } from './compiled.ts'
import { kindSchema } from './kinds/kind-schema.ts'
import { NAME_PATTERN } from './names.ts'
import { isRecord, own, pointer, valueAt } from './pointer.ts'

const MAX_DEPTH = 64
/** Of one list or map: more than any limit of the schemas. */
const MAX_ENTRIES = 10_000
/** More than a person can read; the check of 5,000 wrong options must not answer with as many problems. */
export const MOST_PROBLEMS = 500
const QUOTED_LENGTH = 80

/**
 * Faults of the shape of one definition: keys, types, names, against the JSON Schema of its kind. All of them
 * at once; paths are JSON pointers into the definition.
 * @param raw what was written, anything at all
 */
export function checkDefinition(
  raw: unknown,
  kind: Kind,
  name: string,
  registry: Registry,
): readonly Problem[] {
  if (!isRecord(raw)) return [wrongType('', { type: 'object' })]
  const outOfBounds = checkBounds(raw)
  if (outOfBounds !== undefined) return [outOfBounds]
  // Built-in definitions may say what others may not; unchanged, they are right, and only what a
  // workspace says itself is looked at.
  const engineOwn = builtIn(kind, name)
  if (engineOwn !== undefined && equalDefinitions(withoutAdded(engineOwn, raw), engineOwn, registry)) {
    return [...checkGroup(raw, engineOwn, registry), ...checkAddedFields(raw, engineOwn, registry)]
  }
  const validate = validatorOf(registry, kind)
  const faults = validate(raw) ? [] : problemsOf(validate.errors ?? [], raw)
  const written = own(raw, 'name')
  const moved =
    typeof written === 'string' && written !== name
      ? [problem('META_NAME_MISMATCH', '/name', { params: { name: quoted(written), expected: name } })]
      : []
  return [...faults, ...moved].slice(0, MOST_PROBLEMS)
}

/** Faults of the group into which a workspace has put an entity of the engine. */
function checkGroup(raw: object, engineOwn: Definition, registry: Registry): readonly Problem[] {
  if (!isRegrouped(engineOwn, raw)) return []
  const validate = validatorOf(registry, engineOwn.kind)
  const alone = { ...raw, fields: [{ name: 'name', type: 'text' }] }
  return validate(alone) ? [] : problemsOf(validate.errors ?? [], alone)
}

/** Faults of the fields that a workspace has added to an entity of the engine. */
function checkAddedFields(raw: object, engineOwn: Definition, registry: Registry): readonly Problem[] {
  const validate = validatorOf(registry, engineOwn.kind)
  return addedFields(engineOwn, raw).flatMap((position) => {
    const alone = { ...raw, fields: [valueAt(raw, ['fields', position])] }
    if (validate(alone)) return []
    return problemsOf(validate.errors ?? [], alone).map((fault) => ({
      ...fault,
      path: fault.path.replace('/fields/0', `/fields/${position}`),
    }))
  })
}

const validators = new WeakMap<JsonSchema, ValidateFunction>()

/**
 * A command compiles these anew each time: a second of its start, if ajv checked our own schemas as well, which the tests do,
 * and shortened the code that it writes, which saves nothing where a definition is looked at once.
 */
const QUICK_TO_COMPILE = { validateSchema: false, meta: false, code: { optimize: false } } as const

/** Compiled once per schema: again only when a plugin has added a field type since. */
function validatorOf(registry: Registry, kind: Kind): ValidateFunction {
  const schema = kindSchema(registry, kind)
  const known = validators.get(schema)
  if (known !== undefined) return known
  const ajv = new Ajv2020({
    allErrors: true,
    ownProperties: true,
    verbose: true,
    discriminator: true,
    allowUnionTypes: true,
    strictSchema: false, // x-zh, x-type and tsType are for people and generators
    formats: { uuid: isRecordId },
    ...QUICK_TO_COMPILE,
  })
  const validate = ajv.compile(schema)
  validators.set(schema, validate)
  return validate
}

/** Looks at depth and size without recursion, before anything that takes longer: what comes may mean harm. */
function checkBounds(raw: unknown): Problem | undefined {
  let level: { readonly value: unknown; readonly at: string }[] = [{ value: raw, at: '' }]
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > MAX_DEPTH) return problem('META_TOO_DEEP', '', { params: { limit: MAX_DEPTH } })
    const below: typeof level = []
    for (const { value, at } of level) {
      if (typeof value !== 'object' || value === null) continue
      const entries = Object.entries(value)
      if (entries.length > MAX_ENTRIES) return invalid(at, tooMany(MAX_ENTRIES))
      for (const [key, entry] of entries) {
        if (typeof entry === 'object') below.push({ value: entry, at: at + pointer(key) })
      }
    }
    level = below
  }
  return undefined
}

const tooMany = (limit: number): LocalText => ({
  en: `at most ${limit} entries`,
  'zh-CN': `最多 ${limit} 项`,
})

/** Keywords that only say that a branch failed; the branch's own faults say why. */
const BRANCH_KEYWORDS: ReadonlySet<string> = new Set(['if', 'oneOf', 'allOf', 'propertyNames'])

/**
 * What a schema finds wrong, in words: one problem for each place and code; the branches of an `anyOf` are told as one.
 * @param errors of an ajv that is `verbose`
 */
export function problemsOf(errors: readonly ErrorObject[], raw: unknown): readonly Problem[] {
  const chosen = errors.filter((error) => error.keyword === 'anyOf')
  const inBranch = (error: ErrorObject) =>
    error.keyword !== 'anyOf' &&
    chosen.some((one) => error.schemaPath !== one.schemaPath && isBranchOf(error, one, raw))
  const told = errors.filter((error) => !BRANCH_KEYWORDS.has(error.keyword) && !inBranch(error))
  const faults = told
    .filter((error) => error.keyword !== 'anyOf' || !told.some((other) => explains(other, error)))
    .map((error) => problemOf(error, raw))
  return [...new Map(faults.map((fault) => [`${fault.code} ${fault.path}`, fault])).values()]
}

/** Whether another fault says more exactly what is wrong inside of the value. */
function explains(fault: ErrorObject, choice: ErrorObject): boolean {
  if (fault.keyword === 'anyOf') return fault.instancePath.startsWith(`${choice.instancePath}/`)
  return (
    fault.instancePath === choice.instancePath || fault.instancePath.startsWith(`${choice.instancePath}/`)
  )
}

/** Whether the fault belongs to a branch of the `anyOf` whose faults only confuse. */
function isBranchOf(error: ErrorObject, choice: ErrorObject, raw: unknown): boolean {
  if (error.instancePath === choice.instancePath) {
    // Of an object only the branch for objects is told: its keys are what was meant.
    const value = valueAt(raw, steps(choice.instancePath))
    return !(isRecord(value) && ['additionalProperties', 'required'].includes(error.keyword))
  }
  return false
}

function steps(instancePath: string): readonly string[] {
  return instancePath
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'))
}

type Explain = (error: ErrorObject, raw: unknown) => Problem

const EXPLAIN: { readonly [keyword: string]: Explain } = {
  additionalProperties: (error) => {
    const name = String(error.params.additionalProperty)
    const known = Object.keys((error.parentSchema?.properties as object | undefined) ?? {})
    return problem('META_KEY_UNKNOWN', error.instancePath + pointer(name), {
      params: { name: quoted(name) },
      ...hinted(didYouMean(nearest(name.slice(0, QUOTED_LENGTH), known))),
    })
  },
  required: (error) => {
    const name = String(error.params.missingProperty)
    return problem('META_KEY_MISSING', error.instancePath + pointer(name), { params: { name } })
  },
  discriminator: (error, raw) => {
    const key = String(error.params.tag)
    const path = `${error.instancePath}/${key}`
    const type = valueAt(raw, steps(path))
    if (type === undefined) return problem('META_KEY_MISSING', path, { params: { name: key } })
    if (typeof type !== 'string') return wrongType(path, { type: 'string' })
    const branches = (error.parentSchema?.oneOf ?? []) as readonly JsonSchema[]
    const types = branches.map((one) => String(one.$ref).replace(/^#\/\$defs\/(field|step)_/, ''))
    return problem(key === 'do' ? 'META_ACTION_UNKNOWN' : 'META_FIELD_TYPE_UNKNOWN', path, {
      params: { name: quoted(type) },
      ...hinted(didYouMean(nearest(type.slice(0, QUOTED_LENGTH), types))),
    })
  },
  enum: (error) => oneOf(error.instancePath, error.params.allowedValues as readonly unknown[], error.data),
  const: (error) => oneOf(error.instancePath, [error.params.allowedValue], error.data),
  type: (error) => wrongType(error.instancePath, error.parentSchema as JsonSchema),
  anyOf: (error) => wrongType(error.instancePath, error.parentSchema as JsonSchema),
  pattern: (error) => {
    const path =
      error.propertyName === undefined ? error.instancePath : error.instancePath + pointer(error.propertyName)
    const written = String(error.propertyName ?? error.data)
    if (error.params.pattern !== NAME_PATTERN) return invalid(path, FORMS.get(error.params.pattern) ?? FORM)
    // A form that has been begun holds an empty name until somebody chooses one.
    if (error.data === '' && error.propertyName === undefined)
      return problem('META_KEY_MISSING', path, { params: { name: steps(path).at(-1) ?? '' } })
    return problem('META_NAME_INVALID', path, {
      params: { name: quoted(written) },
      ...hinted(nameHint(written)),
    })
  },
}

function problemOf(error: ErrorObject, raw: unknown): Problem {
  const explain = EXPLAIN[error.keyword]
  if (explain !== undefined) return explain(error, raw)
  return invalid(error.instancePath, limitReason(error))
}

const LIMITS: { readonly [keyword: string]: (limit: number) => LocalText } = {
  minLength: (n) => ({ en: `at least ${n} characters`, 'zh-CN': `至少 ${n} 个字符` }),
  maxLength: (n) => ({ en: `at most ${n} characters`, 'zh-CN': `最多 ${n} 个字符` }),
  minItems: (n) => ({ en: `at least ${n} entries`, 'zh-CN': `至少 ${n} 项` }),
  maxItems: tooMany,
  minProperties: (n) => ({ en: `at least ${n} keys`, 'zh-CN': `至少 ${n} 个键` }),
  minimum: (n) => ({ en: `at least ${n}`, 'zh-CN': `不小于 ${n}` }),
  maximum: (n) => ({ en: `at most ${n}`, 'zh-CN': `不大于 ${n}` }),
  exclusiveMinimum: (n) => ({ en: `more than ${n}`, 'zh-CN': `大于 ${n}` }),
  exclusiveMaximum: (n) => ({ en: `less than ${n}`, 'zh-CN': `小于 ${n}` }),
  multipleOf: (n) => ({ en: `a multiple of ${n}`, 'zh-CN': `${n} 的倍数` }),
}

const FORM: LocalText = { en: 'it does not have the form that is due here', 'zh-CN': '格式不符合要求' }
const FORMATS: { readonly [format: string]: LocalText } = {
  uuid: { en: 'an id is a UUID', 'zh-CN': '标识应为 UUID' },
  date: { en: 'a day is written like 2026-11-29', 'zh-CN': '日期应写作 2026-11-29 的形式' },
}
const TWICE: LocalText = { en: 'an entry stands here twice', 'zh-CN': '有重复的条目' }
const LANGUAGE: LocalText = {
  en: 'a language is written like en, fr or zh-CN',
  'zh-CN': '语言代码应写作 en、fr 或 zh-CN 的形式',
}

/** Patterns that people meet, with what is due instead. */
const FORMS: ReadonlyMap<string, LocalText> = new Map([
  ['^[a-z]{2,3}(-[A-Za-z]{2,4})?$', LANGUAGE],
  [
    '^[A-Z][A-Z0-9-]{1,39}$',
    { en: 'a requirement is written like REQ-CUST-001', 'zh-CN': '需求编号应写作 REQ-CUST-001 的形式' },
  ],
])

function limitReason(error: ErrorObject): LocalText {
  if (error.keyword === 'uniqueItems') return TWICE
  if (error.keyword === 'format') return FORMATS[String(error.params.format)] ?? FORM
  const limit = LIMITS[error.keyword]
  const value: unknown = error.params.limit ?? error.params.multipleOf
  return limit === undefined || typeof value !== 'number' ? FORM : limit(value)
}

const TYPES: { readonly [type: string]: LocalText } = {
  string: { en: 'a text', 'zh-CN': '文本' },
  number: { en: 'a number', 'zh-CN': '数字' },
  integer: { en: 'a whole number', 'zh-CN': '整数' },
  boolean: { en: 'true or false', 'zh-CN': 'true 或 false' },
  array: { en: 'a list', 'zh-CN': '列表' },
  object: { en: 'an object', 'zh-CN': '对象' },
}

function wrongType(path: string, schema: JsonSchema): Problem {
  const branches = (schema.anyOf as readonly JsonSchema[] | undefined) ?? [schema]
  const types = branches.flatMap((branch) => (branch.type ?? []) as string | readonly string[])
  const wanted = types.map((type) => TYPES[type] ?? FORM)
  return invalid(path, {
    en: `expected ${wanted.map((one) => one.en).join(' or ')}`,
    'zh-CN': `应为${wanted.map((one) => one['zh-CN']).join('或')}`,
  })
}

function oneOf(path: string, allowed: readonly unknown[], value: unknown): Problem {
  const names = allowed.map(String)
  const near = typeof value === 'string' ? nearest(value.slice(0, QUOTED_LENGTH), names) : undefined
  const reason = { en: `expected ${names.join(', ')}`, 'zh-CN': `应为 ${names.join('、')}` }
  return problem('META_VALUE_INVALID', path, { params: { reason }, ...hinted(didYouMean(near)) })
}

/** “Close Date” → “close_date”. */
function nameHint(written: string): LocalText | undefined {
  const mended = written
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^[^a-z]+|_+$/g, '')
    .slice(0, 40)
  return didYouMean(mended === '' || mended === written ? undefined : mended)
}

function invalid(path: string, reason: LocalText): Problem {
  return problem('META_VALUE_INVALID', path, { params: { reason } })
}

function hinted(hint: LocalText | undefined): { readonly hint?: LocalText } {
  return hint === undefined ? {} : { hint }
}

/** What people sent, short enough to be shown back. */
function quoted(text: string): string {
  const shown = [...text.slice(0, QUOTED_LENGTH).toWellFormed()].join('')
  return text.length > QUOTED_LENGTH ? `${shown}…` : shown
}
