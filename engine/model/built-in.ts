import { isDeepStrictEqual } from 'node:util'
import type { EntityDefinition } from '../../metadata/types.ts'
import administrator from './built-in/administrator.json' with { type: 'json' }
import comment from './built-in/comment.json' with { type: 'json' }
import file from './built-in/file.json' with { type: 'json' }
import notification from './built-in/notification.json' with { type: 'json' }
import team from './built-in/team.json' with { type: 'json' }
import user from './built-in/user.json' with { type: 'json' }
import type { Definition, Kind } from './compiled.ts'
import { FURTHER_LANGUAGES, withLanguages } from './languages.ts'
import { isRecord, own } from './pointer.ts'

/** The definitions that every workspace has: the engine's own entities and the administrator's role. */
export const BUILT_IN: readonly Definition[] = [
  withLanguages(user as EntityDefinition, FURTHER_LANGUAGES),
  team,
  comment,
  file,
  notification,
  administrator,
] as Definition[]

/** Ids under which the engine keeps what it brings itself; no other id is ever made like this. */
const ENGINE_ID = /^00000000-0000-7000-8000-/

/** The built-in definition of that kind and name, or undefined. */
export function builtIn(kind: Kind, name: string): Definition | undefined {
  return BUILT_IN.find((definition) => definition.kind === kind && definition.name === name)
}

/** Whether an id is of the engine's own definitions and their items. */
export function isEngineId(id: unknown): boolean {
  return typeof id === 'string' && ENGINE_ID.test(id)
}

/**
 * The engine's own definition with the fields that a workspace has added to it, in the workspace's order, and in the
 * group into which it put it: in all else what the engine says wins, what it does not know is the workspace's.
 * @param written as it is in force, in a draft or in an archive; anything at all
 */
export function extendBuiltIn(engineOwn: Definition, written: unknown): Definition {
  if (engineOwn.kind !== 'entity') return engineOwn
  const known = new Map<unknown, unknown>()
  for (const field of engineOwn.fields) known.set(field.id, field).set(field.name, field)
  const fields: unknown[] = []
  for (const entry of fieldsOf(written)) {
    const ours = known.get(own(entry, 'id')) ?? known.get(own(entry, 'name'))
    // A field of the engine that it no longer has goes.
    if (ours === undefined && isEngineId(own(entry, 'id'))) continue
    if (ours === undefined || !fields.includes(ours)) fields.push(ours ?? entry)
  }
  for (const [index, field] of engineOwn.fields.entries()) {
    if (fields.includes(field)) continue
    const before = engineOwn.fields[index - 1]
    fields.splice(before === undefined ? 0 : fields.indexOf(before) + 1, 0, field)
  }
  const group = own(written, 'group')
  return { ...engineOwn, ...(group === undefined ? {} : { group }), fields } as Definition
}

/** The positions of the fields that a workspace has added to an entity of the engine. */
export function addedFields(engineOwn: Definition, written: unknown): readonly number[] {
  if (engineOwn.kind !== 'entity') return []
  const names = new Set<unknown>(engineOwn.fields.map((field) => field.name))
  return fieldsOf(written).flatMap((entry, index) =>
    isEngineId(own(entry, 'id')) || names.has(own(entry, 'name')) ? [] : [index],
  )
}

/** Whether a workspace has put an entity of the engine into another group of the data model. */
export function isRegrouped(engineOwn: Definition, written: unknown): boolean {
  return engineOwn.kind === 'entity' && !isDeepStrictEqual(own(written, 'group'), engineOwn.group)
}

/** What was written without what is the workspace's own: to be compared with what the engine says. */
export function withoutAdded(engineOwn: Definition, written: unknown): unknown {
  const added = addedFields(engineOwn, written)
  const isMoved = isRegrouped(engineOwn, written)
  if ((added.length === 0 && !isMoved) || !isRecord(written) || engineOwn.kind !== 'entity') return written
  const { group: _theirs, ...rest } = written
  const ours = engineOwn.group === undefined ? {} : { group: engineOwn.group }
  return { ...rest, ...ours, fields: fieldsOf(written).filter((_, index) => !added.includes(index)) }
}

function fieldsOf(written: unknown): readonly unknown[] {
  const fields = isRecord(written) ? written.fields : undefined
  return Array.isArray(fields) ? fields : []
}
