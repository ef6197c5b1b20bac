import { expect } from 'chai'
import fc from 'fast-check'
import type { Actor } from '../../engine/access/actor.ts'
import type { Database, Transaction } from '../../engine/db/database.ts'
import { AppError } from '../../engine/errors.ts'
import { listHeld } from '../../engine/http/routes/held.ts'
import type { CompiledModel } from '../../engine/model/compiled.ts'
import { createModelStore } from '../../engine/model/store.ts'
import { newId } from '../../engine/model/uuid.ts'
import { aggregateRecords } from '../../engine/records/aggregate.ts'
import { type RequestContext, requestContext } from '../../engine/records/context.ts'
import { deleteRecord } from '../../engine/records/delete.ts'
import { explainRecord } from '../../engine/records/explain.ts'
import { historyOf } from '../../engine/records/history.ts'
import { listRecords } from '../../engine/records/list.ts'
import { patchRecord } from '../../engine/records/patch.ts'
import { type ModelWorld, modelTemplate, modelWorld } from '../support/model-world.ts'
import {
  type Cell,
  type NaiveRecord,
  type NaiveRole,
  type NaiveRule,
  type NaiveShare,
  type NaiveSharing,
  type NaiveWorld,
  naiveAccess,
} from '../support/naive-access.ts'
import { createTestDatabase, type TestDatabase } from '../support/postgres.ts'

const RUNS = Number(process.env.TENON_DEEP_RUNS ?? 60)
const FIELDS = ['name', 'city', 'amount', 'phone', 'passport', 'client', 'memo'] as const
type Field = (typeof FIELDS)[number]
const MEMOS = [null, 'Met on 2026-11-22, 12,000 agreed', 'Call +86 138 7788 0000 or 13911223344'] as const
const CITIES = ['north', 'south', null] as const

const ROLE_IDS = [1, 2, 3].map((at) => `01900000-0000-7000-8000-00000000000${at}`)
type GivenRole = NaiveRole & { readonly kind: 'role'; readonly id: string }

const leaf = fc.constantFrom<NaiveRule>(
  { '==': [{ var: 'city' }, 'north'] },
  { '>': [{ var: 'amount' }, 50] },
  { '==': [{ var: 'owner' }, { var: 'actor.id' }] },
  { in: [{ var: 'owner.team' }, { var: 'actor.teams' }] },
  { '==': [{ var: 'client.city' }, { var: 'city' }] },
  { '==': [{ var: 'actor.language' }, 'en'] },
)
const { rule } = fc.letrec<{ rule: NaiveRule; part: NaiveRule }>((tie) => ({
  part: fc.oneof({ depthSize: 'small' }, leaf, tie('rule')),
  rule: fc.oneof(
    leaf,
    fc.tuple(tie('part'), tie('part')).map(([a, b]) => ({ and: [a, b] })),
    fc.tuple(tie('part'), tie('part')).map(([a, b]) => ({ or: [a, b] })),
    tie('part').map((a) => ({ '!': [a] })),
  ),
}))
const named = fc.constantFrom('none', 'own', 'team', 'team_tree', 'all')
const scope = fc.oneof(named, rule)
const fieldRight = fc.record(
  {
    read: fc.oneof(fc.boolean(), fc.constant('masked' as const), rule),
    edit: fc.oneof(fc.boolean(), rule),
  },
  { requiredKeys: [] },
)
const classRight = fc.constantFrom('hidden', 'masked', 'read')
const role = fc.record({
  personal: fc.record({ contact: classRight, identity: classRight }, { requiredKeys: [] }),
  entities: fc.record({
    deal: fc.record(
      {
        read: scope,
        update: scope,
        delete: scope,
        share: named,
        fields: fc.dictionary(fc.constantFrom(...FIELDS), fieldRight, { maxKeys: 4 }),
      },
      { requiredKeys: ['read'] },
    ),
    client: fc.record(
      { read: fc.constantFrom('all', 'all', 'none', 'own', 'team'), update: named, share: named },
      { requiredKeys: ['read'] },
    ),
    region: fc.record({ read: fc.constantFrom('none', 'own', 'all'), update: named }),
  }),
})
const roles = fc
  .array(role, { minLength: 1, maxLength: 3 })
  .map((list) =>
    list.map(
      (one, index) => ({ kind: 'role', id: ROLE_IDS[index]!, name: `r${index}`, ...one }) as GivenRole,
    ),
  )
const holder = fc.oneof(
  fc.record({ role: fc.constantFrom('r0', 'r1', 'r2') }),
  fc.record({ team: fc.constantFrom('Team 0', 'Team 1', 'Team 2', 'Nobody’s team') }),
  fc.record({ user: fc.constantFrom('U0@x.test', 'u3@X.test', 'u5@x.test', 'nobody@x.test') }),
)
const access = fc.constantFrom('read' as const, 'edit' as const)
const byRule = fc.record(
  {
    entity: fc.constant('deal'),
    access,
    when: rule,
    with: fc.array(holder, { minLength: 1, maxLength: 2 }),
  },
  { requiredKeys: ['entity', 'access', 'with'] },
)
const followed = fc.constantFrom(
  { entity: 'deal', through: 'client' },
  { entity: 'client', through: 'region' },
)
const byParent = fc.tuple(followed, access).map(([one, given]) => ({ ...one, access: given }))
const sharings = fc
  .array(fc.oneof(byRule, byParent, byParent), { maxLength: 3 })
  .map((list): readonly NaiveSharing[] => list)

describe('the permission kernel against a naive interpreter', () => {
  let database: TestDatabase
  let db: Database
  let world: ModelWorld
  let model: CompiledModel
  let close: () => Promise<void>
  const deals: NaiveRecord[] = []
  const naive: { -readonly [K in keyof NaiveWorld]: NaiveWorld[K] } = {
    users: [],
    teams: [],
    related: new Map(),
    classes: { phone: 'contact', passport: 'identity' },
    prose: new Set(['memo']),
    lookups: { client: 'client', region: 'region' },
    shares: [],
    sharings: [],
  }

  before(async () => {
    database = await createTestDatabase(modelTemplate)
    db = database.open()
    world = modelWorld(db, database.url)
    await world.publish([
      { kind: 'entity', name: 'region', title: 'name', owned: true, fields: [text('name')] },
      {
        kind: 'entity',
        name: 'client',
        title: 'name',
        owned: true,
        fields: [text('name'), text('city'), { name: 'region', type: 'lookup', to: 'region' }],
      },
      {
        kind: 'entity',
        name: 'deal',
        title: 'name',
        owned: true,
        features: ['files'],
        fields: [
          { ...text('name'), searchable: true },
          text('city'),
          { name: 'amount', type: 'integer' },
          { name: 'phone', type: 'phone', personal: 'contact', searchable: true },
          { ...text('passport'), personal: 'identity' },
          { name: 'client', type: 'lookup', to: 'client' },
          { name: 'memo', type: 'long_text', searchable: true },
        ],
      },
    ])
    const models = await createModelStore(db, world.registry)
    model = (await models.current('default'))!
    close = () => models.close()
    await fill()
  })
  after(async () => {
    await close()
    await database.drop()
  })

  it('shows, filters, sorts, groups, searches and changes exactly the cells that a role with the row shows', async () => {
    const asked = [
      roles,
      fc.constant<readonly NaiveSharing[]>([]),
      fc.nat(),
      fc.constantFrom(...FIELDS),
      fc.nat(),
    ] as const
    await fc.assert(fc.asyncProperty(...asked, checkAll), { numRuns: Math.ceil(RUNS / 4) })
  })

  it('does the same where records are shared by rule, through parents and by hand', async () => {
    const asked = [roles, sharings, fc.nat(), fc.constantFrom(...FIELDS), fc.nat()] as const
    await fc.assert(fc.asyncProperty(...asked, checkAll), { numRuns: Math.ceil((RUNS * 3) / 4) })
  })

  async function checkAll(
    given: readonly GivenRole[],
    shared: readonly NaiveSharing[],
    who: number,
    field: Field,
    which: number,
  ) {
    const actor = naive.users[who % naive.users.length]!
    const context = contextOf(given, shared, actor.id)
    const told = naiveAccess({ ...naive, sharings: shared }, actor, given, 'deal')
    const visible = deals.filter(told.sees)
    if (context.access.entity('deal').read === 'none') {
      expect(visible).to.deep.equal([])
      return
    }
    const shown = new Map(visible.map((deal) => [deal.id, cellsOf(told, deal)]))
    const listed = (await ask(context, {})) as Record<string, unknown>[]
    for (const one of listed) expect(pick(one)).to.deep.equal(pick(shown.get(String(one.id)) ?? {}, one))
    expect(idsOf(listed)).to.have.members(visible.map((deal) => deal.id))
    expect(await counted(context)).to.equal(visible.length)
    await checkAround(context, deals[which % deals.length]!, told)
    const isKnown = listed.length > 0 ? Object.hasOwn(listed[0]!, field) : undefined
    if (isKnown === undefined) return
    const sought = deals[which % deals.length]!
    const seen = (deal: NaiveRecord) => (told.cell(field, deal) === 'whole' ? (deal[field] ?? null) : null)
    await checkQuestions(context, field, isKnown, sought, visible, seen)
    if (isKnown) {
      const { update, cell } = context.access.entity('deal')
      // A field that may be changed nowhere is refused before any record is looked at.
      const isRefused = update !== 'none' && cell(fieldOf(field)).edit === 'none'
      await checkPatch(context, field, sought, isRefused ? 403 : told.patch(field, sought))
    }
    await checkSearch(context, visible, told.cell)
  }

  /** What is reached by the record: its history, its files, why one sees it; its end, and another owner. */
  async function checkAround(
    context: RequestContext,
    sought: NaiveRecord,
    told: ReturnType<typeof naiveAccess>,
  ) {
    const seen = told.sees(sought) ? 200 : 404
    const statuses = [
      await statusFrom(historyOf(context, 'deal', sought.id, {})),
      await statusFrom(listHeld(context, 'file', 'deal', sought.id, {})),
    ]
    expect(statuses).to.deep.equal([seen, seen])
    if (seen === 200) {
      const { body } = await explainRecord(context, 'deal', sought.id, context.actor)
      const { read, update } = (JSON.parse(body) as { data: { rights: Record<string, Told> } }).data.rights
      expect(read!.because).to.not.deep.equal([])
      expect(update!.allowed).to.equal(update!.because.length > 0)
    }
    const { cell, delete: removal, update } = context.access.entity('deal')
    const removed = await undone((tx) => deleteRecord(context, 'deal', sought.id, { runner: tx }))
    expect(removed, `delete ${String(removal)}`).to.equal(told.remove(sought))
    const isRefused = update !== 'none' && cell(fieldOf('owner')).edit === 'none'
    const body = { owner: context.actor.id }
    const given = await undone((tx) => patchRecord(context, 'deal', sought.id, body, { runner: tx }))
    expect(given, 'transfer').to.equal(isRefused ? 403 : told.transfer(sought))
  }

  /** What a write is answered; nothing of it is stored. */
  function undone(write: (tx: Transaction) => Promise<unknown>): Promise<number> {
    return db
      .transaction(async (tx) => {
        await write(tx)
        throw new Undone()
      })
      .catch(statusOf)
  }

  async function checkQuestions(
    context: RequestContext,
    field: Field,
    isKnown: boolean,
    sought: NaiveRecord,
    visible: readonly NaiveRecord[],
    seen: (deal: NaiveRecord) => unknown,
  ): Promise<void> {
    const filter = { '==': [{ var: field }, sought[field] ?? null] }
    if (!isKnown) {
      expect(await ask(context, { filter })).to.equal(400)
      expect(await ask(context, { sort: field })).to.equal(400)
      expect(await ask(context, { fields: field })).to.equal(400)
      expect(await grouped(context, field)).to.equal(400)
      return
    }
    const found = (await ask(context, { filter })) as Record<string, unknown>[]
    expect(idsOf(found)).to.have.members(
      visible.filter((deal) => seen(deal) === (sought[field] ?? null)).map((deal) => deal.id),
    )
    const sorted = (await ask(context, { sort: `-${field}` })) as Record<string, unknown>[]
    const order = sorted.map((one) => seen(deals.find((deal) => deal.id === one.id)!))
    expect(order).to.deep.equal([...order].sort(descending))
    expect(await walked(context, `-${field}`)).to.deep.equal(idsOf(sorted))
    if (!fieldOf(field).type.groupable) return
    const counts = new Map<unknown, number>()
    for (const deal of visible) counts.set(seen(deal), (counts.get(seen(deal)) ?? 0) + 1)
    const groups = (await grouped(context, field)) as Record<string, unknown>[]
    expect(new Map(groups.map((group) => [group[field], group.count]))).to.deep.equal(counts)
  }

  async function checkPatch(context: RequestContext, field: Field, sought: NaiveRecord, expected: number) {
    const body = { [field]: field === 'amount' ? 7 : field === 'client' ? null : '+86 10 5555 6666' }
    const status = await undone((tx) => patchRecord(context, 'deal', sought.id, body, { runner: tx }))
    expect(status, JSON.stringify({ field, sought })).to.equal(expected)
  }

  async function checkSearch(
    context: RequestContext,
    visible: readonly NaiveRecord[],
    cell: (field: string, deal: NaiveRecord) => Cell,
  ): Promise<void> {
    for (const [q, fields] of [
      ['7788', ['phone', 'memo']],
      ['agreed', ['memo']],
      ['alpha', ['name']],
      ['mingtian', ['name']],
    ] as const) {
      const hits = visible.filter((deal) => {
        return fields.some((field) => {
          const text = String(deal[field] ?? '').replaceAll(' ', '')
          const isHit = q === 'mingtian' ? text.includes('明天') : text.includes(q)
          return isHit && cell(field, deal) === 'whole'
        })
      })
      const found = (await ask(context, { q })) as Record<string, unknown>[]
      const isShown = (name: string) => context.access.entity('deal').cell(fieldOf(name)).see === 'all'
      const isSoundSafe = q !== 'mingtian' || (isShown('name') && isShown('memo'))
      if (isSoundSafe) expect(idsOf(found), q).to.have.members(hits.map((deal) => deal.id))
      else
        expect(
          hits.map((deal) => deal.id),
          q,
        ).to.include.members(idsOf(found))
    }
  }

  function cellsOf(told: ReturnType<typeof naiveAccess>, deal: NaiveRecord): Record<string, unknown> {
    return Object.fromEntries(
      FIELDS.map((field) => {
        const value = deal[field] ?? null
        const cell = told.cell(field, deal)
        const client = naive.related.get(String(value))
        const isCovered = field === 'client' && client !== undefined && !told.seesOther('client', client)
        if (value === null || cell === 'none') return [field, null]
        if (field === 'client' && (cell === 'masked' || isCovered)) return [field, HIDDEN]
        return [field, cell === 'whole' ? value : maskOf(field, String(value))]
      }),
    )
  }

  function contextOf(
    given: readonly GivenRole[],
    shared: readonly NaiveSharing[],
    id: string,
  ): RequestContext {
    const sharing = new Map(
      shared.map((one, index) => [`s${index}`, { kind: 'sharing', name: `s${index}`, ...one }]),
    )
    const definitions = { ...model.definitions, role: new Map(given.map((one) => [one.name, one])), sharing }
    const names = given.map((one) => one.name)
    const actor: Actor = {
      kind: 'user',
      id,
      name: 'Somebody',
      roles: names,
      roleKey: names.join(' '),
      language: 'en',
    }
    return requestContext({
      model: { ...model, definitions, translated: definitions } as unknown as CompiledModel,
      actor,
      db: db,
      search: world.registry.search(),
      via: 'api',
    })
  }

  const fieldOf = (name: string) => model.entities.get('deal')!.fields.get(name)!

  /** Teams b and d below a, c below b; somebody leads without being a member, somebody is in no team. */
  async function fill(): Promise<void> {
    const ids = () => newId()
    const [a, b, c, d] = [ids(), ids(), ids(), ids()]
    const users = [a, b, c, d, null, null].map((team, index) => ({
      id: ids(),
      email: `u${index}@x.test`,
      team,
      language: index % 2 === 0 ? 'en' : null,
    }))
    const teams = [
      { id: a, name: 'Team 0', parent: null, leader: null },
      { id: b, name: 'Team 1', parent: a, leader: users[4]!.id },
      { id: c, name: 'Team 2', parent: b, leader: null },
      { id: d, name: 'Team 3', parent: a, leader: null },
    ]
    const regions = [0, 1].map((at) => ({ id: ids(), name: `Region ${at}`, owner: users[at]!.id }))
    const clients = CITIES.map((city, index) => ({
      id: ids(),
      name: `Client ${city}`,
      city,
      owner: index === 2 ? null : users[index + 2]!.id,
      region: index === 1 ? null : regions[index / 2]!.id,
    }))
    const insert = async (entity: string, rows: readonly NaiveRecord[]) => {
      const { table, fields } = model.entities.get(entity)!
      for (const row of rows) {
        const names = Object.keys(row)
        const columns = names.map((name) => (name === 'search' ? '"search"' : fields.get(name)!.columns[0]))
        await db.query({
          text: `INSERT INTO ${table} (${columns.join(', ')}) VALUES (${names.map((_, at) => `$${at + 1}`).join(', ')})`,
          values: Object.values(row),
        })
      }
    }
    await insert(
      'team',
      teams.map(({ id, parent, name }) => ({ id, parent, name })),
    )
    await insert(
      'user',
      users.map((user, index) => ({ ...user, name: `U${index}` })),
    )
    for (const { id, leader } of teams) {
      if (leader === null) continue
      const { table, fields } = model.entities.get('team')!
      await db.query({
        text: `UPDATE ${table} SET ${fields.get('leader')!.columns[0]} = $2 WHERE "id" = $1`,
        values: [id, leader],
      })
    }
    await insert('region', regions)
    await insert('client', clients)
    const search = world.registry.search()
    for (let at = 0; at < 36; at++) {
      const name = ['alpha one', '明天公司', 'beta'][at % 3]!
      const phone =
        at % 4 === 0 ? null : `+86 138 ${at % 2 === 0 ? '7788' : '1122'} 00${String(at).padStart(2, '0')}`
      deals.push({
        id: ids(),
        name,
        city: CITIES[at % 3] ?? null,
        amount: at % 5 === 0 ? null : at * 3,
        phone,
        memo: MEMOS[at % 3],
        passport: at % 2 === 0 ? `E${10_000_000 + at}` : null,
        client: at % 7 === 0 ? null : clients[(at + 1) % 3]!.id,
        owner: at % 9 === 0 ? null : users[at % users.length]!.id,
      })
    }
    await insert(
      'deal',
      deals.map((deal) => ({
        ...deal,
        search: search.tokensOf([deal.name, deal.phone, deal.memo].map((one) => String(one ?? ''))),
      })),
    )
    const related = new Map<string, NaiveRecord>([...regions, ...clients].map((one) => [one.id, one]))
    const holders = [...users, ...teams].map(({ id }) => id)
    const shares = await share([...deals, ...clients], [...holders, 'r0', 'r1', 'r2'])
    Object.assign(naive, { users, teams, related, shares })
  }

  /** Records shared by hand with users, teams and roles, some to be changed, some no more. */
  async function share(
    records: readonly NaiveRecord[],
    holders: readonly string[],
  ): Promise<readonly NaiveShare[]> {
    const shares = records.flatMap((record, at) =>
      at % 3 === 2
        ? []
        : [at, at + 5].map(
            (turn): NaiveShare => ({
              record: record.id,
              holder: holders[turn % holders.length]!,
              edits: turn % 2 === 0,
              isOver: turn % 7 === 0,
            }),
          ),
    )
    for (const { record, holder, edits, isOver } of shares) {
      const role = /^r(\d)$/.exec(holder)?.[1]
      const isDeal = deals.some(({ id }) => id === record)
      await db.query({
        text: `INSERT INTO ws_default.tenon_share (id, entity, record, holder_kind, holder, edits, until)
VALUES ($1, $2, $3, $4, $5, $6, CASE WHEN $7 THEN now() - interval '1 minute' ELSE now() + interval '1 day' END)`,
        values: [
          newId(),
          model.entities.get(isDeal ? 'deal' : 'client')!.id,
          record,
          role === undefined ? 'user' : 'role', // which of both a user's or team's id is makes no difference
          role === undefined ? holder : ROLE_IDS[Number(role)]!,
          edits,
          isOver,
        ],
      })
    }
    return shares
  }
})

const HIDDEN = { id: null, label: null, hidden: true }

class Undone extends Error {}

interface Told {
  readonly allowed: boolean
  readonly because: readonly unknown[]
}

function text(name: string) {
  return { name, type: 'text' }
}

function maskOf(field: Field, value: string): string {
  if (field === 'memo') return value.replace('+86 138 7788 0000', '***').replace('13911223344', '***')
  return field === 'phone' ? value.replace(/\d(?=(\D*\d){4})/g, '*') : '***'
}

async function ask(context: RequestContext, raw: Readonly<Record<string, unknown>>): Promise<unknown> {
  const answer = await listRecords(context, 'deal', { ...raw, limit: 200 }).catch(statusOf)
  return typeof answer === 'number' ? answer : (JSON.parse(answer.body) as { data: unknown }).data
}

async function counted(context: RequestContext): Promise<number> {
  const { body } = await listRecords(context, 'deal', { limit: 1, count: 'exact' })
  return (JSON.parse(body) as { count: number }).count
}

function statusFrom(answer: Promise<{ readonly status: number }>): Promise<number> {
  return answer.then(({ status }) => status, statusOf)
}

/** The ids of a list read page by page. */
async function walked(context: RequestContext, sort: string): Promise<readonly string[]> {
  const ids: string[] = []
  let after: string | null = null
  do {
    const raw = { sort, limit: 7, ...(after === null ? {} : { after }) }
    const { data, page } = JSON.parse((await listRecords(context, 'deal', raw)).body) as {
      data: { id: string }[]
      page: { next: string | null }
    }
    ids.push(...data.map((one) => one.id))
    after = page.next
  } while (after !== null)
  return ids
}

async function grouped(context: RequestContext, field: string): Promise<unknown> {
  const answer = await aggregateRecords(context, 'deal', {
    group: [field],
    measures: [{ fn: 'count' }],
  }).catch(statusOf)
  return typeof answer === 'number' ? answer : (JSON.parse(answer.body) as { data: unknown }).data
}

function statusOf(error: unknown): number {
  if (error instanceof Undone) return 200
  if (error instanceof AppError) return error.status
  throw error
}

function idsOf(records: readonly Readonly<Record<string, unknown>>[]): readonly string[] {
  return records.map((one) => String(one.id))
}

/** The compared fields of a record; those only that `like` has, where it is given. */
function pick(record: Readonly<Record<string, unknown>>, like = record): Record<string, unknown> {
  const names = FIELDS.filter((field) => Object.hasOwn(like, field))
  return Object.fromEntries(names.map((field) => [field, record[field]]))
}

/** Greatest first, nulls last. */
function descending(left: unknown, right: unknown): number {
  if (left === right) return 0
  if (left === null) return 1
  if (right === null) return -1
  return left! < right! ? 1 : -1
}
