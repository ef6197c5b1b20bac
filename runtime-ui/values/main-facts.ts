import type { Entity, Field, RecordData } from '../api/types.ts'

const LONG: ReadonlySet<string> = new Set(['long_text', 'rich_text', 'json', 'child_list', 'file', 'image'])

const hasValue = (value: unknown): boolean =>
  value !== null && value !== undefined && value !== '' && !(Array.isArray(value) && value.length === 0)

/** The fields by which one knows a record at a glance: those with a value, the highlights first, then the first of its form. */
export function mainFacts(entity: Entity, record: RecordData, most: number): readonly Field[] {
  const names = [...entity.page.highlights, ...entity.sections.flatMap(({ fields }) => fields)]
  return [...new Set(names)]
    .flatMap((name) => entity.fields.find((field) => field.name === name) ?? [])
    .filter((field) => field.name !== entity.title && hasValue(record[field.name]) && !LONG.has(field.type))
    .slice(0, most)
}

/** The first number of a record that can be called: none of which the person sees only a part. */
export function phoneOf(entity: Entity, record: RecordData): string | undefined {
  const values = entity.fields.filter(({ type }) => type === 'phone').map(({ name }) => record[name])
  return values.find((value): value is string => typeof value === 'string' && /^\+?\d[\d ()-]*$/.test(value))
}
