import { nearest } from '../../metadata/nearest.ts'
import type { ConversionTarget } from '../../metadata/types.ts'
import { AppError, didYouMean, type Problem, problem, refuse } from '../errors.ts'
import { isRecordId } from '../fields/parts/formats.ts'

/** What is asked of one target of a conversion. */
export type ConversionChoice =
  | { readonly kind: 'none' }
  | { readonly kind: 'existing'; readonly id: string }
  | { readonly kind: 'new'; readonly values: Readonly<Record<string, unknown>> }

/**
 * The body of a conversion, by target: null for none, `{"id"}` for a record that is there, values for a new one. What is
 * not named is made with what is carried over.
 * @throws AppError with every fault at its place
 */
export function parseChoices(
  targets: readonly ConversionTarget[],
  body: unknown,
): ReadonlyMap<string, ConversionChoice> {
  if (body === undefined) return new Map()
  if (!isObject(body)) throw refuse('HTTP_BODY_NOT_OBJECT')
  const problems: Problem[] = []
  const choices = new Map<string, ConversionChoice>()
  for (const [name, said] of Object.entries(body)) {
    const at = `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`
    const target = targets.find((one) => one.name === name)
    if (target === undefined) {
      const hint = didYouMean(
        nearest(
          name,
          targets.map((one) => one.name),
        ),
      )
      problems.push(
        problem('FIELD_UNKNOWN', at, { params: { name: name.slice(0, 40) }, ...(hint && { hint }) }),
      )
    } else if (said === null) {
      if (target.required === true) problems.push(problem('FIELD_REQUIRED', at))
      else choices.set(name, { kind: 'none' })
    } else if (!isObject(said)) {
      problems.push(problem('FIELD_TYPE_WRONG', at, { params: { expected: OBJECT } }))
    } else if ('id' in said) {
      if (typeof said.id === 'string' && isRecordId(said.id))
        choices.set(name, { kind: 'existing', id: said.id.toLowerCase() })
      else problems.push(problem('FIELD_REFERENCE_MISSING', `${at}/id`))
      const others = Object.keys(said).filter((key) => key !== 'id')
      // What is there keeps its values: it is changed by a call of its own.
      for (const key of others)
        problems.push(problem('FIELD_UNKNOWN', `${at}/${key}`, { params: { name: key } }))
    } else choices.set(name, { kind: 'new', values: said })
  }
  if (problems.length > 0) throw new AppError(problems)
  return choices
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

const OBJECT = { en: 'an object or null', 'zh-CN': '对象或 null' }
