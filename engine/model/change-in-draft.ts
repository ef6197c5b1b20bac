import { isDeepStrictEqual } from 'node:util'
import { AppError, type LocalText, type Problem, problem } from '../errors.ts'
import { closedBy, dropItem, loadChangeset, saveItems, tellOfDraft } from './changesets.ts'
import { findDefinition } from './definition-set.ts'
import { baseOf, type DraftAddress, type DraftDeps, readInDraft } from './draft.ts'
import { mergeValues } from './merge.ts'
import { isRecord } from './pointer.ts'
import { loadState } from './state.ts'

/** A change of a definition in a draft that others may be changing as well; undefined: there is none. */
export interface DraftChange {
  /** As whoever changes it saw it in the draft last. */
  readonly from: unknown
  readonly to: unknown
  /** Which side stands where somebody else has changed the same. @param path a pointer into the definition */
  readonly decide?: ((path: string) => 'ours' | 'theirs' | undefined) | undefined
}

/** Both with their ids; undefined: removed. */
export interface ChangedInDraft {
  /** As it was sent. */
  readonly sent: unknown
  /** As the draft has it now, with what others have changed meanwhile. */
  readonly stored: unknown
}

/**
 * Changes a definition in an open draft. What others have changed in it since is merged, property by property, as drafts
 * are with what was published.
 * @throws AppError META_DRAFT_MOVED at every place that somebody else has changed otherwise and nobody has decided:
 *   nothing is stored then; META_CHANGESET_*, and every problem of `readInDraft`
 */
export async function changeInDraft(
  { db, schema, registry }: DraftDeps,
  changesetId: string,
  address: DraftAddress,
  { from, to, decide }: DraftChange,
): Promise<ChangedInDraft> {
  const { kind, name } = address
  return db.transaction(async (tx) => {
    const changeset = await loadChangeset(tx, schema, changesetId, 'update')
    if (changeset.state !== 'open') throw closedBy(changeset.state)
    const { version, definitions } = await loadState(tx, schema)
    const item = changeset.items.find((one) => one.kind === kind && one.name === name)
    const before = from ?? item?.definition
    const sent =
      to === undefined ? undefined : readInDraft({ registry, definitions, changeset }, address, to, before)
    // What is in force meanwhile is merged when the draft is planned.
    const stored = item === undefined ? sent : mergedWith(item.definition, { from, to: sent, decide })
    const base = item?.baseVersion ?? baseOf(address, version)
    // Of what is as it is in force, such as after undo, the draft says nothing; an item from elsewhere says what it was there.
    const isChange = !isDeepStrictEqual(stored, findDefinition(definitions, kind, name))
    const isKept = isChange || item?.ownBase !== undefined
    if (isKept) await saveItems(tx, schema, changeset.id, [{ kind, name, definition: stored }], base)
    else await dropItem(tx, schema, changeset.id, kind, name)
    await tellOfDraft(tx, schema, changeset.id)
    return { sent, stored }
  })
}

function mergedWith(theirs: unknown, { from, to, decide }: DraftChange): unknown {
  if (isDeepStrictEqual(from, theirs)) return to
  const problems: Problem[] = []
  const { value } = mergeValues(from, to, theirs, (path, other) => {
    const side = decide?.(path)
    if (side === undefined)
      problems.push(problem('META_DRAFT_MOVED', path, { params: { value: shown(other) } }))
    return side
  })
  if (problems.length > 0) throw new AppError(problems)
  return value
}

const SHOWN = 80

/** What somebody else has made of a place, as people read it. */
function shown(value: unknown): LocalText {
  if (value === undefined || value === null) return { en: 'nothing', 'zh-CN': '空' }
  if (isRecord(value) || Array.isArray(value)) return { en: 'something else', 'zh-CN': '其他内容' }
  const text = String(value)
  const short = (text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text).toWellFormed()
  return { en: `“${short}”`, 'zh-CN': `“${short}”` }
}
