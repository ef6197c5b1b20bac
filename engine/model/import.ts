import { nearest } from '../../metadata/nearest.ts'
import { AppError, didYouMean, type Problem, problem } from '../errors.ts'
import type { Registry } from '../registry/registry.ts'
import { acceptDefinition } from './accept.ts'
import { addedFields, builtIn, extendBuiltIn, isRegrouped } from './built-in.ts'
import { equalDefinitions } from './canonical.ts'
import type { ChangesetItem } from './changesets.ts'
import type { DefinitionSet } from './compiled.ts'
import { findDefinition, isKind, KIND_NAMES, listDefinitions } from './definition-set.ts'
import { identifyInDraft } from './draft.ts'
import { own, pointer } from './pointer.ts'
import { readRuleTexts } from './read-rule-texts.ts'

export interface ImportOptions {
  /** The archive is the whole truth: what is in force and not in it is removed. */
  readonly isWhole: boolean
}

/**
 * The draft that brings an archive's definitions into a workspace: what is in force already makes no item. Pure but
 * for new ids.
 * @param definitions as read, in the order of the archive
 * @throws AppError with every problem, paths below `/definitions/<position>`
 */
export function planImport(
  inForce: DefinitionSet,
  definitions: readonly unknown[],
  registry: Registry,
  { isWhole }: ImportOptions,
): readonly ChangesetItem[] {
  const items = readDefinitions(inForce, definitions, registry)
  const changed = items.filter(
    (item) => !equalDefinitions(findDefinition(inForce, item.kind, item.name), item.definition, registry),
  )
  return isWhole ? [...changed, ...removals(inForce, items)] : changed
}

/**
 * The definitions of an archive as they would stand in a workspace, each with its ids. Pure but for new ids.
 * @throws AppError as `planImport`
 */
export function readDefinitions(
  inForce: DefinitionSet,
  definitions: readonly unknown[],
  registry: Registry,
): readonly ChangesetItem[] {
  const problems: Problem[] = []
  const sent = definitions.filter((raw) => own(raw, 'kind') === 'entity')
  const entities = [...inForce.entity.values(), ...sent]
  const items = definitions.flatMap((raw, position) => {
    try {
      return [readItem(raw, inForce, entities, registry)]
    } catch (error) {
      if (!(error instanceof AppError)) throw error
      const at = pointer('definitions', position)
      problems.push(...error.problems.map((fault) => ({ ...fault, path: at + fault.path })))
      return []
    }
  })
  if (problems.length > 0) throw new AppError(problems)
  return items
}

function readItem(
  raw: unknown,
  inForce: DefinitionSet,
  entities: readonly unknown[],
  registry: Registry,
): ChangesetItem {
  const kind = own(raw, 'kind')
  const name = own(raw, 'name')
  if (typeof kind !== 'string' || !isKind(kind)) throw new AppError(unknownKind(kind))
  if (typeof name !== 'string')
    throw new AppError(problem('META_KEY_MISSING', '/name', { params: { name: 'name' } }))
  const accepted = acceptDefinition(raw, kind, name)
  const read = readRuleTexts(accepted, kind, entities, registry)
  const definition = identifyInDraft(read, kind, inForce, undefined)
  const engineOwn = builtIn(kind, name)
  // An archive may be older than this engine, or name nothing but the fields that it adds.
  return {
    kind,
    name,
    definition: engineOwn === undefined ? definition : extendBuiltIn(engineOwn, definition),
  }
}

function unknownKind(kind: unknown): Problem {
  if (typeof kind !== 'string') return problem('META_KEY_MISSING', '/kind', { params: { name: 'kind' } })
  const name = kind.slice(0, 40).toWellFormed()
  const reason = { en: `there is no kind “${name}”`, 'zh-CN': `没有定义种类“${name}”` }
  return problem('META_VALUE_INVALID', '/kind', {
    params: { reason },
    hint: didYouMean(nearest(name, KIND_NAMES)),
  })
}

function removals(inForce: DefinitionSet, items: readonly ChangesetItem[]): readonly ChangesetItem[] {
  const named = new Set(items.map(({ kind, name }) => `${kind}/${name}`))
  const ids = new Set(items.map(({ definition }) => own(definition, 'id')))
  return listDefinitions(inForce)
    .filter(({ kind, name, id }) => !named.has(`${kind}/${name}`) && !ids.has(id))
    .flatMap((definition): ChangesetItem[] => {
      const { kind, name } = definition
      const engineOwn = builtIn(kind, name)
      if (engineOwn === undefined) return [{ kind, name, definition: undefined }]
      const isAsItCame =
        addedFields(engineOwn, definition).length === 0 && !isRegrouped(engineOwn, definition)
      return isAsItCame ? [] : [{ kind, name, definition: engineOwn }]
    })
}
