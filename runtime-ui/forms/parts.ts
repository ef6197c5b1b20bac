import type { FormSection } from './sections.ts'

/** How the sections of a form are gone through. A record that is there is looked up, not told from the beginning. */
export function partsAs(
  uiSchema: Readonly<Record<string, unknown>>,
  isNew: boolean,
): 'sections' | 'tabs' | 'steps' {
  const as = uiSchema['ui:as']
  if (as === 'steps') return isNew ? 'steps' : 'tabs'
  return as === 'tabs' ? 'tabs' : 'sections'
}

/**
 * The section that is looked at: the chosen one; where a rule has hidden it, the last one before it that is there.
 * @param all the sections of the form, hidden ones too
 * @param shown those of them that are there
 */
export function partAt(
  all: readonly FormSection[],
  shown: readonly FormSection[],
  chosen: string | undefined,
): FormSection | undefined {
  const at = all.findIndex(({ name }) => name === chosen)
  const before = all.slice(0, at + 1).findLast(({ name }) => shown.some((part) => part.name === name))
  return shown.find(({ name }) => name === before?.name) ?? shown[0]
}

/** The part after or before one, or undefined at the end. */
export function partBeside(
  shown: readonly FormSection[],
  part: FormSection,
  by: 1 | -1,
): FormSection | undefined {
  return shown[shown.findIndex(({ name }) => name === part.name) + by]
}
