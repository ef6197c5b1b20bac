import type { Executor } from '../db/database.ts'
import type { Language } from '../errors.ts'
import { labelOf } from '../forms/labels.ts'
import type { CompiledModel } from '../model/compiled.ts'
import { type Consent, countEntries, entriesOf, type FormCounts, type Outcome } from './entries.ts'
import { isWithinTime } from './receive.ts'
import { webformOf } from './webform.ts'

export interface ListedWebform {
  readonly name: string
  readonly label: string
  readonly entity: string
  /** Where it stands below the address of this Tenon. */
  readonly path: string
  readonly open: boolean
  readonly sites: readonly string[]
  readonly counts: FormCounts
}

const NONE: FormCounts = { created: 0, updated: 0, trapped: 0, failed: 0, week: 0, lastAt: null }

/** The forms of a workspace with what came in by them. */
export async function listWebforms(
  db: Executor,
  model: CompiledModel,
  language: Language,
  now: Date,
): Promise<readonly ListedWebform[]> {
  const counts = await countEntries(db, model.schema)
  return [...model.translated.webform.values()].map((definition) => {
    const form = webformOf(model, definition.name)
    const taken = counts.get(String(definition.id)) ?? NONE
    const isFull = taken.created + taken.updated >= (definition.open?.most ?? Number.POSITIVE_INFINITY)
    return {
      ...{ name: definition.name, label: labelOf(definition, language), entity: definition.entity },
      path: `/f/${definition.name}`,
      open: form !== undefined && isWithinTime(form, now) && !isFull,
      sites: definition.sites ?? [],
      counts: taken,
    }
  })
}

export interface ListedEntry {
  readonly id: string
  readonly webform: { readonly name: string; readonly label: string }
  readonly at: string
  readonly outcome: Outcome
  readonly consent: Consent | null
  readonly parameters: Readonly<Record<string, string>>
}

/** What came in by forms about one record, the newest first: when, by which, and what was agreed to. */
export async function listEntries(
  db: Executor,
  model: CompiledModel,
  record: string,
  language: Language,
): Promise<readonly ListedEntry[]> {
  const forms = new Map([...model.translated.webform.values()].map((form) => [form.id, form]))
  return (await entriesOf(db, model.schema, record)).map(({ webform, name, parameters, ...entry }) => {
    const form = forms.get(webform)
    const label = form === undefined ? name : labelOf(form, language)
    return { ...entry, webform: { name: form?.name ?? name, label }, parameters: parameters ?? {} }
  })
}
