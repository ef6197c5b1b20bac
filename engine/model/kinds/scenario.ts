import { checkRule } from '../../../metadata/rules/check-rule.ts'
import { entityOfStep, madeRecord, namedRecords } from '../../../metadata/scenarios/acts.ts'
import schema from '../../../metadata/schema/scenario.schema.json' with { type: 'json' }
import type { ScenarioDefinition, ScenarioStep } from '../../../metadata/types.ts'
import { joinedPipelines } from '../pipelines.ts'
import { isRecord, own, pointer } from '../pointer.ts'
import { eventReference } from './flow-references.ts'
import { fieldOf } from './follow.ts'
import { defineKind, type ModelContext, type Reference, type RulePlace } from './kind-spec.ts'
import { fieldReferences, pathReferences } from './mentions.ts'
import { figureReferences, type ReportFigures } from './report.ts'
import { ruleReferences, valueReferences } from './rule-mentions.ts'
import { filterScope } from './rule-scope.ts'
import { checkScenario, poolOfOwner } from './scenario-check.ts'
import { valueMentions } from './scenario-values.ts'
import { bundleSchema } from './schema.ts'
import { counted, sentenceOf } from './sentences.ts'

export const scenarioKind = defineKind({
  kind: 'scenario',
  content: false,
  label: { en: 'scenario', 'zh-CN': '场景' },
  schema: () => bundleSchema(schema),
  lists: [],
  rules: filterPlaces,
  references: (definition, context) => [
    ...Object.entries(definition.given ?? {}).flatMap(([name, made]) =>
      madeReferences(context, made, pointer('given', name)),
    ),
    ...definition.steps.flatMap((_, index) => stepReferences(definition, index, context)),
  ],
  check: (definition, context) => [
    ...checkScenario(definition, context),
    ...definition.steps.flatMap((_, index) => filterProblems(definition, index, context)),
  ],
  sentence: (definition) =>
    sentenceOf(definition, (name, language) => {
      const [given, steps] = [Object.keys(definition.given ?? {}).length, definition.steps.length]
      const { requirement } = definition
      if (language === 'en') {
        const of = requirement === undefined ? '' : ` of the requirement ${requirement}`
        return `${name} proves by ${counted(steps, 'step')} on ${counted(given, 'given record')} what is expected${of}.`
      }
      const of = requirement === undefined ? '' : `，对应需求 ${requirement}`
      return `${name}以 ${given} 条已知记录和 ${steps} 个步骤验证所期望的结果${of}。`
    }),
})

/** Where the filters of a scenario's steps stand; of a definition that nobody has checked yet. */
function filterPlaces(definition: unknown): readonly RulePlace[] {
  const steps = own(definition, 'steps')
  if (!Array.isArray(steps)) return []
  return steps.flatMap((step: unknown, index) => {
    const entity = own(step, 'list') ?? own(step, 'summarise') ?? own(step, 'export')
    if (!isRecord(step) || typeof entity !== 'string') return []
    return [{ at: ['steps', String(index), 'filter'], entity }]
  })
}

/** The entity of `{"account": {…}}`, its fields and the options that stand there as values. */
function madeReferences(
  context: ModelContext,
  made: Readonly<Record<string, unknown>>,
  at: string,
): readonly Reference[] {
  const { entity, values } = madeRecord(made)
  return [
    { path: at + pointer(entity), to: { kind: 'entity', name: entity }, inKey: true },
    ...valueMentions(context, entity, values, at + pointer(entity)).references,
  ]
}

function stepReferences(
  definition: ScenarioDefinition,
  index: number,
  context: ModelContext,
): readonly Reference[] {
  const step = definition.steps[index]!
  const at = pointer('steps', index)
  const { definitions } = context
  const entity = entityOfStep(step, namedRecords(definition, index, definitions), definitions)
  const made = (['create', 'upsert'] as const).flatMap((act) =>
    step[act] === undefined ? [] : madeReferences(context, step[act], at + pointer(act)),
  )
  const asked = (['list', 'summarise', 'export'] as const).flatMap((act): Reference[] =>
    step[act] === undefined ? [] : [{ path: at + pointer(act), to: { kind: 'entity', name: step[act] } }],
  )
  const imported = Object.entries(step.import ?? {}).flatMap(([name, rows]): readonly Reference[] => [
    { path: at + pointer('import', name), to: { kind: 'entity', name }, inKey: true },
    ...rows.flatMap((row, position) => headerReferences(context, name, row, at, position)),
  ])
  const report: readonly Reference[] =
    step.report === undefined ? [] : [{ path: `${at}/report`, to: { kind: 'report', name: step.report } }]
  const opened: readonly Reference[] =
    step.dashboard === undefined
      ? []
      : [{ path: `${at}/dashboard`, to: { kind: 'dashboard', name: step.dashboard } }]
  const sent: readonly Reference[] =
    step.webform === undefined ? [] : [{ path: `${at}/webform`, to: { kind: 'webform', name: step.webform } }]
  const pressed: readonly Reference[] =
    step.flow === undefined ? [] : [{ path: `${at}/flow`, to: { kind: 'flow', name: step.flow } }]
  const told = step.event === undefined ? [] : [eventReference(step.event, `${at}/event`)]
  const names = namedRecords(definition, index + 1, definitions)
  const pool = poolOfOwner(step.then?.owner, names, definitions)
  const held: readonly Reference[] =
    pool === undefined ? [] : [{ path: `${at}/then/owner`, to: { kind: 'pool', name: pool.name } }]
  const about = entity ?? definitions.report.get(step.report ?? '')?.entity
  const rows = about === undefined ? [] : rowReferences(context, about, step, at)
  const whole = [
    ...made,
    ...rows,
    ...asked,
    ...imported,
    ...report,
    ...opened,
    ...sent,
    ...pressed,
    ...told,
    ...held,
  ]
  if (entity === undefined) return whole
  const changed = (['set', 'add'] as const).flatMap(
    (key) => valueMentions(context, entity, step[key], at + pointer(key)).references,
  )
  return [
    ...whole,
    ...changed,
    ...fieldReferences(entity, step.by === undefined ? [] : [step.by], at).map((one) => ({
      ...one,
      path: `${at}/by`,
    })),
    ...fieldReferences(entity, step.group, `${at}/group`),
    ...(step.measures ?? []).flatMap(({ field }, position) =>
      field === undefined
        ? []
        : pathReferences(context, entity, field, { at: at + pointer('measures', position, 'field') }),
    ),
    ...ruleReferences(context, entity, step.filter, `${at}/filter`),
    ...milestoneReferences(context, entity, step.milestone, `${at}/milestone`),
    ...thenReferences(context, entity, definition, index),
  ]
}

/** Rows of a summary or a report, and what is clicked in one, by what they are grouped by and by their figures. */
function rowReferences(
  context: ModelContext,
  entity: string,
  { group, measures, report: asked, click, then }: ScenarioStep,
  at: string,
): readonly Reference[] {
  const summary: ReportFigures = { ...(group && { rows: group }), ...(measures && { measures }) }
  const report = asked === undefined ? summary : context.definitions.report.get(asked)
  if (report === undefined) return []
  const rows = (then?.rows ?? []).map((row, index) => ({ row, place: at + pointer('then', 'rows', index) }))
  return [...(click === undefined ? [] : [{ row: click, place: `${at}/click` }]), ...rows].flatMap(
    ({ row, place }) =>
      Object.entries(row).flatMap(([name, value]) => {
        const here = place + pointer(name)
        const field = fieldOf(context, entity, name)
        return [
          ...figureReferences(context, entity, report, name, { at: here, inKey: true }),
          ...(field === undefined ? [] : valueReferences(context, field, value, here)),
        ]
      }),
  )
}

/** A milestone goes by its name alone, which is one of an entity's. */
function milestoneReferences(
  { definitions }: ModelContext,
  entity: string,
  name: string | undefined,
  path: string,
): readonly Reference[] {
  if (name === undefined) return []
  const found = [...joinedPipelines(definitions, entity).values()].flatMap(({ parts }) =>
    parts.flatMap((pipeline) =>
      pipeline.stages
        .filter(({ milestones = [] }) => milestones.some((one) => one.name === name))
        .map((stage): Reference => {
          const item = `${stage.name}/${name}`
          return { path, to: { kind: 'pipeline', name: pipeline.name, item } }
        }),
    ),
  )
  return found.slice(0, 1)
}

/** Headers are names of fields; `account:name` says besides by which field of its target a lookup is found. */
function headerReferences(
  context: ModelContext,
  entity: string,
  row: Readonly<Record<string, unknown>>,
  at: string,
  position: number,
): readonly Reference[] {
  const rowAt = at + pointer('import', entity, position)
  return Object.keys(row).flatMap((header) => {
    const [name = '', by] = header.split(':')
    if (by === undefined) return valueMentions(context, entity, { [header]: undefined }, rowAt).references
    const found = pathReferences(context, entity, `${name}.${by}`, {
      at: rowAt + pointer(header),
      inRule: true,
    })
    return found.map((one) => ({ ...one, inKey: true as const }))
  })
}

function thenReferences(
  context: ModelContext,
  entity: string,
  { steps }: ScenarioDefinition,
  index: number,
): readonly Reference[] {
  const then = steps[index]?.then
  if (then === undefined) return []
  const at = pointer('steps', index, 'then')
  const faults = [
    ...(then.problem === undefined ? [] : [{ fault: then.problem, at: `${at}/problem/path` }]),
    ...(then.problems ?? []).map((fault, position) => ({
      fault,
      at: at + pointer('problems', position, 'path'),
    })),
  ]
  const changes = Object.keys(then.noted?.changes ?? {})
  return [
    ...valueMentions(context, entity, then.values, `${at}/values`).references,
    ...fieldReferences(entity, then.absent, `${at}/absent`),
    ...faults.flatMap(({ fault, at: place }) => faultReferences(context, entity, fault.path, place)),
    ...changes.flatMap(
      (name) => valueMentions(context, entity, { [name]: undefined }, `${at}/noted/changes`).references,
    ),
  ]
}

/** `/amount` is a mention of a field; a path may also lead into a value, or to what is no field. */
function faultReferences(
  context: ModelContext,
  entity: string,
  path: string | undefined,
  at: string,
): readonly Reference[] {
  const name = /^\/([a-z][a-z0-9_]*)/.exec(path ?? '')?.[1]
  if (name === undefined) return []
  return pathReferences(context, entity, name, { at, offset: 1, inRule: true })
}

function filterProblems(definition: ScenarioDefinition, index: number, context: ModelContext) {
  const step = definition.steps[index]!
  const entity = step.list ?? step.summarise ?? step.export
  if (step.filter === undefined || entity === undefined || !context.definitions.entity.has(entity)) return []
  const { problems } = checkRule(step.filter, filterScope(context, entity), 'condition')
  return problems.map((fault) => ({ ...fault, path: pointer('steps', index, 'filter') + fault.path }))
}
