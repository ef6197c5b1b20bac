export interface FormSection {
  readonly name: string
  readonly label: string
  readonly columns: number
  readonly fields: readonly string[]
}

/**
 * The sections of a form with the fields that it really has; fields in none of them come last, in a section
 * without a label.
 */
export function sectionsOf(
  uiSchema: Readonly<Record<string, unknown>>,
  fields: readonly string[],
): readonly FormSection[] {
  const given = (
    Array.isArray(uiSchema['ui:sections']) ? uiSchema['ui:sections'] : []
  ) as readonly FormSection[]
  const known = new Set(fields)
  const sections = given
    .map((section) => ({
      ...section,
      columns: section.columns ?? 2,
      fields: section.fields.filter((name) => known.has(name)),
    }))
    .filter((section) => section.fields.length > 0)
  const placed = new Set(sections.flatMap((section) => section.fields))
  const rest = fields.filter((name) => !placed.has(name))
  return rest.length === 0 ? sections : [...sections, { name: 'other', label: '', columns: 2, fields: rest }]
}

/** Whether there is anything of a section to be seen. */
export function isShown(
  { name, fields }: FormSection,
  state: { readonly hidden: ReadonlySet<string>; readonly hiddenSections: ReadonlySet<string> },
): boolean {
  return !state.hiddenSections.has(name) && fields.some((field) => !state.hidden.has(field))
}

const FULL_WIDTH: ReadonlySet<string> = new Set([
  'textarea',
  'rich_text',
  'json',
  'child_list',
  'address',
  'dynamic_lookup',
  'many_to_many',
  'tags',
])

/** Widgets that need the whole width of their section. */
export const isWide = (widget: unknown): boolean => typeof widget === 'string' && FULL_WIDTH.has(widget)
