import { nearest } from '../../metadata/nearest.ts'
import { textIn } from '../../metadata/text.ts'
import { isKnownField } from '../access/access.ts'
import { didYouMean, refuse } from '../errors.ts'
import type { CompiledEntity } from '../model/compiled.ts'
import type { RequestContext } from './context.ts'

export interface OptionQuestion {
  /** The option under which they stand; those that stand under none fit everywhere. */
  readonly under?: string
  /** A part of their label or name. */
  readonly q?: string
  /** Their names, with commas between: how they are called. */
  readonly names?: string
}

export interface FoundOption {
  readonly name: string
  readonly label: string
  readonly color?: string
  readonly under?: string
}

/** Options in one answer; who looks for more types on. */
const MOST_FOUND = 300

/**
 * Options of a field with a long list, of which forms get only what they ask for.
 * @throws AppError FIELD_UNKNOWN
 */
export function findOptions(
  { access, actor }: RequestContext,
  entity: CompiledEntity,
  name: string,
  question: OptionQuestion,
): readonly FoundOption[] {
  const field = entity.fields.get(name)
  if (field?.options === undefined || !isKnownField(access, entity, field)) {
    const known = [...entity.fields.values()].filter(
      (other) => other.options !== undefined && isKnownField(access, entity, other),
    )
    const hint = didYouMean(
      nearest(
        name,
        known.map((other) => other.name),
      ),
    )
    throw refuse('FIELD_UNKNOWN', '/field', { params: { name }, hint })
  }
  const { under, q, names } = question
  const wanted = names === undefined ? undefined : new Set(names.split(','))
  const part = q?.trim().toLowerCase() ?? ''
  return field.options
    .map((option) => ({ ...option, label: textIn(option.label, actor.language, option.name) }))
    .filter(
      (option) =>
        (wanted === undefined || wanted.has(option.name)) &&
        (under === undefined || option.under === undefined || option.under === under) &&
        (option.label.toLowerCase().includes(part) || option.name.includes(part)),
    )
    .slice(0, MOST_FOUND)
    .map(({ name: value, label, color, under: above }) => ({
      name: value,
      label,
      ...(color === undefined ? {} : { color }),
      ...(above === undefined ? {} : { under: above }),
    }))
}
