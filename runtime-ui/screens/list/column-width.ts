import type { Entity, Field } from '../../api/types.ts'

const TITLE = 256
const NORMAL = 132

/** Room in pixels that values of a type need; a wide window shares what is left in the same proportions. */
const WIDTHS: Readonly<Record<string, number>> = {
  boolean: 84,
  standing: 160,
  integer: 92,
  percent: 92,
  date: 120,
  date_time: 150,
  time: 84,
  duration: 112,
  select: 104,
  stage: 180,
  auto_number: 128,
  currency: 136,
  phone: 164,
  email: 188,
  url: 168,
  lookup: 164,
  dynamic_lookup: 164,
  user: 136,
  long_text: 220,
  rich_text: 220,
  address: 220,
  tags: 196,
  multi_select: 196,
  many_to_many: 196,
}

export function columnWidth(entity: Entity, field: Field, path: string): number {
  return path === entity.title ? TITLE : (WIDTHS[field.type] ?? NORMAL)
}
