import type { RJSFValidationError } from '@rjsf/utils'
import type { TFunction } from 'i18next'
import type { ProblemItem } from '../api/problem.ts'
import type { FormDescription } from '../api/types.ts'

/** A problem as the form shows it: at its field, and as a link at the top. */
export interface FormProblem {
  /** Undefined where it is about the whole. */
  readonly field: string | undefined
  readonly message: string
  readonly source: 'check' | 'server' | 'widget'
}

/** The widget of a field: what it asks for decides how a wrong form is told. */
export type WidgetOf = (field: string) => string | undefined

/** The fields' labels by name. */
export type Labels = ReadonlyMap<string, string>

/** The problems of the server: `/name` and what is below belong to the field `name`. */
export function serverProblems(
  items: readonly ProblemItem[],
  fields: ReadonlySet<string>,
  fallback: string,
  lineText: (number: number) => string = String,
): readonly FormProblem[] {
  if (items.length === 0) return [{ field: undefined, message: fallback, source: 'server' }]
  return items.map((item) => {
    const name = decode(item.path.split('/')[1] ?? '')
    const line = LINE.exec(item.path)?.[1]
    const told = line === undefined ? item.message : `${lineText(Number(line) + 1)} ${item.message}`
    const message = item.hint === undefined ? told : `${told} ${item.hint}`
    return { field: fields.has(name) ? name : undefined, message: message || item.code, source: 'server' }
  })
}

/** `/lines/2/price`: a problem inside the third line of a child list. */
const LINE = /^\/[^/]+\/(\d+)\/./

const decode = (part: string): string => part.replaceAll('~1', '/').replaceAll('~0', '~')

/** The validator's findings, in words; one a field, since one mended value often mends several. */
export function checkProblems(
  errors: readonly RJSFValidationError[],
  t: TFunction,
  widgetOf: WidgetOf = () => undefined,
): readonly FormProblem[] {
  const seen = new Set<string>()
  return errors.flatMap((error) => {
    const field = fieldOf(error)
    if (field === undefined || seen.has(field)) return []
    seen.add(field)
    return [{ field, message: messageOf(error, t, widgetOf), source: 'check' as const }]
  })
}

/** The field of a finding: `.name`, `['name']`, `.tags.0`; for a missing one it is told in the params. */
function fieldOf(error: RJSFValidationError): string | undefined {
  const [first] = [...(error.property ?? '').matchAll(/\.([^.[\]]+)|\['([^']+)'\]/g)]
  if (first !== undefined) return first[1] ?? first[2]
  const params = error.params as { readonly missingProperty?: string } | undefined
  return params?.missingProperty
}

/** Widgets whose pattern can be said in words. */
const SHAPES: ReadonlySet<string> = new Set(['email', 'phone', 'url'])

const KEYWORDS: ReadonlySet<string> = new Set([
  'required',
  'minLength',
  'maxLength',
  'minimum',
  'maximum',
  'enum',
  'type',
  'format',
  'pattern',
  'maxItems',
  'minItems',
  'uniqueItems',
])

/** A finding of the validator as a sentence; limits are in its params. */
export function messageOf(
  error: RJSFValidationError,
  t: TFunction,
  widgetOf: WidgetOf = () => undefined,
): string {
  const keyword = error.name ?? ''
  if (!KEYWORDS.has(keyword)) return t('fault.other')
  const params = (error.params ?? {}) as { readonly limit?: number }
  if (keyword === 'minLength' && params.limit === 1) return t('fault.required')
  const widget = widgetOf(fieldOf(error) ?? '')
  if (keyword === 'pattern' && widget !== undefined && SHAPES.has(widget)) return t(`shape.${widget}`)
  return t(`fault.${keyword}`, { limit: params.limit })
}

/** rjsf's tree of messages by field. */
export function errorTree(
  problems: readonly FormProblem[],
): Readonly<Record<string, { __errors: string[] }>> {
  const tree: Record<string, { __errors: string[] }> = {}
  for (const { field, message } of problems) {
    if (field === undefined) continue
    tree[field] = { __errors: [...(tree[field]?.__errors ?? []), message] }
  }
  return tree
}

/** The widget of a field as its uiSchema names it. */
export function widgetIn(uiSchema: Readonly<Record<string, unknown>>): WidgetOf {
  return (field) => {
    const part = uiSchema[field] as { readonly 'ui:widget'?: string } | undefined
    return part?.['ui:widget']
  }
}

/** What the fields of a form are called. */
export function labelsOf(form: FormDescription): Labels {
  const properties = (form.schema.properties ?? {}) as Readonly<Record<string, { readonly title?: string }>>
  return new Map(Object.entries(properties).map(([name, property]) => [name, property.title ?? name]))
}
