import { OPERATORS } from '../../metadata/rules/catalogue.ts'
import type { RuleScope, TypedCall, TypedLiteral, TypedRule } from '../../metadata/rules/types.ts'
import { refuse } from '../errors.ts'
import type { CompiledEntity, CompiledField, CompiledModel } from '../model/compiled.ts'
import { type FieldTest, resolveField } from '../model/sql/rule-scope.ts'
import { knownFields, type Sight, sightScope } from './cells.ts'
import { checkCondition } from './filter.ts'
import { vaultOf } from './reveal.ts'

/**
 * The condition under which a list or a sum takes a row, checked; undefined where none is asked for. Encrypted fields
 * can be named here, and nowhere else: rules of definitions could say little of them that the database can answer.
 * @throws AppError with every problem of the rule at once (400)
 */
export function filterCondition(sight: Sight, entity: CompiledEntity, rule: unknown): TypedRule | undefined {
  const { model } = sight
  const scope = sealedScope(sightScope(sight, entity), model, entity, knownFields(sight.access))
  const typed = checkCondition(rule, scope, FILTER_PATH)
  return typed === undefined ? undefined : blindRule(model, entity, typed, FILTER_PATH)
}

const FILTER_PATH = '/filter'

/** A scope in which encrypted fields can be named too, as texts; `blindRule` makes digests of what is said of them. */
function sealedScope(
  scope: RuleScope,
  model: CompiledModel,
  entity: CompiledEntity,
  mayName: FieldTest,
): RuleScope {
  if (model.vault === undefined) return scope
  return {
    resolve: (path) =>
      scope.resolve(path) ??
      (sealedAt(model, entity, path.split('.'), mayName) === undefined ? undefined : { type: 'text' }),
    names: (under) => scope.names(under),
  }
}

function sealedAt(
  model: CompiledModel,
  entity: CompiledEntity,
  path: readonly string[],
  mayName?: FieldTest,
): CompiledField | undefined {
  const field = resolveField(model, entity, path, mayName)?.field
  return field?.type.sealing === undefined ? undefined : field
}

/**
 * A checked condition in which every comparison with an encrypted field is one with what its main column holds.
 * @throws AppError SECRET_COMPARISON_UNFIT for one that digests cannot answer
 */
export function blindRule(
  model: CompiledModel,
  entity: CompiledEntity,
  rule: TypedRule,
  path: string,
): TypedRule {
  if (model.vault === undefined) return rule
  const vault = vaultOf(model)
  const sealedOf = (part: TypedRule | undefined) =>
    part?.kind === 'path' ? sealedAt(model, entity, part.path) : undefined

  function walk(part: TypedRule): TypedRule {
    if (part.kind === 'fallback') return { ...part, value: walk(part.value) }
    if (part.kind === 'path') {
      const field = sealedOf(part)
      if (field !== undefined) throw unfit(field)
    }
    if (part.kind !== 'call') return part
    if (OPERATORS.get(part.operator)?.signature.shape === 'each') return walkList(part)
    const field = part.arguments.map(sealedOf).find((found) => found !== undefined)
    return field === undefined ? { ...part, arguments: part.arguments.map(walk) } : compare(part, field)
  }

  /** Within a list bare names are those of its items, whose encrypted fields are unknown; `record.` leads out. */
  function walkList(call: TypedCall): TypedRule {
    const [list, body] = call.arguments
    refuseOuter(body!)
    return { ...call, arguments: [walk(list!), body!] }
  }

  function refuseOuter(part: TypedRule): void {
    if (part.kind === 'call') for (const argument of part.arguments) refuseOuter(argument)
    if (part.kind === 'fallback') refuseOuter(part.value)
    if (part.kind !== 'path' || part.from !== 'record') return
    const field = sealedAt(model, entity, part.path.slice(1))
    if (field !== undefined) throw unfit(field)
  }

  function compare(call: TypedCall, field: CompiledField): TypedRule {
    const digest = (text: string) => field.type.sealing!.indexOf(text, field.id, vault)
    const [first, second] = call.arguments
    const others = call.arguments.filter((part) => sealedOf(part) === undefined)
    if (others.length !== call.arguments.length - 1) throw unfit(field)
    switch (call.operator) {
      case 'empty':
      case 'not_empty':
      case '!':
      case '!!':
        return call
      case '==':
      case '!=': {
        const swap = (part: TypedRule) => (part === others[0] ? digested(part, digest) : part)
        if (others[0]?.kind !== 'literal') throw unfit(field)
        return { ...call, arguments: call.arguments.map(swap) }
      }
      case 'in': {
        if (sealedOf(first) === undefined || second?.kind !== 'list') throw unfit(field)
        return { ...call, arguments: [first!, { ...second, values: second.values.map(String).map(digest) }] }
      }
      case 'ends_with': {
        const isText = second?.kind === 'literal' && typeof second.value === 'string'
        const range = isText ? field.type.sealing!.endingOf(String(second.value), field.id, vault) : undefined
        if (sealedOf(first) === undefined || range === undefined) throw unfit(field)
        return { ...call, operator: '<=', arguments: [textOf(range[0]), first!, textOf(range[1])] }
      }
      default:
        throw unfit(field)
    }
  }

  function unfit(field: CompiledField) {
    return refuse('SECRET_COMPARISON_UNFIT', path, { params: { name: field.name } })
  }

  return walk(rule)
}

function digested(part: TypedRule, digest: (text: string) => string): TypedRule {
  if (part.kind !== 'literal' || typeof part.value !== 'string') return part // null stays null
  return { ...part, value: digest(part.value) }
}

function textOf(value: string): TypedLiteral {
  return { kind: 'literal', type: 'text', value }
}
