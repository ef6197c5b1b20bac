import { type SealSource, sealAudit } from '../../engine/audit/seal.ts'
import { verifyAudit } from '../../engine/audit/verify.ts'
import { eventually } from './http-model.ts'

/** How each part of a short question is said of an entry. */
const PARTS: Readonly<Record<string, (value: string) => object>> = {
  user: (value) => ({ '==': [{ var: 'actor' }, value] }),
  entity: (value) => ({ '==': [{ var: 'entity' }, value] }),
  record: (value) => ({ '==': [{ var: 'record' }, value] }),
  field: (value) => ({ has: [{ var: 'fields' }, value] }),
  action: (value) => ({ in: [{ var: 'action' }, value.split(',')] }),
  subject: (value) => ({ '==': [{ var: 'subject' }, value] }),
  request: (value) => ({ '==': [{ var: 'request' }, value] }),
  from: (value) => ({ '>=': [{ var: 'at' }, value] }),
  until: (value) => ({ '<': [{ var: 'at' }, value] }),
}

/** The address of a question about the audit, written short: `user=…&action=sign_in,sign_out&limit=1`. */
export function auditPath(question: string): string {
  const asked = new URLSearchParams(question)
  const parts = [...asked].flatMap(([name, value]) => PARTS[name]?.(value) ?? [])
  const rest = [...asked].filter(([name]) => PARTS[name] === undefined)
  const all = new URLSearchParams(rest)
  if (parts.length > 0) all.set('filter', JSON.stringify({ and: parts }))
  return `/api/records/audit_entry?${all}`
}

/**
 * Seals all that there is; whatever transaction still runs on this server, of another test as well, keeps rows from
 * being sealed yet.
 * @returns how many rows were sealed
 */
export async function sealAll(source: SealSource): Promise<number> {
  let sealed = 0
  await eventually(async () => {
    sealed += await sealAudit(source)
    return (await verifyAudit(source.db, source.schema, source.secrets)).unsealed === 0
  })
  return sealed
}
