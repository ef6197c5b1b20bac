import { textIn } from '../../metadata/text.ts'
import type { Text } from '../../metadata/types.ts'
import type { LocalText } from '../errors.ts'
import type { Definition, DefinitionSet, Kind } from './compiled.ts'
import { listDefinitions } from './definition-set.ts'
import { itemsOf } from './kinds/kinds.ts'
import { isRecord, own } from './pointer.ts'
import { type Priority, type ScenarioResult, scenarioLabel } from './scenarios.ts'

/** A definition, or an item in it, that says which requirement it serves. */
export interface Satisfier {
  readonly kind: Kind
  readonly name: string
  /** The key of an item of it, such as a field. */
  readonly item?: string
  readonly label: LocalText
}

/** A scenario that proves a requirement, with what it said last; null: it has not run since it is in force. */
export interface ScenarioProof {
  readonly name: string
  readonly label: LocalText
  readonly passed: boolean | null
}

/** One requirement by its number. */
export interface Requirement {
  readonly requirement: string
  /** The highest of its scenarios; null where it has none. */
  readonly priority: Priority | null
  readonly satisfiedBy: readonly Satisfier[]
  readonly provedBy: readonly ScenarioProof[]
}

const PRIORITIES: readonly Priority[] = ['must', 'should', 'nice']
const collator = new Intl.Collator('en', { numeric: true })

/** Every requirement that definitions name: by priority, then by number, as people count. */
export function requirementsOf(
  definitions: DefinitionSet,
  results: readonly ScenarioResult[],
): readonly Requirement[] {
  const passed = new Map(results.map((result) => [result.name, result.passed]))
  const satisfiers = new Map<string, Satisfier[]>()
  for (const definition of listDefinitions(definitions)) {
    if (definition.kind === 'scenario') continue
    for (const [requirement, satisfier] of satisfiersIn(definition)) {
      satisfiers.set(requirement, [...(satisfiers.get(requirement) ?? []), satisfier])
    }
  }
  const scenarios = [...definitions.scenario.values()].sort((one, other) => (one.name < other.name ? -1 : 1))
  const named = scenarios.flatMap(({ requirement }) => requirement ?? [])
  return [...new Set([...satisfiers.keys(), ...named])]
    .map((requirement): Requirement => {
      const own = scenarios.filter((scenario) => scenario.requirement === requirement)
      const priorities = own.map(({ priority = 'must' }) => priority)
      return {
        requirement,
        priority: PRIORITIES.find((priority) => priorities.includes(priority)) ?? null,
        satisfiedBy: satisfiers.get(requirement) ?? [],
        provedBy: own.map((scenario) => ({
          name: scenario.name,
          label: scenarioLabel(scenario),
          passed: passed.get(scenario.name) ?? null,
        })),
      }
    })
    .sort((one, other) => rank(one) - rank(other) || collator.compare(one.requirement, other.requirement))
}

/** What has no scenario comes last: nobody has said yet how much depends on it. */
function rank({ priority }: Requirement): number {
  return priority === null ? PRIORITIES.length : PRIORITIES.indexOf(priority)
}

function satisfiersIn(definition: Definition): readonly (readonly [string, Satisfier])[] {
  const { kind, name } = definition
  const found: [string, Satisfier][] = []
  for (const requirement of namedBy(definition))
    found.push([requirement, { kind, name, label: labelOf(definition) }])
  for (const item of itemsOf(kind, definition)) {
    for (const requirement of namedBy(item.value))
      found.push([requirement, { kind, name, item: item.key, label: labelOf(item.value) }])
  }
  return found
}

/** The requirements that a definition or an item says it serves: one, or a list. */
function namedBy(thing: unknown): readonly string[] {
  return [own(thing, 'requirement') ?? []].flat().filter((one) => typeof one === 'string')
}

function labelOf(thing: unknown): LocalText {
  const label = own(thing, 'label')
  const text = typeof label === 'string' || isRecord(label) ? (label as Text) : undefined
  const name = String(own(thing, 'name') ?? '')
  return { en: textIn(text, 'en', name), 'zh-CN': textIn(text, 'zh-CN', name) }
}
