import type { NoteDefinitions } from '../model/note.ts'
import { type AuditEntry, recordAudit } from './record-audit.ts'

/** The audit of definitions: one row a definition, before and after, and one for the version that was published. */
export const noteDefinitions: NoteDefinitions = async (tx, schema, { by, from, published, changes }) => {
  const origin = from && { address: from.address, request: from.request }
  const common = { actor: by, via: from?.via ?? 'system', origin }
  const entries: AuditEntry[] = changes.map(({ kind, name, before, after }) => ({
    ...common,
    action: 'definition_changed',
    subject: `${kind}/${name}`,
    details: { before: before ?? null, after: after ?? null },
  }))
  if (published !== undefined) {
    const { version, label, override } = published
    const details = override === undefined ? { label } : { label, override }
    entries.push({ ...common, action: 'published', subject: `version/${version}`, details })
  }
  await recordAudit(tx, schema, entries)
}
