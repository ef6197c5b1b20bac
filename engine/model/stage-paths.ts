import type { RuleScope, RuleType, ScopeEntry, TypedPath, TypedRule } from '../../metadata/rules/types.ts'
import type { PipelineDefinition } from '../../metadata/types.ts'
import type { StagePipeline } from './pipelines.ts'
import { stagePartName } from './stage-fields.ts'
import { daysOf } from './stalled-flow.ts'

const TYPES = ['open', 'won', 'lost'] as const
const FORECASTS = ['pipeline', 'best_case', 'commit', 'closed', 'omitted'] as const

/** What rules may ask of a field of stages besides its value: `days_in_stage`, `is_stalled`. */
export function stageQuestion(field: string, question: 'days_in' | 'is_stalled'): string {
  if (question === 'days_in') return `days_in_${field}`
  return field === 'stage' ? question : `${field}_${question}`
}

/**
 * A scope with what is said of stages without being kept: `stage.type`, `stage.probability`, `stage.forecast`, `days_in_stage`,
 * `is_stalled`, `ever_reached.<stage>`. Each is short for a rule over fields that are.
 * @param pipelinesAt the pipelines of the entity to which a path leads, '' for the rule's own
 */
export function withStages(
  scope: RuleScope,
  pipelinesAt: (path: string) => readonly StagePipeline[],
): RuleScope {
  const knownAt = (at: string) =>
    pipelinesAt(at).filter(({ field }) => scope.resolve(below(at, field)) !== undefined)
  return {
    resolve(path) {
      const own = scope.resolve(path)
      if (own !== undefined) return own
      const steps = path.split('.')
      const last = steps.pop()!
      for (const pipeline of knownAt(steps.join('.'))) {
        const entry = questionEntry(pipeline, last)
        if (entry !== undefined) return entry
      }
      const name = steps.pop()
      if (name === undefined) return undefined
      for (const pipeline of knownAt(steps.join('.'))) {
        const entry = partEntry(pipeline, name, last)
        if (entry !== undefined) return entry
      }
      return undefined
    },
    names(under) {
      const names = [...scope.names(under)]
      const asked = knownAt(under ?? '').flatMap((pipeline) => [
        stageQuestion(pipeline.field, 'days_in'),
        ...(pipeline.parts.every(({ stalled }) => stalled === undefined)
          ? []
          : [stageQuestion(pipeline.field, 'is_stalled')]),
      ])
      const steps = under?.split('.') ?? []
      const name = steps.pop()
      const parts = knownAt(steps.join('.')).flatMap((pipeline) => {
        const said = (['probability', 'forecast'] as const).filter((part) =>
          pipeline.stages.some((stage) => stage[part] !== undefined),
        )
        if (name === pipeline.field) return ['type', ...said]
        if (name === stagePartName(pipeline.field, 'ever_reached'))
          return pipeline.stages.map((one) => one.name)
        return []
      })
      return [...names, ...asked, ...parts]
    },
  }
}

function below(at: string, name: string): string {
  return at === '' ? name : `${at}.${name}`
}

function questionEntry(pipeline: StagePipeline, name: string): ScopeEntry | undefined {
  const { field } = pipeline
  const stalling = pipeline.parts.filter(({ stalled }) => stalled !== undefined)
  if (name === stageQuestion(field, 'days_in')) {
    return short('number', 1, (path) => daysSince(path('datetime', stagePartName(field, 'since'))))
  }
  if (stalling.length === 0 || name !== stageQuestion(field, 'is_stalled')) return undefined
  return short('boolean', 1, (path) => {
    const each = stalling.map((part) => {
      const since = part.stalled?.since ?? stagePartName(field, 'since')
      const limit = literal('number', String(daysOf(part.stalled!.after)))
      return call('boolean', 'and', [
        isOneOf(path('text', field), ofType(part, 'open')),
        call('boolean', '>', [daysSince(path('datetime', since)), limit]),
      ])
    })
    return each.length === 1 ? each[0]! : call('boolean', 'or', each)
  })
}

function partEntry(pipeline: PipelineDefinition, name: string, part: string): ScopeEntry | undefined {
  const { field, stages } = pipeline
  if (name === field && part === 'type') {
    const branches = TYPES.flatMap((type) => {
      const names = ofType(pipeline, type)
      return names.length === 0 ? [] : [{ type, names }]
    })
    const entry = short('text', 2, (path) =>
      call(
        'text',
        'if',
        branches.flatMap(({ type, names }) => [isOneOf(path('text', field), names), literal('text', type)]),
      ),
    )
    return { ...entry, options: TYPES }
  }
  if (name === field && (part === 'probability' || part === 'forecast')) return saidEntry(pipeline, part)
  const reached = stagePartName(field, 'ever_reached')
  if (name !== reached || !stages.some((stage) => stage.name === part)) return undefined
  return short('boolean', 2, (path) => call('boolean', 'in', [literal('text', part), path('texts', reached)]))
}

/** What the stages say of themselves; undefined where none says it. */
function saidEntry(
  { field, stages }: PipelineDefinition,
  part: 'probability' | 'forecast',
): ScopeEntry | undefined {
  const type = part === 'probability' ? 'number' : 'text'
  const branches = stages.flatMap(({ name, [part]: said }) => (said === undefined ? [] : [{ name, said }]))
  if (branches.length === 0) return undefined
  const entry = short(type, 2, (path) =>
    call(
      type,
      'if',
      branches.flatMap(({ name, said }) => [
        isOneOf(path('text', field), [name]),
        literal(type, String(said)),
      ]),
    ),
  )
  return part === 'forecast' ? { ...entry, options: FORECASTS } : entry
}

/** @param steps of the path that it stands for, counted from its end */
function short(
  type: RuleType,
  steps: number,
  rule: (path: (type: RuleType, name: string) => TypedPath) => TypedRule,
): ScopeEntry {
  return {
    type,
    means: (path, from) => {
      const before = path.slice(0, -steps)
      return rule((of, name) => ({
        kind: 'path',
        type: of,
        path: [...before, name],
        ...(from === undefined ? {} : { from }),
      }))
    },
  }
}

function ofType({ stages }: PipelineDefinition, type: string): readonly string[] {
  return stages.filter((stage) => stage.type === type).map(({ name }) => name)
}

function daysSince(path: TypedRule): TypedRule {
  return call('number', 'days_since', [path])
}

function isOneOf(path: TypedRule, names: readonly string[]): TypedRule {
  const list: TypedRule = { kind: 'list', type: 'text', values: names, holdsNull: false }
  return call('boolean', 'in', [path, list])
}

function literal(type: RuleType, value: string): TypedRule {
  return { kind: 'literal', type, value }
}

function call(type: RuleType, operator: string, args: readonly TypedRule[]): TypedRule {
  return { kind: 'call', type, operator, arguments: args }
}
