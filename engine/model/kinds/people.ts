import { checkRule } from '../../../metadata/rules/check-rule.ts'
import type { RuleScope } from '../../../metadata/rules/types.ts'
import type { People } from '../../../metadata/types.ts'
import { type Language, type LocalText, type Problem, problem } from '../../errors.ts'
import { isRecord, pointer } from '../pointer.ts'
import { endOfPath, fieldOf, followPath, relationOf } from './follow.ts'
import type { ModelContext, Reference } from './kind-spec.ts'
import { pathReferences } from './mentions.ts'
import { type Place, placedRuleReferences } from './rule-mentions.ts'
import { called } from './sentences.ts'

const FORMS = ['user', 'role', 'team', 'field', 'leaderOf', 'value'] as const

/** One form of people with where it stands. */
export interface PlacedPeople {
  readonly people: People
  readonly at: string
}

/** A single one or a list, each with its place. */
export function placedPeople(said: unknown, at: string): readonly PlacedPeople[] {
  const list = Array.isArray(said) ? said : [said]
  return list.flatMap((one: unknown, index) =>
    isRecord(one) ? [{ people: one as People, at: Array.isArray(said) ? at + pointer(index) : at }] : [],
  )
}

/** Whether a value has the form of people. */
export function isPeople(value: unknown): boolean {
  const list = Array.isArray(value) ? value : [value]
  return (
    list.length > 0 && list.every((one) => isRecord(one) && FORMS.some((form) => Object.hasOwn(one, form)))
  )
}

/** Roles, fields and what rules mention. @param place where its rules and paths begin; without an entity paths lead nowhere */
export function peopleReferences(
  place: Omit<Place, 'root'> & { readonly root: string | undefined },
  said: unknown,
  at: string,
): readonly Reference[] {
  const { context, root } = place
  return placedPeople(said, at).flatMap(({ people, at: path }): readonly Reference[] => [
    ...(people.role === undefined
      ? []
      : [{ path: `${path}/role`, to: { kind: 'role' as const, name: people.role } }]),
    ...(root === undefined ? [] : fieldPaths(context, root, people, path)),
    ...(people.value === undefined || root === undefined
      ? []
      : placedRuleReferences({ ...place, root }, people.value, `${path}/value`)),
  ])
}

function fieldPaths(
  context: ModelContext,
  root: string,
  { field, leaderOf, in: within }: People,
  at: string,
): readonly Reference[] {
  const said = { '/field': field, '/leaderOf': leaderOf, '/in/field': within?.field }
  return Object.entries(said).flatMap(([key, path]) =>
    path === undefined ? [] : pathReferences(context, root, path, { at: at + key }),
  )
}

/** The faults of people. @param scope of rules; undefined where there is no record: then no field may be named */
export function peopleProblems(
  context: ModelContext,
  entity: string | undefined,
  scope: RuleScope,
  said: unknown,
  at: string,
): readonly Problem[] {
  return placedPeople(said, at).flatMap(({ people, at: path }) => {
    const forms = FORMS.filter((form) => people[form] !== undefined)
    if (forms.length !== 1) return [unfit(path, ONE_FORM)]
    if (people.in !== undefined && people.role === undefined) return [unfit(`${path}/in`, goesWith('role'))]
    if (people.level !== undefined && people.leaderOf === undefined)
      return [unfit(`${path}/level`, goesWith('leaderOf'))]
    return [...fieldProblems(context, entity, people, path), ...valueProblems(people, scope, path)]
  })
}

function valueProblems({ value }: People, scope: RuleScope, at: string): readonly Problem[] {
  if (value === undefined) return []
  const { typed, problems } = checkRule(value, scope, 'any', { runner: 'engine' })
  if (typed !== undefined && !['id', 'ids', 'null'].includes(typed.type))
    return [unfit(`${at}/value`, NO_USER)]
  return problems.map((fault) => ({ ...fault, path: `${at}/value${fault.path}` }))
}

function fieldProblems(
  context: ModelContext,
  entity: string | undefined,
  { field, leaderOf, in: within }: People,
  at: string,
): readonly Problem[] {
  const paths = [
    ['/field', field],
    ['/leaderOf', leaderOf],
  ] as const
  const problems = paths.flatMap(([key, path]): readonly Problem[] => {
    if (path === undefined) return []
    if (entity === undefined) return [unfit(at + key, NO_RECORD)]
    const steps = followPath(context, entity, path)
    if (steps.some(({ place }) => place === undefined)) return [] // the check of references tells it
    const end = endOfPath(context, entity, path)
    const relation = end === undefined ? undefined : relationOf(end)
    const isUser = (relation?.kind === 'one' || relation?.kind === 'many') && relation.to === 'user'
    return isUser ? [] : [unfit(at + key, NO_USER)]
  })
  if (within === undefined) return problems
  if (entity === undefined) return [...problems, unfit(`${at}/in`, NO_RECORD)]
  const isShared = fieldOf(context, entity, within.field) !== undefined
  const ofUsers = [within.field, `${within.field}s`].some(
    (name) => fieldOf(context, 'user', name) !== undefined,
  )
  return !isShared || ofUsers ? problems : [...problems, unfit(`${at}/in/field`, NOT_OF_USERS)]
}

function unfit(path: string, reason: LocalText): Problem {
  return problem('META_VALUE_INVALID', path, { params: { reason } })
}

const ONE_FORM = {
  en: `exactly one of ${FORMS.join(', ')}`,
  'zh-CN': `须且只能写 ${FORMS.join('、')} 之一`,
}
const goesWith = (key: string): LocalText => ({ en: `it goes with “${key}”`, 'zh-CN': `须与“${key}”同用` })
const NO_USER = { en: 'it gives no users', 'zh-CN': '其值不是用户' }
const NO_RECORD = { en: 'there is no record here', 'zh-CN': '此处没有记录' }
const NOT_OF_USERS = { en: 'users have no field of that name', 'zh-CN': '用户没有同名字段' }

/** Who it is, in words. */
export function peopleText(
  context: ModelContext,
  entity: string | undefined,
  said: unknown,
  language: Language,
): string {
  const isEnglish = language === 'en'
  const fieldText = (path: string) => {
    const end = entity === undefined ? undefined : endOfPath(context, entity, path)
    return called(end?.definition ?? { name: path }, language)
  }
  const texts = placedPeople(said, '').map(({ people: one }) => {
    if (one.user !== undefined) return one.user
    if (one.team !== undefined) return isEnglish ? `the team “${one.team}”` : `团队“${one.team}”`
    if (one.role !== undefined) {
      const role = called(context.definitions.role.get(one.role) ?? { name: one.role }, language)
      if (one.in === undefined) return isEnglish ? `everybody who is ${role}` : `所有${role}`
      return isEnglish
        ? `everybody who is ${role} in the same ${fieldText(one.in.field)}`
        : `${fieldText(one.in.field)}相同的${role}`
    }
    if (one.field !== undefined) return fieldText(one.field)
    if (one.leaderOf !== undefined) {
      const up = one.level ?? 1
      if (isEnglish)
        return `${up === 1 ? 'the leader' : `the leader ${up} levels up`} of ${fieldText(one.leaderOf)}`
      return `${fieldText(one.leaderOf)}的${up === 1 ? '上级' : `第 ${up} 级上级`}`
    }
    return isEnglish ? 'whom a rule names' : '规则指定的人'
  })
  return texts.join(isEnglish ? ' and ' : '和')
}
