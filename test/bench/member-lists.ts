import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Database } from '../../engine/db/database.ts'
import { publishAll, type Written } from '../support/drafts.ts'
import { createClient } from '../support/http.ts'
import { tokenHash, tokenOf, uuidOf } from './ids.ts'
import { median } from './report.ts'
import { type Measured, measure, type RoundSource } from './rounds.ts'

const ADMINISTRATOR = 1
const FIRST_MEMBER = 2
const MEMBERS = 200
const TEAMS = 20
const FIRST_LEADER = 3001
const ROUNDS = 3

const leader: Written = {
  kind: 'role',
  name: 'leader',
  default: { read: 'none' },
  entities: {
    customer: { create: true, read: 'team', update: 'team' },
    account: { read: 'all' },
    user: { read: 'all' },
  },
}

/** Who asks for the newest 25 records: all see a part of the same million. */
const ASKING = {
  administrator: [ADMINISTRATOR],
  member: Array.from({ length: MEMBERS }, (_, index) => FIRST_MEMBER + index),
  leader: Array.from({ length: TEAMS }, (_, index) => FIRST_LEADER + index),
}
type Asking = keyof typeof ASKING

/**
 * The newest 25 records as an administrator (all), a member (own) and a leader of a team of ten (the team's) see
 * them, in turns.
 * @returns a sentence with the requests a second of each, and what a member's list costs beside an administrator's
 */
export async function measureMembers(
  source: RoundSource,
  db: Database,
  tell: (measured: Measured) => void,
): Promise<string> {
  const tenon = source.targets.tenon!
  await makeTeams(db, tenon.url)
  const found = new Map<Asking, number[]>()
  for (const asking of Object.keys(ASKING) as Asking[]) writeRequests(source.folder, asking)
  for (let round = 0; round < ROUNDS; round++) {
    for (const asking of Object.keys(ASKING) as Asking[]) {
      const one = await measure(source, 'tenon', tenon, requestFile(asking), 32)
      if (one.bad > 0) throw new Error(`${asking}: ${one.bad} answers were no success`)
      tell(one)
      found.set(asking, [...(found.get(asking) ?? []), one.perSecond])
    }
  }
  const rate = (asking: Asking) => median(found.get(asking) ?? [])
  const costs = (asking: Asking) => (rate('administrator') / rate(asking)).toFixed(2)
  return (
    `The newest 25: administrator ${rate('administrator').toFixed(0)} requests a second, member ${rate('member').toFixed(0)} ` +
    `(costs ${costs('member')} of the administrator's), leader of ten ${rate('leader').toFixed(0)} (${costs('leader')})`
  )
}

function requestFile(asking: Asking): string {
  return `newest-${asking}`
}

function writeRequests(folder: string, asking: Asking): void {
  mkdirSync(join(folder, 'tenon'), { recursive: true })
  const lines = ASKING[asking].map(
    (user) => `GET\t/api/records/customer?sort=-created_at\tAuthorization: Bearer ${tokenOf(user)}\t`,
  )
  writeFileSync(join(folder, 'tenon', `${requestFile(asking)}.req`), `${lines.join('\n')}\n`)
}

/** Twenty teams of ten members, each with a leader who owns nothing; done once. */
async function makeTeams(db: Database, url: string): Promise<void> {
  const there = await db.query<{ n: number }>({
    text: `SELECT count(*)::int AS n FROM ws_default."user" WHERE id = $1::uuid`,
    values: [uuidOf('user', FIRST_LEADER)],
  })
  if (Number(there.rows[0]?.n) > 0) return
  const admin = createClient(url, tokenOf(ADMINISTRATOR))
  await publishAll(admin, [leader])
  const teams: string[] = []
  for (let at = 0; at < TEAMS; at++) {
    const made = await admin.post('/api/records/team', { name: `Team ${at}` })
    teams.push(made.record.id)
    const id = uuidOf('user', FIRST_LEADER + at)
    await db.query({
      text: `INSERT INTO ws_default."user" (id, name, email, roles, language, active) VALUES ($1, $2, $3, ARRAY['leader'], 'en', true)`,
      values: [id, `Leader ${at}`, `leader${at}@ex.test`],
    })
    await db.query({
      text: `INSERT INTO ws_default.tenon_session (token_hash, kind, user_id, expires_at) VALUES ($1, 'session', $2, now() + interval '30 days')`,
      values: [tokenHash(FIRST_LEADER + at), id],
    })
    await admin.patch(`/api/records/user/${id}`, { team: made.record.id })
  }
  for (const member of ASKING.member) {
    await admin.patch(`/api/records/user/${uuidOf('user', member)}`, { team: teams[member % TEAMS]! })
  }
}
