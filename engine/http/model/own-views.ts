import { checkRule } from '../../../metadata/rules/check-rule.ts'
import type { ViewDefinition } from '../../../metadata/types.ts'
import { AppError, type Problem } from '../../errors.ts'
import { isRecord, own, pointer } from '../../model/pointer.ts'
import { signedName } from '../../model/signed-name.ts'
import { metBy } from '../../records/belonging.ts'
import { sightScope } from '../../records/cells.ts'
import { entityFor, type RequestContext } from '../../records/context.ts'
import { unknownField } from '../../records/parse-selection.ts'
import { isShownView, type ModelView, mayRead, shownPaths } from './model-view.ts'
import { presentView } from './present-entity.ts'

/** The views that are the actor's own or those of their teams, which no answer for all of a role can hold. */
export async function ownViews(context: RequestContext) {
  const view = viewFor(context)
  const mine = await metBy<ViewDefinition>(context, context.model.translated.view.values(), () => false)
  return mine.flatMap((definition) => {
    const entity = context.model.entities.get(definition.entity)
    if (entity === undefined || !mayRead(view, entity.name) || !isShownView(view, entity, definition))
      return []
    const presented = presentView(view, entity, definition)
    if (presented.columns.length === 0) return []
    return [{ ...presented, entity: entity.name, belongsTo: definition.belongsTo }]
  })
}

/**
 * Holds what somebody saves for themselves against what they may know: no hint of the check tells them of more.
 * @throws AppError with every field that they may not know, as for one that is not there
 */
export function assertKnownView(context: RequestContext, raw: unknown): void {
  const named = own(raw, 'entity')
  const entity = entityFor(context, typeof named === 'string' ? named : '')
  const view = viewFor(context)
  const isKnown = shownPaths(view, entity)
  const said = [
    ...texts(own(raw, 'columns'), 'columns'),
    ...texts(own(raw, 'sort'), 'sort'),
    ...fieldsOf(raw),
  ]
  const unknown = said
    .filter(({ path }) => !isKnown(path))
    .map(({ path, at }) => unknownField(context, entity, path, at))
  const problems: readonly Problem[] = [...unknown, ...filterProblems(view, entity, own(raw, 'filter'))]
  if (problems.length > 0) throw new AppError(problems)
}

function viewFor({ model, actor, access }: RequestContext): ModelView {
  return { model, actor, access, language: actor.language }
}

interface SaidPath {
  readonly path: string
  readonly at: string
}

function texts(list: unknown, name: string): readonly SaidPath[] {
  if (!Array.isArray(list)) return []
  return list.flatMap((item: unknown, index) => {
    const text = isRecord(item) ? own(item, 'field') : item
    return typeof text === 'string' ? [{ path: signedName(text).name, at: pointer(name, index) }] : []
  })
}

function fieldsOf(raw: unknown): readonly SaidPath[] {
  return ['group', 'lanes', 'date', 'until'].flatMap((key) => {
    const path = own(raw, key)
    return typeof path === 'string' ? [{ path, at: pointer(key) }] : []
  })
}

function filterProblems(
  view: ModelView,
  entity: Parameters<typeof sightScope>[1],
  filter: unknown,
): readonly Problem[] {
  if (filter === undefined) return []
  const { problems } = checkRule(filter, sightScope(view, entity), 'condition')
  return problems.map((fault) => ({ ...fault, path: `/filter${fault.path}` }))
}
