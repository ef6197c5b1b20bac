import { fieldOf, inversesOf, relationOf } from './follow.ts'
import type { ModelContext, Reference } from './kind-spec.ts'
import type { TemplateList } from './message-template.ts'

/** The records that a list goes through: of which entity, and where in the template their relation is named. */
export interface DocumentList {
  readonly from: string
  readonly references: readonly Reference[]
}

/** What `{{#each lines}}` means: a list of children, or the records that point at this one. */
export function listIn(
  context: ModelContext,
  entity: string,
  { name, offset }: Pick<TemplateList, 'name' | 'offset'>,
  at: string,
): DocumentList | undefined {
  const place = fieldOf(context, entity, name)
  const relation = place === undefined ? undefined : relationOf(place)
  if (relation?.kind === 'children') {
    const to = { kind: 'entity', name: entity, item: name } as const
    return { from: relation.of, references: [{ path: at, to, span: [offset, offset + name.length] }] }
  }
  const inverse = inversesOf(context, entity).find((one) => one.name === name)
  if (inverse === undefined) return undefined
  const to = { kind: 'entity', name: inverse.from, item: inverse.field } as const
  return { from: inverse.from, references: inverse.named ? [{ path: at, to, byOtherName: true }] : [] }
}

/** The lists that there are. */
export function listsOf(context: ModelContext, entity: string): readonly string[] {
  return inversesOf(context, entity).map(({ name }) => name)
}
