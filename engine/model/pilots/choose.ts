import type { Registry } from '../../registry/registry.ts'
import { type CompileSource, compileModel } from '../compile.ts'
import type { CompiledModel, DefinitionSet, Kind, RunningPilot } from '../compiled.ts'
import { changesBetween } from '../note.ts'
import { usersOf } from '../uses.ts'
import type { StoredPilot } from './pilot.ts'
import { pilotCandidate } from './settle.ts'

/** Whoever asks, as far as it says which model is theirs. */
interface Asker {
  readonly kind: string
  readonly id: string | undefined
  readonly roles: readonly string[]
}

/**
 * The model of one who asks: of the pilot begun first that they are among, else the one in force. Only people try anything:
 * API tokens, flows and visitors have what is in force.
 */
export function modelFor(inForce: CompiledModel, { kind, id, roles }: Asker): CompiledModel {
  if (inForce.pilots.length === 0 || kind !== 'user' || id === undefined) return inForce
  const own = inForce.pilots.find(
    ({ people, roles: named }) => people.has(id) || roles.some((role) => named.has(role)),
  )
  return own?.model ?? inForce
}

/**
 * A pilot compiled beside what is in force: other definitions, the same tables.
 * @throws AppError where it no longer checks
 */
export function compilePilot(source: CompileSource, pilot: StoredPilot, registry: Registry): RunningPilot {
  const { id, changeset, label, begunAt } = pilot
  const named = new Set(pilot.roles)
  const roles = [...source.definitions.role.values()].filter((role) => named.has(role.id ?? role.name))
  const definitions = pilotCandidate(source.definitions, pilot.items, registry)
  const flows = otherFlows(source.definitions, definitions, registry)
  const trial = { id, changeset, label, since: begunAt, flows }
  return Object.freeze({
    ...{ changeset, flows },
    people: new Set(pilot.people),
    roles: new Set(roles.map(({ name }) => name)),
    model: compileModel({ ...source, definitions, trial }),
  })
}

/** What flows read by name as they go. */
const SAID_BY_FLOWS: ReadonlySet<Kind> = new Set(['message', 'document'])

/** Flows that a pilot has otherwise: they themselves, or what they say. */
function otherFlows(inForce: DefinitionSet, tried: DefinitionSet, registry: Registry): ReadonlySet<string> {
  const changes = changesBetween(inForce, tried, registry)
  const own = changes.flatMap(({ kind, before, after }) =>
    kind === 'flow' ? [before?.id ?? '', after?.id ?? ''] : [],
  )
  const said = changes.filter(({ kind, after }) => SAID_BY_FLOWS.has(kind) && after !== undefined)
  const saying =
    said.length === 0
      ? []
      : usersOf({ definitions: tried, registry }, said).filter(({ kind }) => kind === 'flow')
  return new Set([...own, ...saying.map(({ id }) => id ?? '')].filter((id) => id !== ''))
}
