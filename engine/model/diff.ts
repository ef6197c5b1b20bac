import type { EntityDefinition, OptionSetDefinition, PipelineDefinition } from '../../metadata/types.ts'
import type { Registry } from '../registry/registry.ts'
import { keptCanonical } from './canonical.ts'
import type { Definition, DefinitionSet } from './compiled.ts'
import { isContentKind, KIND_NAMES, listDefinitions, toDefinitionSet } from './definition-set.ts'
import { changedKeys, type DiffContext, keyTitles, makeStep, namesInForce } from './diff-context.ts'
import { addEntity, diffEntity, retireEntity } from './diff-entity.ts'
import {
  diffItems,
  type Holder,
  type ItemStepKinds,
  isReordered,
  joinLists,
  type ListItem,
  OPTION_STEPS,
  ORDER,
  STAGE_STEPS,
} from './diff-items.ts'
import { identityOf, renamedBase } from './rename.ts'
import { takerOf } from './stage-takes.ts'
import type { CountQuery, Step } from './steps.ts'

/**
 * What publishing the candidate would do, by id: renames keep what they name, and what only follows a rename is
 * no step. Both sides are checked and identified. The order is that of kinds, names and items.
 * @param retired ids of entities and fields that were retired and whose data is still there
 */
export function diffDefinitions(
  base: DefinitionSet,
  candidate: DefinitionSet,
  registry: Registry,
  retired: ReadonlySet<string> = new Set(),
): readonly Step[] {
  const [from, to] = [canonicalSet(base, registry), canonicalSet(candidate, registry)]
  const context: DiffContext = {
    base: { definitions: from, registry },
    candidate: { definitions: to, registry },
    inForce: namesInForce(from),
    retired,
  }
  const originals = new Map(listDefinitions(from).map((definition) => [identityOf(definition), definition]))
  const renamed = renamedBase(context.base, to)
  const now = new Set(listDefinitions(to).map(identityOf))
  const gone = [...originals.values()].filter((definition) => !now.has(identityOf(definition)))
  const steps = [
    ...gone.map((definition) => ({ definition, steps: removed(definition, context) })),
    ...listDefinitions(to).map((definition) => {
      const id = identityOf(definition)
      const [original, before] = [originals.get(id), renamed.get(id)]
      if (original === undefined || before === undefined)
        return { definition, steps: [added(definition, context)] }
      const isSame = original === definition || JSON.stringify(original) === JSON.stringify(definition)
      return { definition, steps: isSame ? [] : changed({ original, before, after: definition }, context) }
    }),
  ]
  return steps.sort((one, other) => compare(one.definition, other.definition)).flatMap((one) => one.steps)
}

/** What is compared is the canonical form: a default written out is no change. */
function canonicalSet(set: DefinitionSet, registry: Registry): DefinitionSet {
  return toDefinitionSet(listDefinitions(set).map((definition) => keptCanonical(definition, registry)))
}

function compare(one: Definition, other: Definition): number {
  const byKind = KIND_NAMES.indexOf(one.kind) - KIND_NAMES.indexOf(other.kind)
  return byKind || (one.name < other.name ? -1 : one.name > other.name ? 1 : 0)
}

interface Pair<D extends Definition = Definition> {
  /** As it is in force. */
  readonly original: D
  /** The same with the candidate's names. */
  readonly before: D
  readonly after: D
}

function added(definition: Definition, context: DiffContext): Step {
  if (definition.kind === 'entity') return addEntity(definition, context)
  return makeStep(isContentKind(definition.kind) ? 'saveContent' : 'addDefinition', definition)
}

function removed(definition: Definition, context: DiffContext): readonly Step[] {
  if (definition.kind === 'entity') return [retireEntity(definition)]
  if (isContentKind(definition.kind)) return [makeStep('removeContent', definition)]
  if (definition.kind !== 'role') return [makeStep('removeDefinition', definition)]
  const counts = roleHolders(definition.name, context)
  return [
    makeStep('removeDefinition', definition, { tag: 'lossy', safeWhenNone: true, counts, note: ROLE_LOST }),
  ]
}

const ROLE_LOST = { en: 'Users lose this role.', 'zh-CN': '用户将失去此角色。' }

/** Users that have the role, as any field that offers roles. */
function roleHolders(role: string, { base }: DiffContext): readonly CountQuery[] {
  return holdersWhere(base.definitions, (field) => field.optionsOf === 'role').map((holder) => ({
    ...holder,
    where: 'option',
    values: [role],
  }))
}

function holdersWhere(
  base: DefinitionSet,
  holds: (field: EntityDefinition['fields'][number], entity: EntityDefinition) => boolean,
): readonly Holder[] {
  return [...base.entity.values()].flatMap((entity) =>
    entity.fields
      .filter((field) => holds(field, entity))
      .map((field) => ({
        entity: { name: entity.name, id: entity.id ?? entity.name },
        field: { name: field.name, id: field.id ?? field.name },
      })),
  )
}

function changed(pair: Pair, context: DiffContext): readonly Step[] {
  const { original, before, after } = pair
  if (original.kind === 'entity' && before.kind === 'entity' && after.kind === 'entity') {
    return diffEntity({ original, before, after }, context)
  }
  const renamed = original.name === after.name ? [] : [renameStep(pair, context)]
  if (original.kind === 'option_set' && before.kind === 'option_set' && after.kind === 'option_set') {
    return [...renamed, ...diffOptionSet({ original, before, after }, context)]
  }
  if (original.kind === 'pipeline' && before.kind === 'pipeline' && after.kind === 'pipeline') {
    return [...renamed, ...diffPipeline({ original, before, after }, context)]
  }
  return [...renamed, ...diffKeys(before, after, [], [], context)]
}

function renameStep({ original, after }: Pair, context: DiffContext): Step {
  const parts = { from: original.name, to: after.name }
  if (isContentKind(after.kind)) return makeStep('saveContent', after, parts)
  const counts = after.kind === 'role' ? roleHolders(original.name, context) : []
  return makeStep('renameDefinition', after, { ...parts, counts })
}

function diffKeys(
  before: Definition,
  after: Definition,
  without: readonly string[],
  more: readonly { readonly en: string; readonly 'zh-CN': string }[],
  context: DiffContext,
): readonly Step[] {
  const keys = changedKeys(before, after, ['id', 'name', ...without])
  const list = joinLists([keyTitles(context, after.kind, keys), ...more])
  if (list.en === '') return []
  return [makeStep(isContentKind(after.kind) ? 'saveContent' : 'changeDefinition', after, { list })]
}

function diffOptionSet(
  { original, before, after }: Pair<OptionSetDefinition>,
  context: DiffContext,
): readonly Step[] {
  const holders = holdersWhere(context.base.definitions, (field) => field.optionSet === original.name)
  const lists = { original: original.options, before: before.options, after: after.options }
  return diffWithItems(before, after, 'options', lists, holders, OPTION_STEPS, context)
}

function diffPipeline(
  { original, before, after }: Pair<PipelineDefinition>,
  context: DiffContext,
): readonly Step[] {
  const holders = holdersWhere(
    context.base.definitions,
    (field, entity) => entity.name === original.entity && field.name === original.field,
  )
  const lists = { original: original.stages, before: before.stages, after: after.stages }
  const taker = (removed: string) => takerOf(after.stages, removed)
  return diffWithItems(before, after, 'stages', lists, holders, STAGE_STEPS, context, taker)
}

function diffWithItems(
  before: Definition,
  after: Definition,
  key: string,
  lists: {
    readonly original: readonly ListItem[]
    readonly before: readonly ListItem[]
    readonly after: readonly ListItem[]
  },
  holders: readonly Holder[],
  kinds: ItemStepKinds,
  context: DiffContext,
  taker?: (removed: string) => ListItem | undefined,
): readonly Step[] {
  const order = isReordered(lists.before, lists.after) ? [ORDER] : []
  return [
    ...diffKeys(before, after, [key], order, context),
    ...diffItems({
      ...{ definition: after, ...lists, holders, kinds, context },
      ...(taker === undefined ? {} : { takerOf: taker }),
    }),
  ]
}
