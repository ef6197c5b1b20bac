import type { Registry } from '../../registry/registry.ts'
import { type CompileSource, compileModel } from '../compile.ts'
import type { CompiledModel, DefinitionSet, Kind, RunningPilot } from '../compiled.ts'
import type { Target } from '../kinds/kind-spec.ts'
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
const READ_BY_FLOWS: ReadonlySet<Kind> = new Set(['message', 'document', 'flow'])

/** Flows that a pilot has otherwise: they themselves, what they say, or a flow that they start. */
function otherFlows(inForce: DefinitionSet, tried: DefinitionSet, registry: Registry): ReadonlySet<string> {
  const changes = changesBetween(inForce, tried, registry)
  const found = new Set(
    changes.flatMap(({ kind, before, after }) =>
      kind === 'flow' ? [before, after].flatMap((flow) => flow?.id ?? []) : [],
    ),
  )
  let read: readonly Target[] = changes.flatMap(({ kind, after }) =>
    READ_BY_FLOWS.has(kind) && after !== undefined ? [{ kind, name: after.name }] : [],
  )
  while (read.length > 0) {
    const reading = usersOf({ definitions: tried, registry }, read).filter(({ kind }) => kind === 'flow')
    const more = reading.filter(({ id }) => id !== undefined && !found.has(id))
    for (const { id } of more) found.add(id!)
    read = more
  }
  return found
}
