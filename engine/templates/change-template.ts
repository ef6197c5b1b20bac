import { refuse } from '../errors.ts'
import { listTemplateBases, loadBase, templateSource } from '../model/bases.ts'
import { builtIn, isEngineId } from '../model/built-in.ts'
import { type ChangesetItem, type ChangesetSummary, openFilledChangeset } from '../model/changesets.ts'
import type { Definition } from '../model/compiled.ts'
import { listDefinitions } from '../model/definition-set.ts'
import { loadState } from '../model/state.ts'
import { type Answering, answerTemplate } from './answer-template.ts'
import { keptAnswers, listInstalled } from './installed.ts'
import { bringTemplate, type PublishTemplateDeps } from './publish-template.ts'
import type { Template } from './read-template.ts'

type Deps = Pick<PublishTemplateDeps, 'db' | 'registry' | 'schema'>

export interface TemplateDraft {
  readonly label: string
  readonly by: string | undefined
  /** Whether the definitions may be changed by who asks. @throws AppError where not */
  readonly assertMay: (items: readonly ChangesetItem[]) => void
}

/**
 * Opens a draft with what a newer version of a template has otherwise than the one that is installed. It is merged like
 * every draft on a base that has moved; once it is published, the newer version counts as installed.
 * @param given answers that are new; what was answered at the install before stands otherwise
 * @throws AppError TEMPLATE_NOT_THERE, TEMPLATE_CURRENT, every problem of the answers
 */
export async function upgradeTemplate(
  deps: Deps,
  read: Template,
  wish: TemplateDraft,
  given?: Answering['given'],
): Promise<ChangesetSummary> {
  const { name } = read.manifest
  await assertInstalled(deps, name)
  const kept = await keptAnswers(deps.db, deps.schema, name)
  const template = answerTemplate(read, deps.registry, { given, kept })
  const state = await loadState(deps.db, deps.schema)
  const { items, brings } = await bringTemplate(deps, template, state)
  if (items.length === 0) throw refuse('TEMPLATE_CURRENT', '', { params: { name } })
  wish.assertMay(items)
  const draft = { label: wish.label, createdBy: wish.by, baseVersion: state.version, brings }
  return openFilledChangeset(deps.db, deps.schema, draft, items)
}

/**
 * Opens a draft that retires what a template brought, under whatever name it goes now. What another template brought as
 * well stays; what anything else mentions is told where the draft is looked at. Records stay until the purge.
 * @throws AppError TEMPLATE_NOT_THERE, TEMPLATE_NEEDED for each template that builds on it
 */
export async function uninstallTemplate(
  deps: Deps,
  name: string,
  shipped: readonly { readonly name: string; readonly requires: readonly string[] }[],
  wish: TemplateDraft,
): Promise<ChangesetSummary> {
  const { db, schema } = deps
  const installed = await assertInstalled(deps, name)
  const needing = shipped.find((one) => one.requires.includes(name) && installed.includes(one.name))
  if (needing !== undefined) throw refuse('TEMPLATE_NEEDED', '', { params: { name, other: needing.name } })
  const source = templateSource(name)
  const base = await loadBase(db, schema, source)
  const others = (await listTemplateBases(db, schema)).filter((one) => one.source !== source)
  const state = await loadState(db, schema)
  const here = listDefinitions(state.definitions)
  const items = (base?.definitions ?? []).flatMap((brought): ChangesetItem[] => {
    const isShared = others.some(({ definitions }) => definitions.some((one) => isSame(one, brought)))
    const now = here.find((one) => isSame(one, brought))
    return isShared || now === undefined ? [] : [removalOf(now, brought)]
  })
  if (items.length === 0) throw refuse('TEMPLATE_NOT_THERE', '', { params: { name } })
  wish.assertMay(items)
  const brings = { source, version: '', definitions: [], isGone: true } as const
  const draft = { label: wish.label, createdBy: wish.by, baseVersion: state.version, brings }
  return openFilledChangeset(db, schema, draft, items)
}

/** Of the engine's own definitions only the fields go that the template added. */
function removalOf(now: Definition, brought: Definition): ChangesetItem {
  const { kind, name } = now
  if (builtIn(kind, name) === undefined) return { kind, name, definition: undefined }
  if (now.kind !== 'entity' || brought.kind !== 'entity') return { kind, name, definition: now }
  const added = new Set(brought.fields.flatMap(({ id }) => (isEngineId(id) ? [] : [id])))
  return { kind, name, definition: { ...now, fields: now.fields.filter(({ id }) => !added.has(id)) } }
}

const isSame = (one: Definition, other: Definition): boolean =>
  one.kind === other.kind && (one.id === undefined ? one.name === other.name : one.id === other.id)

/** @returns the names of all that are */
async function assertInstalled({ db, schema }: Deps, name: string): Promise<readonly string[]> {
  const names = (await listInstalled(db, schema)).map((one) => one.name)
  if (!names.includes(name)) throw refuse('TEMPLATE_NOT_THERE', '', { params: { name } })
  return names
}
