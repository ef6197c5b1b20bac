import type { Entity, Relation } from '../../api/types.ts'

export interface RelatedTab {
  readonly relation: Relation
  readonly label: string
}

/** The engine's own ways back (who wrote a comment, uploaded a file) are no lists that people look at. */
const HIDDEN: ReadonlySet<string> = new Set(['comment', 'file'])

/** The related lists of a page in the layout's order; without a layout, every way back. */
export function relatedTabs(entity: Entity): readonly RelatedTab[] {
  const byName = new Map(entity.relations.map((relation) => [relation.name, relation]))
  const chosen = entity.page.tabs.flatMap((tab) => {
    const relation = tab.related === undefined ? undefined : byName.get(tab.related)
    return relation === undefined ? [] : [{ relation, label: tab.label }]
  })
  if (chosen.length > 0 || entity.page.tabs.length > 0) return chosen
  return entity.relations
    .filter((relation) => !HIDDEN.has(relation.entity))
    .map((relation) => ({ relation, label: relation.label }))
}
