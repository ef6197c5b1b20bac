import type { TFunction } from 'i18next'
import type { Entity, Field } from '../../api/types.ts'

/** What a condition asks: a field of the records, one of a record that they point to, or what is said of a stage. */
export interface Asked {
  readonly label: string
  /** With the entity whose field it is; undefined for what is no field, such as the type of a stage. */
  readonly of: { readonly entity: Entity; readonly field: Field } | undefined
  /** What options that are none of a field's are called. */
  readonly option: ((value: unknown) => string) | undefined
}

const STAGE_PARTS: ReadonlySet<string> = new Set(['type', 'probability', 'forecast'])
const STAGE_TYPES: ReadonlySet<unknown> = new Set(['open', 'won', 'lost'])

/**
 * @param path as a rule names it: `amount`, `account.level`, `stage.type`, `days_in_stage`
 * @param entities those that the model has
 */
export function askedField(
  entity: Entity,
  path: string,
  { t, entities }: { readonly t: TFunction; readonly entities: readonly Entity[] },
): Asked {
  const [step = '', ...rest] = path.split('.')
  const field = entity.fields.find(({ name }) => name === step)
  if (field === undefined)
    return { label: stageQuestion(entity, step, t) ?? path, of: undefined, option: undefined }
  if (rest.length === 0) return { label: field.label, of: { entity, field }, option: undefined }
  const [part = ''] = rest
  if (field.type === 'stage' && rest.length === 1 && STAGE_PARTS.has(part)) {
    const option = (value: unknown): string =>
      part === 'type' && STAGE_TYPES.has(value) ? t(`filter.stageType.${value}`) : String(value)
    return { label: t(`filter.stage.${part}`, { stage: field.label }), of: undefined, option }
  }
  const next = entities.find(({ name }) => name === field.relation?.to[0])
  if (next === undefined) return { label: path, of: undefined, option: undefined }
  const asked = askedField(next, rest.join('.'), { t, entities })
  return { ...asked, label: `${field.label} › ${asked.label}` }
}

function stageQuestion(entity: Entity, name: string, t: TFunction): string | undefined {
  for (const { type, name: field, label } of entity.fields) {
    if (type !== 'stage') continue
    if (name === `days_in_${field}`) return t('filter.stage.days', { stage: label })
    if (name === (field === 'stage' ? 'is_stalled' : `${field}_is_stalled`)) return t('filter.stage.stalled')
  }
  return undefined
}
