import { checkRule } from '../../../metadata/rules/check-rule.ts'
import type { RuleExpectation, RuleScope } from '../../../metadata/rules/types.ts'
import type { AssignmentDefinition, AssignmentRule, AssignmentTable } from '../../../metadata/types.ts'
import { type LocalText, type Problem, problem } from '../../errors.ts'
import { pointer } from '../pointer.ts'
import { assignmentsOf, candidateScope, isPool, isTable } from './assignment-place.ts'
import { fieldOf, relationOf } from './follow.ts'
import type { ModelContext } from './kind-spec.ts'
import { peopleProblems } from './people.ts'
import { recordScope } from './rule-scope.ts'

/** The faults of an assignment beyond shape and references. */
export function checkAssignment(definition: AssignmentDefinition, context: ModelContext): readonly Problem[] {
  const { entity, on, fields, rules, otherwise, accept } = definition
  const target = context.definitions.entity.get(entity)
  if (target === undefined) return [] // the check of references has reported it
  const scope = recordScope(context, entity)
  return [
    ...(target.owned === true ? [] : [unfit('/entity', NOT_OWNED)]),
    ...(on.includes('changed') && fields === undefined ? [unfit('/fields', FIELDS_MISSING)] : []),
    ...(!on.includes('changed') && fields !== undefined ? [unfit('/fields', ONLY_CHANGED)] : []),
    ...(fields ?? []).flatMap((name, index) =>
      name === 'owner' ? [unfit(pointer('fields', index), NOT_THE_OWNER)] : [],
    ),
    ...otherOf(definition, context),
    ...rules.flatMap((rule, index) => ruleProblems(rule, entity, scope, context, pointer('rules', index))),
    ...(otherwise === undefined
      ? []
      : isPool(otherwise)
        ? poolProblems(otherwise.pool, entity, context)
        : peopleProblems(context, entity, scope, otherwise, '/otherwise')),
    ...(accept?.else === 'otherwise' && otherwise === undefined ? [unfit('/accept/else', NO_OTHERWISE)] : []),
  ]
}

/** Two tables for one write would contradict one another. */
function otherOf(definition: AssignmentDefinition, { definitions }: ModelContext): readonly Problem[] {
  if (definition.active === false) return []
  const other = assignmentsOf(definitions, definition.entity).find(
    ({ name, on }) => name < definition.name && on.some((one) => definition.on.includes(one)),
  )
  return other === undefined ? [] : [unfit('/on', assignedTwice(other.name))]
}

function ruleProblems(
  rule: AssignmentRule,
  entity: string,
  scope: RuleScope,
  context: ModelContext,
  at: string,
): readonly Problem[] {
  const { when, to, candidates, by, weight, capacity, calendar, full } = rule
  const ofCandidate = candidateScope(context, entity)
  return [
    ...ruleFaults(when, 'condition', scope, `${at}/when`),
    ...ruleFaults(candidates, 'condition', ofCandidate, `${at}/candidates`),
    ...ruleFaults(weight, 'number', ofCandidate, `${at}/weight`),
    ...(weight !== undefined && by !== 'weighted' ? [unfit(`${at}/weight`, ONLY_WEIGHTED)] : []),
    ...(full === 'wait' && capacity === undefined && calendar === undefined
      ? [unfit(`${at}/full`, NEVER_FULL)]
      : []),
    ...(isTable(to)
      ? tableProblems(to, entity, context, `${at}/to`)
      : peopleProblems(context, entity, scope, to, `${at}/to`)),
  ]
}

function poolProblems(name: string, entity: string, { definitions }: ModelContext): readonly Problem[] {
  const pool = definitions.pool.get(name)
  return pool === undefined || pool.entity === entity ? [] : [unfit('/otherwise/pool', OTHER_POOL)]
}

function ruleFaults(
  rule: unknown,
  expected: RuleExpectation,
  scope: RuleScope,
  at: string,
): readonly Problem[] {
  if (rule === undefined) return []
  const { problems } = checkRule(rule, scope, expected, { runner: 'engine' })
  return problems.map((fault) => ({ ...fault, path: at + fault.path }))
}

function tableProblems(
  { table, match, take }: AssignmentTable,
  entity: string,
  context: ModelContext,
  at: string,
): readonly Problem[] {
  if (!context.definitions.entity.has(table)) return []
  const taken = fieldOf(context, table, take)
  const relation = taken === undefined ? undefined : relationOf(taken)
  const leads =
    ((relation?.kind === 'one' || relation?.kind === 'many') && relation.to === 'user') ||
    (relation?.kind === 'one' && relation.to === 'team')
  return [
    ...match.flatMap((name, index): readonly Problem[] => {
      const [of, own] = [fieldOf(context, table, name), fieldOf(context, entity, name)]
      const path = `${at}${pointer('match', index)}`
      if (of === undefined) return [unfit(path, notAField(table))]
      if (own === undefined) return [unfit(path, notAField(entity))]
      const isPlain = [of, own].every((one) => COMPARED.has(String(one.type?.rule?.type)))
      return isPlain && of.type?.rule?.type === own.type?.rule?.type ? [] : [unfit(path, NOT_COMPARED)]
    }),
    ...(taken === undefined || leads ? [] : [unfit(`${at}/take`, NO_PEOPLE)]),
  ]
}

/** Types of which a cell and a record's value are one or not. */
const COMPARED: ReadonlySet<string> = new Set(['text', 'number', 'boolean', 'id'])

function unfit(path: string, reason: LocalText): Problem {
  return problem('META_VALUE_INVALID', path, { params: { reason } })
}

function notAField(entity: string): LocalText {
  return { en: `“${entity}” has no such field`, 'zh-CN': `“${entity}”没有此字段` }
}
function assignedTwice(other: string): LocalText {
  return {
    en: `“${other}” assigns at the same writes; join the two tables`,
    'zh-CN': `“${other}”已在相同时机分配，请合并两张规则表`,
  }
}
const OTHER_POOL = { en: 'it is a pool of another entity', 'zh-CN': '该公海属于其他实体' }
const NO_OTHERWISE = { en: 'nothing is said under otherwise', 'zh-CN': '未设置“其余”' }
const NOT_OWNED = { en: 'its records have no owner', 'zh-CN': '该实体没有负责人' }
const FIELDS_MISSING = { en: 'say which fields, with changed', 'zh-CN': 'on 含 changed 时须写明字段' }
const ONLY_CHANGED = { en: 'it goes with “changed”', 'zh-CN': '须与“changed”同用' }
const NOT_THE_OWNER = { en: 'the owner is what is assigned', 'zh-CN': '负责人正是要分配的字段' }
const ONLY_WEIGHTED = { en: 'it goes with “weighted”', 'zh-CN': '须与“weighted”同用' }
const NEVER_FULL = {
  en: 'without capacity or calendar nobody is ever full',
  'zh-CN': '没有容量或工作日历时不会有人已满',
}
const NOT_COMPARED = {
  en: 'a text, option, number or lookup of the same type on both sides',
  'zh-CN': '两边须为同类型的文本、选项、数字或查找字段',
}
const NO_PEOPLE = { en: 'it holds neither users nor a team', 'zh-CN': '该字段既非用户也非团队' }
