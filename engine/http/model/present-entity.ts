import { pathsOf } from '../../../metadata/rules/paths-of.ts'
import { textIn } from '../../../metadata/text.ts'
import type { LayoutDefinition, ViewDefinition } from '../../../metadata/types.ts'
import { isKnownField, isKnownWay } from '../../access/access.ts'
import { scopeName } from '../../access/row-test.ts'
import { labelOf } from '../../forms/labels.ts'
import { isOpened, layoutFor, layoutsFor, sectionsOf } from '../../forms/layout.ts'
import { mayImport } from '../../imports/import-upload.ts'
import { approvalsOf } from '../../model/approval-index.ts'
import type { CompiledEntity, CompiledField } from '../../model/compiled.ts'
import { isCompared } from '../../model/duplicate-rules.ts'
import { entityRules } from '../../model/entity-rules.ts'
import { assignmentsOf } from '../../model/kinds/assignment-place.ts'
import { poolsOf } from '../../model/kinds/pool-place.ts'
import { partWith } from '../../model/pipelines.ts'
import { buttonsFor } from '../../process/flows/buttons.ts'
import { timelineTypes } from '../../process/timeline/types.ts'
import { isInLane } from '../../records/lane.ts'
import { isMergeable } from '../../records/parse-merge.ts'
import { ruleTexts } from '../../records/stage-conditions.ts'
import { nextOf } from '../../records/transitions.ts'
import { fieldPathsOf } from '../../records/typed-values.ts'
import { isShownView, type ModelView, shownPaths } from './model-view.ts'
import { presentField } from './present-field.ts'
import { presentPage } from './present-page.ts'

/** One entity as the actor meets it: rights, fields, ways to other records, views, page and form. */
export function presentEntity(view: ModelView, entity: CompiledEntity) {
  const { model, actor, access, language } = view
  const rights = access.entity(entity.name)
  const layout = layoutFor(model, entity, actor)
  const fields = [...entity.fields.values()].filter((field) => isKnownField(access, entity, field))
  return {
    name: entity.name,
    label: labelOf(entity, language),
    ...(entity.builtIn ? { builtIn: true } : {}),
    plural: labelOf({ name: entity.name, label: entity.plural }, language),
    icon: entity.icon,
    title: entity.titleField?.name,
    owned: entity.owned,
    ...presentOwning(view, entity),
    features: [...entity.features],
    rights: {
      create: rights.create,
      read: true,
      update: rights.update !== 'none',
      // Only on one's turn to approve: then the fields given for it.
      ...(rights.update !== 'none' && rights.scopes.update === 'none' ? { onTurn: true } : {}),
      // Users are switched off, never deleted.
      delete: rights.delete !== 'none' && entity.name !== 'user',
      restore: rights.restore !== 'none' && entity.name !== 'user',
      merge: rights.update !== 'none' && rights.delete !== 'none' && isMergeable(entity),
      /** How far: whose records may be shared by hand. */
      share: scopeName(rights.share.read),
      export: rights.export !== 'none',
      bulk: rights.bulk,
      import: mayImport(view, entity),
    },
    fields: fields.map((field) => presentField(view, entity, field)),
    relations: relationsOf(view, entity),
    views: viewsOf(view, entity),
    ...arrangementOf(view, entity, layout),
    ...layoutsOf(view, entity),
    pipelines: pipelinesOf(view, entity),
    buttons: buttonsOf(view, entity),
    ...(isInLane(model, entity) ? { lane: true } : {}),
    ...(isCompared(model, entity) ? { compared: true } : {}),
    timeline: timelineTypes(view, entity),
    ...activityOf(view, entity),
    ...conversionOf(view, entity),
    ...(approvalsOf(model, entity) === undefined ? {} : { approvals: true }),
  }
}

/** How a page and its facts are arranged. */
function arrangementOf(view: ModelView, entity: CompiledEntity, layout: LayoutDefinition | undefined) {
  const shows = (field: CompiledField) => isKnownField(view.access, entity, field)
  return {
    page: presentPage(view, entity, layout),
    sections: sectionsOf(entity, layout, view.language, shows),
  }
}

/** The arrangements for some records alone, the first that fits is used; absent where there are none. */
function layoutsOf(view: ModelView, entity: CompiledEntity) {
  const some = layoutsFor(view.model, entity, view.actor).filter(({ where }) => where !== undefined)
  if (some.length === 0) return {}
  return {
    layouts: some.map((layout) => ({
      name: layout.name,
      where: layout.where,
      ...arrangementOf(view, entity, layout),
    })),
  }
}

/** The pools of its records, and whether something assigns them, to be accepted or not. */
function presentOwning({ model, language }: ModelView, { name }: CompiledEntity) {
  const assignments = assignmentsOf(model.definitions, name)
  return {
    pools: poolsOf(model.translated, name).map((pool) => ({
      ...{ id: pool.id, name: pool.name, label: labelOf(pool, language) },
      recycles: (pool.recycle ?? []).length > 0,
    })),
    assigned: assignments.length > 0,
    accepts: assignments.some(({ accept }) => accept !== undefined),
  }
}

/** Flows that somebody who may change a record runs on it by a button. */
function buttonsOf({ model, actor, access, language }: ModelView, { name }: CompiledEntity) {
  if (access.entity(name).update === 'none') return []
  return buttonsFor(model, name, actor.roles).map((flow) => ({
    name: flow.name,
    label: labelOf(model.translated.flow.get(flow.name) ?? flow, language),
    // Whether it stands on a record depends on the record: `GET …/{id}/actions` tells.
    ...(flow.trigger.when === undefined ? {} : { conditional: true }),
  }))
}

/** What records become by "convert", for somebody who may change them and make the others. */
function conversionOf(view: ModelView, { name, definition }: CompiledEntity) {
  const { model, access, language } = view
  if (definition.convert === undefined || access.entity(name).update === 'none') return {}
  const converts = definition.convert.to.flatMap((target) => {
    const entity = model.entities.get(target.entity)
    if (entity === undefined) return []
    const rights = access.entity(entity.name)
    const isOptional = target.required !== true
    return [
      {
        name: target.name,
        entity: entity.name,
        label: labelOf(entity, language),
        isOptional,
        may: rights.create,
      },
    ]
  })
  return converts.every(({ may, isOptional }) => may || isOptional) ? { converts } : {}
}

/** What sort of work its records are, with those of the fields that say something of it that the actor may know. */
function activityOf({ access }: ModelView, entity: CompiledEntity) {
  const { activity } = entity.definition
  if (activity === undefined) return {}
  const { as, done, followUp, ...fields } = activity
  const known = Object.entries(fields).filter(([, name]) => {
    const field = entity.fields.get(name)
    return field !== undefined && isKnownField(access, entity, field)
  })
  const isDone = known.some(([key]) => key === 'status') ? { done } : {}
  const follows = followUp !== undefined && access.entity(followUp.entity).create ? { followUp } : {}
  return { activity: { as, ...Object.fromEntries(known), ...isDone, ...follows } }
}

/** Comments and files have calls of their own. */
const HANGING: ReadonlySet<string> = new Set(['comment', 'file'])

function relationsOf(view: ModelView, entity: CompiledEntity) {
  return entity.inverses
    .filter((inverse) => isKnownWay(view, inverse) && !HANGING.has(inverse.from))
    .map((inverse) => ({
      name: inverse.name,
      label: labelOf({ name: inverse.name, label: inverse.label }, view.language),
      entity: inverse.from,
      field: inverse.field,
    }))
}

const ALL = { en: 'All', 'zh-CN': '全部' } as const
/** Columns of a generated view: as many as a desk shows without scrolling. */
const GENERATED_COLUMNS = 7

/** The views of the actor's roles, or a generated one of everything, newest first. */
function viewsOf(view: ModelView, entity: CompiledEntity) {
  const views = [...view.model.translated.view.values()].filter(
    (definition) =>
      definition.entity === entity.name &&
      definition.belongsTo === undefined &&
      isOpened(view.model, view.actor, definition) &&
      isShownView(view, entity, definition),
  )
  if (views.length > 0)
    return [
      ...views.map((definition) => presentView(view, entity, definition)),
      ...pooledViews(view, entity, views[0]!),
    ]
  const columns = [...entity.fields.values()].filter(
    (field) => !field.system && isKnownField(view.access, entity, field) && isShortEnough(field),
  )
  const names = columns.slice(0, GENERATED_COLUMNS).map((field) => ({ field: field.name }))
  const shown = names.length > 0 ? names : [{ field: 'id' }]
  return [
    { name: 'all', label: ALL[view.language], type: 'table' as const, columns: shown, sort: ['-created_at'] },
  ]
}

/** What lies in a pool, with the columns of the first view. */
function pooledViews(view: ModelView, entity: CompiledEntity, like: ViewDefinition) {
  return poolsOf(view.model.translated, entity.name).map((pool) => ({
    ...presentView(view, entity, like),
    ...{ name: `pool.${pool.name}`, label: labelOf(pool, view.language), default: false },
    ...{ sort: ['-created_at'], filter: { '==': [{ var: 'owner' }, pool.id] } },
  }))
}

/** Long texts and lists of records make no column. */
function isShortEnough(field: CompiledField): boolean {
  const isList = field.relation?.kind === 'children' || field.relation?.kind === 'many'
  return !isList && (field.type.sortable || field.relation !== undefined) && field.type.groupable
}

/** A view without the columns that the actor may not know. */
export function presentView(view: ModelView, entity: CompiledEntity, definition: ViewDefinition) {
  const columns = definition.columns
    .map((column) => (typeof column === 'string' ? { field: column } : column))
    .filter(({ field }) => shownPaths(view, entity)(field))
  return {
    name: definition.name,
    label: labelOf(definition, view.language),
    type: definition.type,
    ...(definition.group === undefined ? {} : { group: definition.group }),
    ...(definition.frozen === undefined ? {} : { frozen: definition.frozen }),
    ...(definition.default === true ? { default: true } : {}),
    ...(definition.lanes !== undefined && shownPaths(view, entity)(definition.lanes)
      ? { lanes: definition.lanes }
      : {}),
    ...(definition.limits === undefined ? {} : { limits: definition.limits }),
    ...(definition.date === undefined ? {} : { date: definition.date }),
    // Who may not know when something ends sees when it begins.
    ...(definition.until !== undefined && shownPaths(view, entity)(definition.until)
      ? { until: definition.until }
      : {}),
    columns,
    sort: (definition.sort ?? []).filter((key) => shownPaths(view, entity)(key.replace(/^-/, ''))),
    filter: definition.filter,
  }
}

/** Whether no role of the actor brings any record into a stage. */
function isBarred(view: ModelView, entity: CompiledEntity, name: string, stage: string): boolean {
  const field = entity.fields.get(name)
  const rights = view.access.entity(entity.name)
  if (field === undefined || !rights.guardedStages.has(stage)) return false
  const { edit, isCreatable } = rights.entry(field, stage)
  return edit === 'none' && !isCreatable
}

function pipelinesOf(view: ModelView, entity: CompiledEntity) {
  const pipelines = [...entity.pipelines].map(([field, pipeline]) => {
    const stages = pipeline.stages.map((stage) => ({
      name: stage.name,
      label: labelOf(stage, view.language),
      type: stage.type,
      next: nextOf(pipeline, stage.name).filter((name) => name !== stage.name),
      pipeline: pipeline.parts.length === 1 ? undefined : partWith(pipeline, stage.name).name,
      barred: isBarred(view, entity, field, stage.name) || undefined,
      guide: stage.guide === undefined ? undefined : textIn(stage.guide, view.language, ''),
      requires: stage.requires?.filter((name) => {
        const asked = entity.fields.get(name)
        return asked !== undefined && isKnownField(view.access, entity, asked)
      }),
      ...conditionOf(view, entity, field, stage.name),
    }))
    return [field, stages] as const
  })
  return Object.fromEntries(pipelines)
}

/** What must hold of the record, in words, and its fields that it is about; nothing for who may not know one of them. */
function conditionOf(view: ModelView, entity: CompiledEntity, field: string, stage: string) {
  const gate = entityRules(view.model, entity).gates.find(
    (one) => one.field.name === field && one.stage.name === stage,
  )
  if (gate?.must === undefined) return {}
  const reads = pathsOf(gate.must)
  if (![...fieldPathsOf(reads), ...reads.lists.keys()].every(shownPaths(view, entity))) return {}
  return { must: ruleTexts(entity, gate.must)[view.language], asks: [...reads.own] }
}
