import type { TFunction } from 'i18next'
import type { AuditAction, AuditEntry } from '../../api/audit.ts'

const text = (value: unknown): string => (typeof value === 'string' ? value : '')

/** What a sentence needs besides the entity's name, by action. */
const VALUES: Partial<Record<AuditAction, (entry: AuditEntry) => Readonly<Record<string, unknown>>>> = {
  token_made: ({ details }) => ({ label: text(details.label) }),
  published: ({ subject, details }) => ({
    version: subject?.split('/')[1] ?? '',
    label: text(details.label),
  }),
  duplicates_asked: ({ details }) => ({ entity: text(details.entity) }),
  secrets_changed: ({ subject }) => ({ name: subject ?? '' }),
  denied: ({ details }) => ({ call: `${text(details.method)} ${text(details.path)}`.trim() }),
}

/** What was done, as the end of a sentence that begins with who did it. */
export function sentenceOf(entry: AuditEntry, t: TFunction): string {
  const { action, details, subject } = entry
  if (action === 'definition_changed') {
    const key = details.before === null ? 'made' : details.after === null ? 'removed' : 'changed'
    return t(`audit.definition.${key}`, { name: subject ?? '' })
  }
  if (action === 'retention_changed') {
    const months = details.after
    return typeof months === 'number' ? t('audit.keepsMonths', { count: months }) : t('audit.keepsForEver')
  }
  if (action === 'exported' && typeof details.rows === 'number') {
    return t('audit.did.exportedRecords', { count: details.rows, entity: text(details.entity) })
  }
  if (action === 'denied' && typeof details.attempts === 'number') {
    return t('audit.did.heldBack', { count: details.attempts })
  }
  if (action === 'denied' && typeof details.refused === 'number') {
    return t('audit.did.deniedPart', { count: details.refused, ...VALUES.denied?.(entry) })
  }
  const entity = entry.entity?.label ?? t('audit.something')
  return t(`audit.did.${action}`, { entity, ...VALUES[action]?.(entry) })
}

/** Who did it, as far as that is told. */
export function whoOf({ actor, action, details }: AuditEntry, t: TFunction): string {
  if (actor !== null) return actor.label ?? t('record.somebody')
  const isSignIn = action === 'sign_in_failed' || (action === 'denied' && details.account !== undefined)
  return isSignIn ? text(details.account) || t('record.somebody') : t('history.system')
}

/** The parts of a definition that differ, by name. */
export function changedParts({ action, details }: AuditEntry): readonly string[] {
  const { before, after } = details
  if (action !== 'definition_changed' || !isObject(before) || !isObject(after)) return []
  const names = new Set([...Object.keys(before), ...Object.keys(after)])
  return [...names].filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]))
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
}
