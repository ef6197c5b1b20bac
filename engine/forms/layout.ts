import { nearest } from '../../metadata/nearest.ts'
import type {
  AppDefinition,
  DashboardDefinition,
  LayoutDefinition,
  ReportDefinition,
  ViewDefinition,
  Who,
} from '../../metadata/types.ts'
import type { Actor } from '../access/actor.ts'
import { didYouMean, type Language, refuse } from '../errors.ts'
import type { CompiledEntity, CompiledField, CompiledModel } from '../model/compiled.ts'
import { labelOf } from './labels.ts'

/** A titled group of fields, in one language. */
export interface FormSection {
  readonly name: string
  readonly label: string
  readonly columns: number
  readonly fields: readonly string[]
}

/** Whether something is meant for one of the actor's roles; without `for` it is for everybody. */
export function isFor(people: readonly Who[] | undefined, actor: Pick<Actor, 'roles'>): boolean {
  return people === undefined || people.some((who) => actor.roles.includes(who.role))
}

const OPENED_BY = { view: 'views', app: 'apps', report: 'reports', dashboard: 'dashboards' } as const

/** Whether one of the actor's roles opens a view, an app, a report or a dashboard: one that it is for, and that does not leave it out. */
export function isOpened(
  { definitions }: CompiledModel,
  actor: Pick<Actor, 'roles'>,
  { kind, name, for: people }: ViewDefinition | AppDefinition | ReportDefinition | DashboardDefinition,
): boolean {
  return actor.roles.some((role) => {
    const opened = definitions.role.get(role)?.[OPENED_BY[kind]]
    return isFor(people, { roles: [role] }) && (opened?.includes(name) ?? true)
  })
}

/** What a record holds, by field; of a new one nothing is known. */
export type RecordValues = Readonly<Record<string, unknown>>

/** Whether a layout is used for a record that holds this; without `where` it is for all, new ones too. */
function isWhere({ where }: LayoutDefinition, values: RecordValues | undefined): boolean {
  return (where ?? []).every(({ field, is }) => is.some((option) => option === values?.[field]))
}

/** The layouts of an entity that are made for an actor, those that say most first, what records they are for before who. */
export function layoutsFor(
  model: CompiledModel,
  entity: CompiledEntity,
  actor: Pick<Actor, 'roles'>,
): readonly LayoutDefinition[] {
  const conditions = ({ where }: LayoutDefinition): number => where?.length ?? 0
  const said = (layout: LayoutDefinition): number => conditions(layout) + (layout.for === undefined ? 0 : 1)
  return [...model.translated.layout.values()]
    .filter((layout) => layout.entity === entity.name && isFor(layout.for, actor))
    .sort((one, other) => said(other) - said(one) || conditions(other) - conditions(one))
}

/** The fields by which layouts of an entity are chosen. */
export function layoutFields(
  model: CompiledModel,
  entity: CompiledEntity,
  actor: Pick<Actor, 'roles'>,
): ReadonlySet<string> {
  return new Set(
    layoutsFor(model, entity, actor).flatMap(({ where }) => (where ?? []).map(({ field }) => field)),
  )
}

/**
 * The layout in which an actor meets an entity: the named one; else of those that fit actor and record the one that says
 * most, the first of several; undefined where one is generated.
 * @param values of the record at hand; absent for a new one, and where no record is
 * @throws AppError LAYOUT_UNKNOWN for a name that is no layout of the entity and the actor
 */
export function layoutFor(
  model: CompiledModel,
  entity: CompiledEntity,
  actor: Pick<Actor, 'roles'>,
  name?: string,
  values?: RecordValues,
): LayoutDefinition | undefined {
  const fitting = layoutsFor(model, entity, actor)
  if (name === undefined) return fitting.find((layout) => isWhere(layout, values))
  const named = fitting.find((layout) => layout.name === name)
  if (named !== undefined) return named
  const hint = didYouMean(
    nearest(
      name,
      fitting.map((layout) => layout.name),
    ),
  )
  throw refuse('LAYOUT_UNKNOWN', '/layout', { params: { name }, hint })
}

const DETAILS = { name: 'details', label: { en: 'Details', 'zh-CN': '资料' } } as const

/** The sections of a layout, or the one generated section with all fields that people care for. */
export function sectionsOf(
  entity: CompiledEntity,
  layout: LayoutDefinition | undefined,
  language: Language,
  shows: (field: CompiledField) => boolean,
): readonly FormSection[] {
  if (layout?.form === undefined) {
    const fields = [...entity.fields.values()].filter((field) => isOfInterest(field) && shows(field))
    const columns = fields.length > 4 ? 2 : 1
    return [{ name: DETAILS.name, label: DETAILS.label[language], columns, fields: namesOf(fields) }]
  }
  return layout.form
    .map((section) => ({
      name: section.name,
      label: labelOf(section, language),
      columns: section.columns ?? 1,
      fields: section.fields.filter((name) => {
        const field = entity.fields.get(name)
        return field !== undefined && shows(field)
      }),
    }))
    .filter((section) => section.fields.length > 0)
}

/** The engine's marks (id, version, who and when) are shown in the history, not in the form. */
function isOfInterest(field: CompiledField): boolean {
  return !field.system && field.relation?.kind !== 'children'
}

function namesOf(fields: readonly CompiledField[]): readonly string[] {
  return fields.map((field) => field.name)
}
