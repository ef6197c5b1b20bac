import type { Entity, View } from '../../runtime-ui/api/types.ts'
import { useWork } from '../../runtime-ui/kit/model-context.tsx'
import { fieldAt } from '../../runtime-ui/values/references.ts'
import type { LayoutField } from '../layouts/layout-context.ts'
import { useTypeWords } from '../layouts/use-layout-fields.ts'
import { useNames } from '../store/use-names.ts'

/** What makes no column. */
const NO_COLUMN: ReadonlySet<string> = new Set(['child_list', 'password', 'rich_text', 'json'])

/** The engine's own marks, which nobody looks for. */
const MARKS: ReadonlySet<string> = new Set(['id', 'version'])

/** The columns of a view, and the fields that could be one, those of related records among them. */
export function useOffers(entity: Entity, view: View) {
  const { model } = useWork()
  const names = useNames()
  const typeWord = useTypeWords()
  const offerOf = (path: string, of: Entity['fields'][number] | undefined): LayoutField => ({
    ...{ name: path, label: of?.label ?? names.field(entity.name, path), type: of?.type ?? '' },
    ...{ typeWord: of === undefined ? '' : typeWord(of.type), isRequired: false },
  })
  const paths = new Set(view.columns.map(({ field }) => field))
  const shown = view.columns.map(({ field }) => offerOf(field, fieldAt(model.entities, entity, field)))
  const open = entity.fields.filter(({ name, type }) => !MARKS.has(name) && !NO_COLUMN.has(type))
  const related = entity.fields.flatMap(({ name, relation }) => {
    const target = relation?.kind === 'one' ? relation.to[0] : undefined
    const other = model.entities.find((one) => one.name === target)
    return (other?.fields ?? [])
      .filter(
        (field) =>
          !MARKS.has(field.name) && !NO_COLUMN.has(field.type) && !paths.has(`${name}.${field.name}`),
      )
      .map((field) => `${name}.${field.name}`)
  })
  return {
    shown,
    offered: open.filter(({ name }) => !paths.has(name)).map((field) => offerOf(field.name, field)),
    related: related.map((path) => offerOf(path, fieldAt(model.entities, entity, path))),
  }
}
