import { checkRule } from '../../metadata/rules/check-rule.ts'
import { pathsOf } from '../../metadata/rules/paths-of.ts'
import {
  type FieldRules,
  inputsOf,
  type RecordRules,
  type SectionRule,
  type ValidationRule,
} from '../../metadata/rules/record-rules.ts'
import type { TypedRule } from '../../metadata/rules/types.ts'
import { textIn } from '../../metadata/text.ts'
import type { LayoutDefinition } from '../../metadata/types.ts'
import { accessOf, isKnownField } from '../access/access.ts'
import type { Actor } from '../access/actor.ts'
import type { Language } from '../errors.ts'
import { ACTOR_TEAMS, writeScope } from '../model/actor-scope.ts'
import type { CompiledEntity, CompiledField, CompiledModel } from '../model/compiled.ts'
import { fieldRules } from '../model/default-rules.ts'
import { entityRules } from '../model/entity-rules.ts'
import { resolveField, ruleScope } from '../model/sql/rule-scope.ts'

/** A rule that the form leaves to the server: it looks at what the actor may not see, or at lists of records. */
export interface LeftRule {
  readonly on: 'visible' | 'required' | 'readOnly' | 'default' | 'formula' | 'section' | 'validation'
  /** The field, the section or the validation. */
  readonly name: string
}

/** The rules of a form, checked, with what they look at besides the form itself. */
export interface FormRules extends RecordRules {
  readonly left: readonly LeftRule[]
  /** Own fields and paths through lookups whose values the rules need; `before` ones without the prefix. */
  readonly needs: readonly string[]
  readonly actorNeeds: ReadonlySet<string>
  /** Fields that may be hidden and are required where they are not. */
  readonly requiredWhereShown: readonly string[]
}

export interface FormRuleQuestion {
  readonly model: CompiledModel
  readonly actor: Actor
  readonly language: Language
  readonly layout: LayoutDefinition | undefined
  /** The fields of the form. */
  readonly shown: ReadonlySet<string>
}

/** The rules of an entity that the actor's form can run itself: those that look at nothing which the actor may not know. */
export function formRules(entity: CompiledEntity, question: FormRuleQuestion): FormRules {
  const mayRun = judge(entity, question)
  const left: LeftRule[] = []
  const taken: TypedRule[] = []
  const take = (rule: TypedRule | undefined, on: LeftRule['on'], name: string): TypedRule | undefined => {
    if (rule === undefined) return undefined
    if (mayRun(rule)) {
      taken.push(rule)
      return rule
    }
    left.push({ on, name })
    return undefined
  }
  const fields = fieldRules(question.model, entity).flatMap((said): readonly FieldRules[] => {
    const { field, formula } = said
    if (formula !== undefined) {
      const isNamed = question.shown.has(field) || mayRun(formula)
      const own = isNamed ? take(formula, 'formula', field) : undefined
      return own === undefined ? [] : [{ field, formula: own, decimals: said.decimals }]
    }
    if (!question.shown.has(field)) return []
    const rules = {
      visible: take(said.visible, 'visible', field),
      required: take(said.required, 'required', field),
      readOnly: take(said.readOnly, 'readOnly', field),
      default: take(said.default, 'default', field),
    }
    return [{ field, ...rules, ...(said.begins === undefined ? {} : { begins: said.begins }) }]
  })
  const sections = sectionRules(entity, question).flatMap(({ section, visible }): readonly SectionRule[] =>
    take(visible, 'section', section) === undefined ? [] : [{ section, visible }],
  )
  const validations = entityRules(question.model, entity).validations.flatMap(
    ({ definition, when, must }): readonly ValidationRule[] => {
      const { name, problem } = definition
      if (![when, must].every((rule) => rule === undefined || mayRun(rule))) {
        left.push({ on: 'validation', name })
        return []
      }
      taken.push(must, ...(when === undefined ? [] : [when]))
      const message = textIn(problem.message, question.language, name)
      return [{ name, field: problem.field ?? null, message, when, must }]
    },
  )
  const needs = new Set(taken.flatMap(inputsOf).map((path) => path.replace(/^before\./, '')))
  const actorNeeds = new Set(taken.flatMap((rule) => [...pathsOf(rule).actor]))
  const requiredWhereShown = fields.flatMap(({ field, visible }) =>
    visible !== undefined && entity.fields.get(field)?.required === true ? [field] : [],
  )
  return { fields, sections, validations, left, needs: [...needs], actorNeeds, requiredWhereShown }
}

/** Whether all that a rule looks at is known to the actor, and none of it a list of records. */
function judge(entity: CompiledEntity, { model, actor }: FormRuleQuestion): (rule: TypedRule) => boolean {
  const access = accessOf(model, actor)
  const formulas = new Map(fieldRules(model, entity).map(({ field, formula }) => [field, formula]))
  const isNamed = (holder: CompiledEntity, field: CompiledField) => isKnownField(access, holder, field)
  const people = model.entities.get('user')
  const isKnown = (holder: CompiledEntity | undefined, path: string) =>
    holder !== undefined && resolveField(model, holder, path.split('.'), isNamed) !== undefined
  const isOwnOfActor = (path: string) => path === 'id' || path === 'roles' || `actor.${path}` === ACTOR_TEAMS
  const judged = new Map<TypedRule, boolean>()
  const mayRun = (rule: TypedRule): boolean => {
    let may = judged.get(rule)
    if (may === undefined) {
      const { own, related, before, lists, actor: ofActor } = pathsOf(rule)
      may =
        lists.size === 0 &&
        [...own, ...related, ...before].every((path) => isKnown(entity, path)) &&
        [...ofActor].every((path) => isOwnOfActor(path) || isKnown(people, path)) &&
        [...own].every((name) => {
          const formula = formulas.get(name)
          return formula === undefined || mayRun(formula)
        })
      judged.set(rule, may)
    }
    return may
  }
  return mayRun
}

const compiled = new WeakMap<CompiledModel, Map<string, readonly SectionRule[]>>()

/** When the sections of a layout are shown, compiled once per version. */
function sectionRules(entity: CompiledEntity, { model, layout }: FormRuleQuestion): readonly SectionRule[] {
  if (layout?.form === undefined) return []
  const ofModel = compiled.get(model) ?? new Map<string, readonly SectionRule[]>()
  compiled.set(model, ofModel)
  let rules = ofModel.get(layout.name)
  if (rules === undefined) {
    const people = model.entities.get('user')
    const own = ruleScope(model, entity)
    const scope = writeScope(own, own, people && ruleScope(model, people))
    rules = layout.form.flatMap(({ name, visibleWhen }): readonly SectionRule[] => {
      if (visibleWhen === undefined) return []
      const { typed, problems } = checkRule(visibleWhen, scope, 'condition', { runner: 'write' })
      if (typed === undefined) throw new Error(`section "${name}" does not hold: ${problems[0]?.code}`)
      return [{ section: name, visible: typed }]
    })
    ofModel.set(layout.name, rules)
  }
  return rules
}
