import { textIn } from '../../metadata/text.ts'
import type { FieldTold, MoveReach, RoleTold } from '../../runtime-ui/api/rights.ts'
import { useLanguage, useWork } from '../../runtime-ui/kit/model-context.tsx'
import { fieldsOf } from '../model/model-graph.ts'
import { isObject, type Json, valueAt } from '../store/json-value.ts'
import { useDefinition, useStore } from '../store/store.tsx'
import { useNames } from '../store/use-names.ts'
import type { MatrixEntity } from './Matrix.tsx'
import { entityTold } from './use-told.ts'

/** A field as the draft has it, with what the role comes to on it. */
export interface DrawnField {
  /** As the role speaks of it: by its former name, where it says something by that and the draft renames it. */
  readonly name: string
  readonly label: string
  readonly personal: string | undefined
  /** Only the draft has it, of an entity that is in force. */
  readonly isNew: boolean
  /** What it is called in force; undefined where only the draft has it. */
  readonly former: string | undefined
  /** Undefined while the engine cannot say it. */
  readonly told: FieldTold | undefined
}

/** A stage, and which records the role brings there. */
export type DrawnMove = Omit<MoveReach, 'moves'> & { readonly moves: MoveReach['moves'] | undefined }

/** The rows of the matrix: all entities as the draft has them, business entities first. */
export function useDrawnEntities(told: RoleTold | undefined, isSaid: boolean): readonly MatrixEntity[] {
  const { model } = useWork()
  const { fates } = useStore()
  const names = useNames()
  // Where nothing can be told of the draft, what is in force is known all the same.
  const standing = (told?.entities ?? (isSaid ? model.entities.map(plain) : [])).filter(
    ({ name }) => fates.get(`entity/${name}`) !== 'removed',
  )
  // In the order of what is in force: what the draft changes does not leave its place.
  const places = new Map(model.entities.map(({ name }, at) => [name, at]))
  const placeOf = (name: string): number => places.get(name) ?? places.size
  const business = standing
    .filter((one) => !one.built_in)
    .map(({ name }) => name)
    .toSorted((one, other) => placeOf(one) - placeOf(other))
  const made = names.of('entity').filter(({ value }) => fates.get(`entity/${value}`) === 'new')
  const rest = standing.filter((one) => one.built_in).map(({ name }) => name)
  const labels = new Map(standing.map(({ name, label }) => [name, label]))
  const rows = isSaid ? [...business, ...made.map(({ value }) => value), ...rest] : []
  return [...new Set(rows)].map((name) => {
    const fate = fates.get(`entity/${name}`)
    return {
      name,
      label: fate === undefined ? (labels.get(name) ?? name) : names.plural(name),
      icon: names.icon(name),
      isNew: fate === 'new',
    }
  })
}

const plain = (entity: { readonly name: string; readonly plural: string; readonly builtIn?: true }) => ({
  ...{ name: entity.name, label: entity.plural, built_in: entity.builtIn === true },
})

/** The fields and stages of one entity as the draft has them. */
export function useDrawnEntity(role: Json, told: RoleTold | undefined, entity: string) {
  const language = useLanguage()
  const names = useNames()
  const { now, inForce } = useDefinition({ kind: 'entity', name: entity })
  const { fates } = useStore()
  const fate = fates.get(`entity/${entity}`)
  const isTouched = fate !== undefined
  const rights = entityTold(told, entity)
  const drafted = isTouched ? fieldsOf(now) : []
  const former = new Map(fieldsOf(inForce).map((field) => [field.id ?? field.name, String(field.name)]))
  const formerOf = (field: Json): string | undefined => former.get(field.id ?? field.name)
  const drawn = (field: Json, sight: FieldTold | undefined): DrawnField => {
    const name = String(field.name ?? '')
    const was = formerOf(field)
    const isSaidByFormer =
      was !== undefined && valueAt(role, ['entities', entity, 'fields', was]) !== undefined
    return {
      name: isSaidByFormer ? was : name,
      label: textIn(field.label as Parameters<typeof textIn>[0], language, name),
      personal: typeof field.personal === 'string' ? field.personal : undefined,
      isNew: fate === 'changed' && was === undefined,
      former: was,
      told: sight,
    }
  }
  const own = (rights?.fields ?? []).filter((field) => !field.system)
  const standing = own.flatMap((sight): readonly DrawnField[] => {
    if (!isTouched)
      return [{ ...sight, personal: sight.personal, isNew: false, former: sight.name, told: sight }]
    const field = drafted.find(({ name }) => name === sight.name)
    return field === undefined ? [] : [drawn(field, sight)]
  })
  const untold = drafted
    .filter(({ name }) => !own.some((sight) => sight.name === name))
    .map((field) => drawn(field, undefined))
  const stages = drafted
    .filter(({ type }) => type === 'stage')
    .flatMap(({ name }) =>
      (names.options(entity, String(name)) ?? []).map(
        ({ value, label }): DrawnMove => ({ field: String(name), stage: value, label, moves: undefined }),
      ),
    )
  return {
    fields: [...standing, ...untold],
    moves: (rights?.moves ?? stages) as readonly DrawnMove[],
    /** Whether the role sees any of its records; undefined while the engine cannot say it. */
    isRead: rights === undefined ? undefined : gives(rights.rights.read),
  }
}

const gives = (read: unknown): boolean => isObject(read) && read.scope !== 'none'
