import { textIn } from '../../metadata/text.ts'
import type { FieldDefinition } from '../../metadata/types.ts'
import { type LocalText, type Problem, problem } from '../errors.ts'
import type { DefinitionSet } from './compiled.ts'
import { pointer } from './pointer.ts'

/** Shown by the path of the pipeline, wherever the form is. */
const SHOWN_OTHERWISE: ReadonlySet<string> = new Set(['stage'])

/**
 * New fields that nobody meets in a form: where layouts list fields by hand, and none of them this one. An entity without
 * such a layout shows it by itself.
 */
export function unplacedFields(base: DefinitionSet, candidate: DefinitionSet): readonly Problem[] {
  const before = new Map([...base.entity.values()].map((entity) => [entity.id, entity]))
  return [...candidate.entity.values()].flatMap((entity) => {
    const forms = [...candidate.layout.values()].filter(
      (one) => one.entity === entity.name && one.form?.length,
    )
    if (forms.length === 0) return []
    const listed = new Set(forms.flatMap(({ form = [] }) => form.flatMap(({ fields }) => fields)))
    const known = new Set(before.get(entity.id)?.fields.map(({ id }) => id))
    return entity.fields.flatMap((field, at) => {
      if (known.has(field.id) || listed.has(field.name) || SHOWN_OTHERWISE.has(field.type)) return []
      return [
        problem('META_FIELD_UNPLACED', pointer('entity', entity.name, 'fields', at), {
          params: { field: called(field), entity: called(entity) },
        }),
      ]
    })
  })
}

function called({ label, name }: Pick<FieldDefinition, 'label' | 'name'>): LocalText {
  return { en: textIn(label, 'en', name), 'zh-CN': textIn(label, 'zh-CN', name) }
}
