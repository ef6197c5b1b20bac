import type { Entity, Field } from '../api/types.ts'

const WIDGETS: Readonly<Record<string, string>> = {
  long_text: 'textarea',
  boolean: 'checkbox',
  auto_number: 'read_only',
  encrypted: 'text',
}

/** The widget of a field that stands in no generated form: a line of a child list. */
export function widgetForField(
  entity: Entity,
  field: Field,
): { readonly widget: string; readonly options: Readonly<Record<string, unknown>> } {
  const to = field.relation?.kind === 'dynamic' ? field.relation.to : field.relation?.to[0]
  const { dependsOn, by } = field.relation ?? {}
  const options = entity.pipelines[field.name] ?? field.options
  return {
    widget: WIDGETS[field.type] ?? field.type,
    options: {
      ...(to === undefined ? {} : { to }),
      ...(by === undefined ? {} : { dependsOn, by }),
      ...(options === undefined ? {} : { options }),
      ...(field.currency === undefined ? {} : { currency: field.currency }),
    },
  }
}
