import { nearest } from '../../metadata/nearest.ts'
import { isKnownField } from '../access/access.ts'
import { didYouMean, type Problem, problem } from '../errors.ts'
import type { CompiledEntity, CompiledField } from '../model/compiled.ts'
import type { Sight } from './cells.ts'

/** Which fields of a record go out, and which of its lookups as objects. */
export interface Selection {
  readonly entity: CompiledEntity
  readonly fields: readonly CompiledField[]
  /** By field name; the selection of the record that it leads to. A dynamic lookup has none of its own. */
  readonly expand: ReadonlyMap<string, Selection | undefined>
}

const MAX_EXPAND_DEPTH = 2
const ALL = '*'

interface PathTree {
  readonly names: Map<string, PathTree>
}

/**
 * The selection for `fields` and `expand` (comma lists with dots into lookups), or every problem in them.
 * Without `fields`, or with `*`, all readable stored fields go out; child lists only when they are named.
 */
export function parseSelection(
  sight: Sight,
  entity: CompiledEntity,
  fields: string | undefined,
  expand: string | undefined,
): { selection: Selection; problems: readonly Problem[] } {
  const problems: Problem[] = []
  const wanted = fields === undefined ? undefined : treeOf(fields)
  const expanded = treeOf(expand ?? '')
  const selection = select(sight, entity, wanted, expanded, 0, problems)
  return { selection, problems }
}

function treeOf(list: string): PathTree {
  const root: PathTree = { names: new Map() }
  for (const path of list.split(',')) {
    let node = root
    for (const name of path.trim().split('.')) {
      if (name === '') continue
      let next = node.names.get(name)
      if (next === undefined) {
        next = { names: new Map() }
        node.names.set(name, next)
      }
      node = next
    }
  }
  return root
}

function select(
  sight: Sight,
  entity: CompiledEntity,
  wanted: PathTree | undefined,
  expanded: PathTree,
  depth: number,
  problems: Problem[],
): Selection {
  for (const [tree, path] of [
    [wanted, '/fields'],
    [expanded, '/expand'],
  ] as const) {
    for (const name of tree?.names.keys() ?? []) {
      const isAll = name === ALL && path === '/fields'
      if (!isAll && readableField(sight, entity, name) === undefined)
        problems.push(unknownField(sight, entity, name, path))
    }
  }
  const fields = [...entity.fields.values()].filter((field) =>
    isSelected(sight, entity, field, wanted, expanded),
  )
  const expand = new Map<string, Selection | undefined>()
  for (const field of fields) {
    const within = wanted?.names.get(field.name)
    const behind = expanded.names.get(field.name)
    const hasPath = within !== undefined && within.names.size > 0
    if (behind === undefined && !hasPath) continue
    const path = hasPath ? '/fields' : '/expand'
    if (field.relation === undefined) {
      problems.push(problem('QUERY_FIELD_NOT_EXPANDABLE', path, { params: { name: field.name } }))
    } else if (depth >= MAX_EXPAND_DEPTH) {
      problems.push(problem('QUERY_EXPAND_TOO_DEEP', path))
    } else {
      const deeper = { wanted: hasPath ? within : undefined, expanded: behind ?? NOTHING }
      expand.set(field.name, expandField(sight, field, deeper, depth, problems))
    }
  }
  return { entity, fields, expand }
}

const NOTHING: PathTree = { names: new Map() }

function expandField(
  sight: Sight,
  field: CompiledField,
  { wanted, expanded }: { readonly wanted: PathTree | undefined; readonly expanded: PathTree },
  depth: number,
  problems: Problem[],
): Selection | undefined {
  const relation = field.relation
  if (relation === undefined) return undefined
  if (relation.kind === 'dynamic') {
    // One of several entities: there is no field that all of them have.
    const names = [...(wanted?.names.keys() ?? []), ...expanded.names.keys()]
    for (const name of names) {
      const path = wanted?.names.has(name) === true ? '/fields' : '/expand'
      problems.push(
        problem('QUERY_FIELD_NOT_EXPANDABLE', path, { params: { name: `${field.name}.${name}` } }),
      )
    }
    return undefined
  }
  const target = sight.model.entities.get(relation.kind === 'children' ? relation.of : relation.to)
  if (target === undefined) return undefined
  const selection = select(sight, target, wanted, expanded, depth + 1, problems)
  if (wanted !== undefined) return selection
  // What a reader of a list wants of a related record: its own fields, not the engine's marks on it; of a person
  // the name alone, not address and roles beside every record.
  const isPerson = target.name === 'user'
  return {
    ...selection,
    fields: selection.fields.filter(
      (inner) => selection.expand.has(inner.name) || !(isPerson || inner.system),
    ),
  }
}

function isSelected(
  { access }: Sight,
  entity: CompiledEntity,
  field: CompiledField,
  wanted: PathTree | undefined,
  expanded: PathTree,
): boolean {
  if (!isKnownField(access, entity, field)) return false
  if (expanded.names.has(field.name)) return true
  if (field.name === 'id') return true
  if (wanted !== undefined && !wanted.names.has(ALL)) return wanted.names.has(field.name)
  if (wanted?.names.has(field.name)) return true
  return field.relation?.kind !== 'children'
}

function readableField({ access }: Sight, entity: CompiledEntity, name: string): CompiledField | undefined {
  const field = entity.fields.get(name)
  return field !== undefined && isKnownField(access, entity, field) ? field : undefined
}

/** The problem of a name that is no field of the entity, with the nearest that is. */
export function unknownField({ access }: Sight, entity: CompiledEntity, name: string, path: string): Problem {
  const known = [...entity.fields.values()]
    .filter((field) => isKnownField(access, entity, field))
    .map((field) => field.name)
  return problem('QUERY_FIELD_UNKNOWN', path, { params: { name }, hint: didYouMean(nearest(name, known)) })
}
