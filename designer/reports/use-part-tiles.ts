import { useTranslation } from 'react-i18next'
import { textIn } from '../../metadata/text.ts'
import type { Entity } from '../../runtime-ui/api/types.ts'
import { useWork } from '../../runtime-ui/kit/model-context.tsx'
import { fieldAt } from '../../runtime-ui/values/references.ts'
import { entriesAt, pathOf } from '../canvas/short-form.ts'
import type { LayoutField } from '../layouts/layout-context.ts'
import { useTypeWords } from '../layouts/use-layout-fields.ts'
import type { Json } from '../store/json-value.ts'
import { useNames } from '../store/use-names.ts'
import type { Place } from './report-edit.ts'

/** The entries of a report's lists as tiles: a field with its span of time, a figure with what it does. */
export function usePartTiles(entity: Entity, definition: Json) {
  const { t, i18n } = useTranslation()
  const { model } = useWork()
  const names = useNames()
  const typeWord = useTypeWords()
  return (place: Place): readonly LayoutField[] =>
    entriesAt(definition, place).map((entry) => {
      const path = pathOf(entry)
      const field = path === '' ? undefined : fieldAt(model.entities, entity, path)
      const whole = typeof entry === 'string' ? {} : entry
      const own = whole.label as Parameters<typeof textIn>[0]
      const fn = typeof whole.fn === 'string' ? whole.fn : undefined
      const bucket = typeof whole.bucket === 'string' ? t(`example.bucket.${whole.bucket}`) : undefined
      const word = fn === undefined ? bucket : t(`example.fn.${fn}`)
      const usual =
        field?.label ?? (path === '' ? t(`example.fn.${fn ?? 'count'}`) : names.field(entity.name, path))
      return {
        ...{ name: path === '' ? (fn ?? '') : path, label: textIn(own, i18n.language, usual) },
        ...{ type: field?.type ?? 'integer', isRequired: false },
        typeWord: word ?? (field === undefined ? '' : typeWord(field.type)),
      }
    })
}
