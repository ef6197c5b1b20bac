import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Database } from '../../engine/db/database.ts'
import { parseJson } from '../../engine/db/values.ts'
import { tokenOf, uuidOf } from './ids.ts'

export const WORKS = ['W1', 'W2', 'W3', 'W4', 'W5', 'W6', 'W7'] as const
export type Work = (typeof WORKS)[number]

const STATUSES = ['new', 'open', 'won', 'lost', 'hold']
const SYLLABLES = 'ka lo mi ra ten vor sha bel dun ri na po zu wen gar tis hol mar fe cy'.split(' ')
const WORDS = SYLLABLES.flatMap((a) => SYLLABLES.map((b) => a + b)).filter((word) => word.length >= 4)

interface Line {
  readonly method: string
  readonly path: string
  readonly user: number
  readonly body?: string
}

/** How one target spells the work; the same questions in the same order for both. */
interface Spelling {
  token(user: number): string
  one(id: number): string
  list(status: string): string
  withNames(status: string): string
  search(word: string): string
  create: { path: string; body: string }
  update(id: number): string
  grouped: Omit<Line, 'user'>
}

const CREATED = {
  name: 'Load Tester',
  phone: '+2{{N}}',
  email: 'c{{N}}@mail.test',
  status: 'new',
  level: 'b',
  industry: 'industry3',
  region: 'region4',
  source: 'source2',
  amount: 1234.5,
  score: 42,
  note: 'created by the load test',
}

const floor: Spelling = {
  token: (user) => `tok-${user}`,
  one: (id) => `/api/customer/${id}`,
  list: (status) => `/api/customer?status=${status}&sort=-created_at&limit=25`,
  withNames: (status) => `/api/customer?status=${status}&sort=-created_at&limit=25&expand=account,owner`,
  search: (word) => `/api/customer?search=${word}&limit=25`,
  create: { path: '/api/customer', body: JSON.stringify({ ...CREATED, account_id: 77 }) },
  update: (id) => `/api/customer/${id}`,
  grouped: { method: 'GET', path: '/api/customer/aggregate' },
}

const filterOf = (status: string) => encodeURIComponent(JSON.stringify({ '==': [{ var: 'status' }, status] }))
const tenon: Spelling = {
  token: tokenOf,
  one: (id) => `/api/records/customer/${uuidOf('customer', id)}`,
  list: (status) => `/api/records/customer?filter=${filterOf(status)}&sort=-created_at&limit=25`,
  withNames: (status) =>
    `/api/records/customer?filter=${filterOf(status)}&sort=-created_at&limit=25&expand=account,owner`,
  search: (word) => `/api/records/customer?q=${word}&limit=25`,
  create: {
    path: '/api/records/customer',
    body: JSON.stringify({ ...CREATED, account: uuidOf('account', 77) }),
  },
  update: (id) => `/api/records/customer/${uuidOf('customer', id)}`,
  grouped: {
    method: 'POST',
    path: '/api/records/customer/aggregate',
    body: JSON.stringify({ group: ['status'], measures: [{ fn: 'count' }, { fn: 'sum', field: 'amount' }] }),
  },
}

export const SPELLINGS = { floor, tenon } as const
export type Target = keyof typeof SPELLINGS

/** Who owns which customer, a fifth of them: `[user, customer]`. */
export async function readOwners(db: Database): Promise<readonly (readonly [number, number])[]> {
  const found = await db.query<{ j: string }>({
    text: 'SELECT json_agg(json_build_array(owner_id, id))::text AS j FROM public.customer WHERE id <= 1000000 AND id % 5 = 0',
  })
  return parseJson<[number, number][]>(found.rows[0]?.j ?? '[]')
}

/** Writes one file of requests a work, in the form that load.lua reads. */
export function writeRequests(
  folder: string,
  target: Target,
  owners: readonly (readonly [number, number])[],
): void {
  mkdirSync(folder, { recursive: true })
  const say = SPELLINGS[target]
  for (const work of WORKS) {
    const lines = linesOf(work, say, owners).map(
      ({ method, path, user, body = '' }) =>
        `${method}\t${path}\tAuthorization: Bearer ${say.token(user)}\t${body}`,
    )
    writeFileSync(join(folder, `${work}.req`), `${lines.join('\n')}\n`)
  }
}

function linesOf(work: Work, say: Spelling, owners: readonly (readonly [number, number])[]): readonly Line[] {
  const users = [...new Set(owners.map(([user]) => user))].sort((a, b) => a - b)
  const some = owners.filter((_, index) => index % Math.ceil(owners.length / 5000) === 0)
  const everyStatus = (path: (status: string) => string) =>
    users.flatMap((user) => STATUSES.map((status): Line => ({ method: 'GET', path: path(status), user })))
  switch (work) {
    case 'W1':
      return some.map(([user, id]) => ({ method: 'GET', path: say.one(id), user }))
    case 'W2':
      return everyStatus(say.list)
    case 'W3':
      return users.map((user) => ({ method: 'POST', ...say.create, user }))
    case 'W4':
      return some.map(([user, id]) => ({
        method: 'PATCH',
        path: say.update(id),
        user,
        body: '{"score":{{R}}}',
      }))
    case 'W5':
      return users.map((user) => ({ ...say.grouped, user }))
    case 'W6':
      return everyStatus(say.withNames)
    case 'W7':
      return users.flatMap((user) =>
        WORDS.filter((_, index) => index % 7 === user % 7).map(
          (word): Line => ({ method: 'GET', path: say.search(word), user }),
        ),
      )
  }
}
