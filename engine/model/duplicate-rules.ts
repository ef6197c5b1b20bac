import { createHash } from 'node:crypto'
import { type Comparing, keysOf } from '../../metadata/matching/keys.ts'
import type { Likeness } from '../../metadata/matching/likeness.ts'
import type { SoundOf } from '../../metadata/matching/score.ts'
import { checkRule } from '../../metadata/rules/check-rule.ts'
import type { TypedRule } from '../../metadata/rules/types.ts'
import type { DuplicateRuleDefinition, FieldDefinition } from '../../metadata/types.ts'
import { roleScope } from './actor-scope.ts'
import type { CompiledEntity, CompiledField, CompiledModel, DefinitionSet } from './compiled.ts'
import { ruleScope } from './sql/rule-scope.ts'

type Match = DuplicateRuleDefinition['match'][number]

/** A field of an entity by which its records are found. */
export interface ComparedField {
  readonly entity: CompiledEntity
  readonly field: CompiledField
  /** The field whose value must be the same as well. */
  readonly within: CompiledField | undefined
}

/** One thing that a rule compares. */
export interface CompiledMatch {
  readonly own: ComparedField
  readonly comparing: Comparing
  /** With what it is compared, the field itself among others. */
  readonly against: readonly ComparedField[]
}

export interface CompiledDuplicateRule {
  readonly definition: DuplicateRuleDefinition
  readonly when: TypedRule | undefined
  readonly matches: readonly CompiledMatch[]
}

/** A key that a record is found by: what of it is compared, and as what. */
export interface KeySpec {
  readonly compared: ComparedField
  readonly comparing: Comparing
}

/** What duplicate rules ask of the records of one entity. */
export interface Comparison {
  /** What is checked when one of its records is saved; [] where only records of others are compared with it. */
  readonly rules: readonly CompiledDuplicateRule[]
  /** What its records are found by. */
  readonly keys: readonly KeySpec[]
  /** All fields on which that depends. */
  readonly fields: readonly CompiledField[]
}

const compiled = new WeakMap<CompiledModel, ReadonlyMap<string, Comparison>>()

/** What duplicate rules ask of an entity's records; undefined where no rule speaks of them. */
export function comparisonOf(model: CompiledModel, entity: CompiledEntity): Comparison | undefined {
  if (model.definitions.duplicate_rule.size === 0) return undefined
  let all = compiled.get(model)
  if (all === undefined) {
    all = compileAll(model)
    compiled.set(model, all)
  }
  return all.get(entity.name)
}

/** Whether a rule says which records of an entity are alike. */
export function isCompared(model: CompiledModel, entity: CompiledEntity): boolean {
  return (comparisonOf(model, entity)?.rules.length ?? 0) > 0
}

function compileAll(model: CompiledModel): ReadonlyMap<string, Comparison> {
  const rules = [...model.definitions.duplicate_rule.values()]
    .sort((one, other) => (one.name < other.name ? -1 : 1))
    .map((definition) => compileRule(model, definition))
  const keys = new Map<string, Map<string, KeySpec>>()
  for (const { comparing, against, own } of rules.flatMap(({ matches }) => matches)) {
    for (const compared of [own, ...against]) {
      const ofEntity = keys.get(compared.entity.name) ?? new Map<string, KeySpec>()
      keys.set(compared.entity.name, ofEntity)
      const isExact = comparing.similar === undefined
      const key = [compared.field.id, compared.within?.id ?? '', comparing.as, isExact].join(' ')
      if (!ofEntity.has(key)) ofEntity.set(key, { compared, comparing })
    }
  }
  return new Map(
    [...keys].map(([name, specs]) => {
      const list = [...specs.values()]
      const fields = list.flatMap(({ compared: { field, within } }) => [field, ...(within ? [within] : [])])
      const own = rules.filter(({ definition }) => definition.entity === name)
      return [name, Object.freeze({ rules: own, keys: list, fields: [...new Set(fields)] })]
    }),
  )
}

function compileRule(model: CompiledModel, definition: DuplicateRuleDefinition): CompiledDuplicateRule {
  const entity = model.entities.get(definition.entity)
  if (entity === undefined) throw new Error(`there is no entity "${definition.entity}"`)
  return {
    definition,
    when: definition.when === undefined ? undefined : compileWhen(model, entity, definition.when),
    matches: definition.match.map((match) => ({
      own: comparedField(model, entity.name, match.field, match.within),
      comparing: { as: likenessFor(match, fieldType(entity, match.field)), similar: match.similar },
      against: [[entity.name, match.field], ...(match.against ?? []).map((path) => path.split('.'))].map(
        ([name = '', field = '']) => comparedField(model, name, field, match.within),
      ),
    })),
  }
}

function fieldType(entity: CompiledEntity, name: string): string {
  return entity.fields.get(name)?.definition.type ?? ''
}

/** As what a match compares, where it does not say so. */
export function likenessFor(match: Pick<Match, 'as'>, type: FieldDefinition['type']): Likeness {
  return match.as ?? (type === 'phone' || type === 'email' ? type : 'text')
}

function comparedField(
  model: CompiledModel,
  entityName: string,
  fieldName: string,
  withinName: string | undefined,
): ComparedField {
  const entity = model.entities.get(entityName)
  const field = entity?.fields.get(fieldName)
  const within = withinName === undefined ? undefined : entity?.fields.get(withinName)
  if (entity === undefined || field === undefined) throw new Error(`"${entityName}.${fieldName}" is no field`)
  return { entity, field, within }
}

/** @throws Error for a rule that the check of definitions would not have let pass */
function compileWhen(model: CompiledModel, entity: CompiledEntity, rule: unknown): TypedRule {
  const people = model.entities.get('user')
  const scope = roleScope(ruleScope(model, entity), people && ruleScope(model, people))
  const { typed, problems } = checkRule(rule, scope, 'condition')
  if (typed === undefined) throw new Error(`a rule on "${entity.name}" does not hold: ${problems[0]?.code}`)
  return typed
}

/** The value of a field of a record, of whatever shape; undefined and null: there is none. */
export type ValueOf = (field: CompiledField) => unknown

/**
 * The digests of a record's keys by one spec: 64 bits of SHA-256 as decimal texts. What they stand for cannot be read from
 * them; a chance equal is sorted out when the values are compared.
 */
export function digestsOf(spec: KeySpec, valueAt: ValueOf, soundOf: SoundOf): readonly string[] {
  const { field, within } = spec.compared
  const value = valueAt(field)
  if (typeof value !== 'string') return []
  const place = within === undefined ? undefined : valueAt(within)
  if (within !== undefined && typeof place !== 'string') return []
  const keys = keysOf(spec.comparing, value, soundOf)
  return keys.map((key) => digest(place === undefined ? key : `${key}\n${String(place)}`))
}

/** The digests of all keys of a record, each once, in order. */
export function recordDigests(
  { keys }: Pick<Comparison, 'keys'>,
  valueAt: ValueOf,
  soundOf: SoundOf,
): string[] {
  const digests = new Set(keys.flatMap((spec) => digestsOf(spec, valueAt, soundOf)))
  return [...digests].sort()
}

export function digest(text: string): string {
  return createHash('sha256').update(text).digest().readBigInt64BE().toString()
}

/** What of the rules decides by which keys the records of each entity are found, as a text by the entity's id. */
export function keyMeanings(definitions: DefinitionSet): ReadonlyMap<string, string> {
  const meanings = new Map<string, Set<string>>()
  for (const { entity: own, match } of definitions.duplicate_rule.values()) {
    for (const one of match) {
      for (const path of [`${own}.${one.field}`, ...(one.against ?? [])]) {
        const [name = '', fieldName = ''] = path.split('.')
        const entity = definitions.entity.get(name)
        const idOf = (field: string) => entity?.fields.find((item) => item.name === field)?.id ?? field
        if (entity?.id === undefined) continue
        const ownType =
          definitions.entity.get(own)?.fields.find((item) => item.name === one.field)?.type ?? ''
        const type = entity.fields.find((item) => item.name === fieldName)?.type ?? ''
        const within = one.within === undefined ? '' : idOf(one.within)
        const meaning = [idOf(fieldName), type, within, likenessFor(one, ownType), one.similar === undefined]
        const known = meanings.get(entity.id) ?? new Set()
        meanings.set(entity.id, known.add(meaning.join(' ')))
      }
    }
  }
  return new Map([...meanings].map(([id, set]) => [id, [...set].sort().join('\n')]))
}
