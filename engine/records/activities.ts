import { isKnownField, isKnownWay } from '../access/access.ts'
import type { Actor } from '../access/actor.ts'
import { layoutFor } from '../forms/layout.ts'
import type { CompiledEntity, CompiledField, InverseRelation } from '../model/compiled.ts'
import type { Sight } from './cells.ts'

/** Records that tell what was done about another one: calls, meetings, tasks. */
export interface Activity {
  readonly entity: CompiledEntity
  /** The field that names what they are about. */
  readonly field: CompiledField
}

type View = Sight & { readonly actor: Pick<Actor, 'roles'> }

/**
 * What is done about an entity's records, as its model tells it. Records that may be about one of several entities are
 * activities by their nature; those of a plain lookup are where they have an instant of their own and the page lists them.
 */
export function activitiesOf(view: View, entity: CompiledEntity): readonly Activity[] {
  const tabs = layoutFor(view.model, entity, view.actor)?.page?.tabs
  const isListed = ({ name }: InverseRelation) =>
    tabs === undefined || tabs.some(({ related }) => related === name)
  return entity.inverses.flatMap((inverse) => {
    const from = view.model.entities.get(inverse.from)
    const field = from?.fields.get(inverse.field)
    // What is built in has calls and entries of its own.
    if (from === undefined || field === undefined || from.builtIn || !isKnownWay(view, inverse)) return []
    const isOne = field.relation?.kind === 'one' && hasInstant(from) && isListed(inverse)
    if (field.relation?.kind !== 'dynamic' && !isOne) return []
    return isReadable(view, from) ? [{ entity: from, field }] : []
  })
}

function hasInstant(entity: CompiledEntity): boolean {
  return [...entity.fields.values()].some(({ system, type }) => !system && type.name === 'date_time')
}

/** Whether the actor reads records of it, and when each was made: a timeline has no place for the others. */
function isReadable({ access }: View, { name, fields }: CompiledEntity): boolean {
  const made = fields.get('created_at')
  const rights = access.entity(name)
  return rights.read !== 'none' && made !== undefined && rights.cell(made).see === 'all'
}

/** Fields of a card. */
const CARD_FIELDS = 6

/** What of an activity is told beside its title: its first own values. */
export function cardFields({ access }: View, { entity, field }: Activity): readonly CompiledField[] {
  return [...entity.fields.values()]
    .filter((one) => !one.system && one !== entity.titleField && one !== field && one.relation === undefined)
    .filter((one) => isKnownField(access, entity, one))
    .slice(0, CARD_FIELDS)
}
