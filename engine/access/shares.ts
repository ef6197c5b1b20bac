import type { Holder, SharingDefinition } from '../../metadata/types.ts'
import type { CompiledEntity, CompiledModel } from '../model/compiled.ts'
import { poolsOf } from '../model/kinds/pool-place.ts'
import type { Access } from './access.ts'
import { amongTest, anyOf, bothOf, givenTest, pooledTest, type RowTest, throughTest } from './row-test.ts'
import { scopeTest } from './scope-test.ts'

/** One way in which records of an entity reach an actor beyond the scope of their roles. */
export interface EntityShare {
  /** The name of the sharing definition; undefined for what people share by hand. */
  readonly sharing: string | undefined
  /** The name of the pool whose members read it. */
  readonly pool?: string
  readonly read: RowTest
  readonly edit: RowTest
}

/** Whether it is what people share by hand. */
export function isByHand({ sharing, pool }: EntityShare): boolean {
  return sharing === undefined && pool === undefined
}

interface ShareSource {
  readonly model: CompiledModel
  /** All roles of the actor, by name. */
  readonly roles: readonly string[]
  /** What the actor may do by all of them: the parent of a record is reached by any. */
  readonly whole: Access
}

/** What is shared of an entity with actors of these roles; nothing, at no cost, where nothing can be. */
export function sharesOn(source: ShareSource, entity: CompiledEntity): readonly EntityShare[] {
  const { model, roles } = source
  const shares: EntityShare[] = []
  for (const definition of model.definitions.sharing.values()) {
    if (definition.entity !== entity.name) continue
    const share = byDefinition(source, entity, definition)
    if (share.read !== 'none') shares.push(share)
  }
  for (const pool of poolsOf(model.definitions, entity.name)) {
    const read = bothOf(holderTest(source, pool.members), pooledTest('pooled', [pool.id]))
    if (read !== 'none') shares.push({ sharing: undefined, pool: pool.name, read, edit: 'none' })
  }
  if (isOpenByHand(model, entity.name)) {
    const ids = roles.flatMap((name) => model.definitions.role.get(name)?.id ?? [])
    shares.push({ sharing: undefined, read: givenTest('read', ids), edit: givenTest('edit', ids) })
  }
  return shares
}

/** Whether records of the entity may be shared by hand: a role names it with that right. */
export function isOpenByHand(model: CompiledModel, entity: string): boolean {
  for (const role of model.definitions.role.values()) {
    const scope = role.entities?.[entity]?.share
    if (scope !== undefined && scope !== 'none') return true
  }
  return false
}

function byDefinition(
  source: ShareSource,
  entity: CompiledEntity,
  definition: SharingDefinition,
): EntityShare {
  const { name: sharing, access, through } = definition
  if (through !== undefined) {
    const [read, edit] = (['read', 'edit'] as const).map((way) => throughParent(source, entity, through, way))
    return { sharing, read: read!, edit: access === 'edit' ? edit! : 'none' }
  }
  const read = bothOf(
    holderTest(source, holdersOf(definition)),
    scopeTest(source.model, entity, ruleOf(definition)),
  )
  return { sharing, read, edit: access === 'edit' ? read : 'none' }
}

/** Where a parent may be read; for `edit` where it may be changed as well. */
function throughParent(
  { model, whole }: ShareSource,
  entity: CompiledEntity,
  through: string,
  access: 'read' | 'edit',
): RowTest {
  const relation = entity.fields.get(through)?.relation
  const targets = relation?.kind === 'one' ? [relation.to] : relation?.kind === 'dynamic' ? relation.to : []
  const parents = targets
    .filter((name) => model.entities.has(name))
    .map((name) => {
      const { read, update } = whole.entity(name)
      return { entity: name, test: access === 'read' ? read : bothOf(read, update) }
    })
  return throughTest(through, access, parents)
}

export function holdersOf(definition: SharingDefinition): readonly Holder[] {
  const { with: holders = [] } = definition
  return Array.isArray(holders) ? holders : [holders as Holder]
}

/** Whether the actor is one of the holders: by role that is known here, by user and team the database tells. */
export function holderTest({ roles }: Pick<ShareSource, 'roles'>, holders: readonly Holder[]): RowTest {
  if (holders.some(({ role }) => role !== undefined && roles.includes(role))) return 'all'
  const users = holders.flatMap(({ user }) => (user === undefined ? [] : [user.toLowerCase()]))
  const teams = holders.flatMap(({ team }) => team ?? [])
  return anyOf([amongTest([...users].sort(), [...teams].sort())])
}

function ruleOf({ when }: SharingDefinition): 'all' | Readonly<Record<string, unknown>> {
  return when === undefined ? 'all' : (when as Readonly<Record<string, unknown>>)
}
