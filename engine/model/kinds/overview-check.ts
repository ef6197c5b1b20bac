import { checkRule } from '../../../metadata/rules/check-rule.ts'
import type { LayoutDefinition, OverviewFigure } from '../../../metadata/types.ts'
import { type LocalText, type Problem, problem } from '../../errors.ts'
import { asName, isRecord, pointer } from '../pointer.ts'
import { fieldOf, inversesOf } from './follow.ts'
import type { ModelContext, Reference, RulePlace } from './kind-spec.ts'
import { fieldReferences } from './mentions.ts'
import { ruleReferences } from './rule-mentions.ts'
import { filterScope } from './rule-scope.ts'

interface Placed {
  readonly figure: OverviewFigure
  readonly at: string
}

const figuresOf = ({ page }: LayoutDefinition): readonly Placed[] =>
  (page?.overview ?? []).flatMap(({ figures = [] }, group) =>
    figures.map((figure, index) => ({ figure, at: pointer('page', 'overview', group, 'figures', index) })),
  )

/** Where an overview holds rules; of a definition that nobody has checked yet. */
export function overviewRules(definition: unknown): readonly RulePlace[] {
  const page = isRecord(definition) ? definition.page : undefined
  const groups = isRecord(page) && Array.isArray(page.overview) ? page.overview : []
  return groups.flatMap((group: unknown, index) => {
    const figures = isRecord(group) && Array.isArray(group.figures) ? group.figures : []
    return figures.map((figure: unknown, position) => ({
      at: ['page', 'overview', String(index), 'figures', String(position), 'filter'],
      entity: asName(isRecord(figure) ? figure.of : undefined),
    }))
  })
}

/** The fields, entities and rules that an overview mentions. */
export function overviewReferences(
  definition: LayoutDefinition,
  context: ModelContext,
): readonly Reference[] {
  const groups = (definition.page?.overview ?? []).flatMap(({ fields }, index) =>
    fieldReferences(definition.entity, fields, pointer('page', 'overview', index, 'fields')),
  )
  const figures = figuresOf(definition).flatMap(({ figure: { of, by, field, filter }, at }) => {
    const item = (name: string, path: string): readonly Reference[] =>
      fieldOf(context, of, name)?.system === true
        ? []
        : [{ path, to: { kind: 'entity', name: of, item: name } }]
    return [
      { path: `${at}/of`, to: { kind: 'entity' as const, name: of } },
      ...item(by, `${at}/by`),
      ...(field === undefined ? [] : item(field, `${at}/field`)),
      ...ruleReferences(context, of, filter, `${at}/filter`),
    ]
  })
  return [...groups, ...figures]
}

/** Figures that cannot be worked out. */
export function overviewProblems(definition: LayoutDefinition, context: ModelContext): readonly Problem[] {
  return figuresOf(definition).flatMap(({ figure, at }) => {
    const { of, by, fn, field, filter } = figure
    if (!context.definitions.entity.has(of)) return [] // the check of references has reported it
    const leads = inversesOf(context, definition.entity).some((way) => way.from === of && way.field === by)
    const isKnown = fieldOf(context, of, by) !== undefined
    const rule = filter === undefined ? [] : checkRule(filter, filterScope(context, of), 'condition').problems
    return [
      ...(leads || !isKnown ? [] : [invalid(`${at}/by`, NO_WAY)]),
      ...fieldProblems(context, figure, at),
      ...(fn === 'count' && field !== undefined ? [invalid(`${at}/field`, NO_FIELD)] : []),
      ...rule.map((fault) => ({ ...fault, path: `${at}/filter${fault.path}` })),
    ]
  })
}

function fieldProblems(
  context: ModelContext,
  { of, fn, field }: OverviewFigure,
  at: string,
): readonly Problem[] {
  if (fn === 'count') return []
  if (field === undefined) return [problem('FIELD_REQUIRED', `${at}/field`)]
  const type = fieldOf(context, of, field)?.type
  if (type === undefined || type.measures.includes(fn)) return []
  const reason = {
    en: `a field of type ${type.name} has no “${fn}”`,
    'zh-CN': `${type.label['zh-CN']}类型的字段不能计算“${fn}”`,
  }
  return [invalid(`${at}/fn`, reason)]
}

const NO_WAY = { en: 'the field does not lead to that entity', 'zh-CN': '该字段不指向该实体' }
const NO_FIELD = { en: 'a count has no field', 'zh-CN': '计数不针对字段' }

function invalid(path: string, reason: LocalText): Problem {
  return problem('META_VALUE_INVALID', path, { params: { reason } })
}
