import { expect } from 'chai'
import type { Answer, Client } from '../../support/http.ts'
import { listPath, make, NOBODY, outcome, type Person, startWorld, type World } from './world.ts'

const ENGLISH = { headers: { 'accept-language': 'en' } }

interface Page {
  readonly data: readonly Record<string, unknown>[]
  readonly page: { readonly next: string | null }
  readonly count?: number
  readonly count_kind?: string
}
const page = (answer: Answer): Page => answer.body as Page

describe('lists', () => {
  let world: World
  let admin: Client
  let sales: Person

  before(async () => {
    world = await startWorld()
    admin = world.admin
    sales = await world.person('sally', 'sales')
  })
  after(() => world.stop())

  describe('sort', () => {
    const rows = [
      { name: 'b', amount: 2, level: 'a' },
      { name: 'a', amount: null, level: 'a' },
      { name: 'C', amount: 2, level: null },
      { name: '中', amount: -1, level: 'b' },
      { name: 'd', amount: null, level: null },
    ]
    before(async () => {
      for (const row of rows) await make(admin, 'account', { ...row, tags: ['sort'] })
    })
    const filter = { has: [{ var: 'tags' }, 'sort'] }
    const cases: readonly (readonly [string, string])[] = [
      ['name', 'C a b d 中'],
      ['-name', '中 d b a C'],
      ['amount,name', '中 C b a d'],
      ['-amount,name', 'C b 中 a d'],
      ['level,-amount,name', 'b a 中 C d'],
      ['-level,-name', '中 b a d C'],
      ['created_at', 'b a C 中 d'],
      ['', 'd 中 C a b'],
    ]
    for (const [sort, expected] of cases) {
      it(`puts "${sort}" in order, nulls last, and pages through it one by one`, async () => {
        const whole = await admin.get(listPath('account', { sort, filter }))
        const names = page(whole).data.map((row) => row.name)
        expect(names.join(' ')).to.equal(expected)
        expect(await walk(admin, { sort, filter, limit: 1 })).to.deep.equal(names)
        expect(await walk(admin, { sort, filter, limit: 2 })).to.deep.equal(names)
      })
    }

    it('breaks ties by id in the direction of the last key', async () => {
      const ids = async (sort: string) =>
        page(await admin.get(listPath('account', { sort, filter }))).data.map((r) => r.id)
      expect(await ids('-level,-amount,-id')).to.deep.equal(await ids('-level,-amount'))
      expect(await ids('level,amount,id')).to.deep.equal(await ids('level,amount'))
    })

    it('sorts through lookups', async () => {
      const root = await make(admin, 'account', { name: 'zz root' })
      await make(admin, 'account', { name: 'path 1', parent: root.id })
      const found = await admin.get(listPath('account', { sort: '-parent.name,name', limit: 1 }))
      expect(page(found).data.map((row) => row.name)).to.deep.equal(['path 1'])
      const next = await admin.get(
        listPath('account', { sort: '-parent.name,name', limit: 1, after: page(found).page.next }),
      )
      expect(next.status).to.equal(200)
    })
  })

  it('shows each old row exactly once while others write between the pages', async () => {
    const old = Array.from({ length: 60 }, (_, index) => ({
      name: `old ${index}`,
      amount: index % 7 === 0 ? null : index % 5,
    }))
    const body = { create: old.map((row) => ({ ...row, tags: ['walk'] })) }
    expect((await admin.post('/api/records/account/bulk', body)).status).to.equal(200)
    const filter = { has: [{ var: 'tags' }, 'walk'] }
    let round = 0
    const disturb = async () => {
      round++
      const made = await make(admin, 'account', { name: `new ${round}`, amount: round % 6, tags: ['walk'] })
      if (round % 2 === 0) await admin.delete(`/api/records/account/${made.id}`)
    }
    for (const sort of ['-amount', 'amount,name', '-created_at', 'name', '']) {
      const names = await walk(admin, { sort, filter, limit: 7 }, disturb)
      const seen = names.filter((name) => String(name).startsWith('old')).sort()
      expect(seen, sort).to.deep.equal(old.map((row) => row.name).sort())
    }
  })

  it('refuses a cursor of another question, and what is none', async () => {
    const first = await admin.get(listPath('account', { sort: 'amount', limit: 1, fields: 'name' }))
    const after = page(first).page.next!
    const parts = JSON.parse(Buffer.from(after, 'base64url').toString()) as unknown[]
    const forge = (...keys: readonly unknown[]) =>
      Buffer.from(JSON.stringify([parts[0], ...keys])).toString('base64url')
    const ask = (question: object) => admin.get(listPath('account', { sort: 'amount', after, ...question }))
    const refused = [400, 'QUERY_CURSOR_INVALID /after']
    const bad = [
      { sort: 'name' },
      { sort: '-amount' },
      { filter: { '!!': [{ var: 'active' }] } },
      { q: 'x' },
      { deleted: 1 },
      { after: 'garbage' },
      { after: '%F0' },
      { after: 'x'.repeat(5000) },
      { after: Buffer.from('{"a":1}').toString('base64url') },
      { after: forge() },
      { after: forge('abc', NOBODY) },
      { after: forge('1', 'no id') },
      { after: forge(1, NOBODY) },
      { after: forge('1e999999', NOBODY) },
      { after: forge('a\0', NOBODY) },
    ]
    for (const question of bad)
      expect(outcome(await ask(question)), JSON.stringify(question)).to.deep.equal(refused)
    const good = [{ limit: 3 }, { fields: 'name,amount' }, { expand: 'owner' }, { count: 'exact' }]
    for (const question of good) expect((await ask(question)).status, JSON.stringify(question)).to.equal(200)
  })

  const limits: readonly (readonly [unknown, number | undefined])[] = [
    [undefined, 25],
    [1, 1],
    ['2', 2],
    [200, undefined],
    [0, 400],
    [201, 400],
    [-1, 400],
    [1.5, 400],
    ['x', 400],
    ['', 400],
    [[], 400],
  ]
  for (const [limit, expected] of limits) {
    it(`takes the limit ${JSON.stringify(limit)} as ${expected === 400 ? 'a problem' : (expected ?? 'all')}`, async () => {
      const answer = await admin.post('/api/records/account/query', { limit })
      if (expected === 400) expect(outcome(answer)).to.deep.equal([400, 'QUERY_LIMIT_INVALID /limit'])
      else if (expected !== undefined) expect(answer.records.length).to.equal(expected)
      else expect(answer.records.length).to.be.greaterThan(25)
    })
  }

  it('counts not at all, roughly and exactly', async () => {
    const create = Array.from({ length: 5 }, (_, index) => ({ name: `counted ${index}`, tags: ['count'] }))
    await admin.post('/api/records/account/bulk', { create })
    const filter = { has: [{ var: 'tags' }, 'count'] }
    const ask = async (count: string) => {
      const { count: counted, count_kind } = page(
        await admin.get(listPath('account', { filter, count, limit: 1 })),
      )
      return [counted, count_kind]
    }
    expect(await ask('none')).to.deep.equal([undefined, undefined])
    expect(await ask('estimated')).to.deep.equal([5, 'exact'])
    expect(await ask('exact')).to.deep.equal([5, 'exact'])
    expect(outcome(await admin.get(listPath('account', { count: 'all' })))).to.deep.equal([
      400,
      'QUERY_COUNT_INVALID /count',
    ])
    const mine = await sales.get(listPath('account', { count: 'exact' }))
    expect([page(mine).count, page(mine).data]).to.deep.equal([0, []])
  })

  it('estimates where counting would cost too much', async () => {
    const body = { create: Array.from({ length: 5000 }, (_, index) => ({ name: `c${index}` })) }
    for (let round = 0; round < 3; round++) {
      const made = await admin.post('/api/records/campus/bulk', {
        create: body.create.map(({ name }) => ({ name: `${round} ${name}` })),
      })
      expect(made.status).to.equal(200)
    }
    const rough = page(await admin.get(listPath('campus', { count: 'estimated', limit: 1 })))
    const exact = page(await admin.get(listPath('campus', { count: 'exact', limit: 1 })))
    expect([rough.count_kind, exact.count_kind, exact.count]).to.deep.equal(['estimated', 'exact', 15_000])
    expect(rough.count).to.be.within(10_000, 100_000)
  })

  describe('search', () => {
    before(async () => {
      await make(admin, 'account', { name: '华兴机械有限公司', phone: '0512-6281 7730', tags: ['q'] })
      await make(admin, 'account', { name: 'Northwind Traders', tags: ['q'] })
    })
    const cases: readonly (readonly [string, string | undefined])[] = [
      ['华兴', '华兴机械有限公司'],
      ['机械', '华兴机械有限公司'],
      ['兴', '华兴机械有限公司'],
      ['huaxing', '华兴机械有限公司'],
      ['hxjx', '华兴机械有限公司'],
      ['7730', '华兴机械有限公司'],
      ['northw', 'Northwind Traders'],
      ['WIND trad', 'Northwind Traders'],
      ['华兴 northwind', undefined],
      ["'; DROP TABLE account; --", undefined],
      ['%', undefined],
      ['_', undefined],
    ]
    for (const [q, expected] of cases) {
      it(`finds ${expected ?? 'nothing'} by "${q}"`, async () => {
        const found = await admin.get(listPath('account', { q }))
        expect(page(found).data.map((row) => row.name)).to.deep.equal(
          expected === undefined ? [] : [expected],
        )
      })
    }

    it('follows a change of a searched text, and stays within the scope', async () => {
      const made = await make(admin, 'account', { name: 'before', phone: '021-5555 1234' })
      await admin.patch(`/api/records/account/${made.id}`, { name: '后来' })
      const find = async (client: Client, q: string) =>
        page(await client.get(listPath('account', { q }))).data.length
      expect([
        await find(admin, 'before'),
        await find(admin, 'houlai'),
        await find(admin, '5555'),
      ]).to.deep.equal([0, 1, 1])
      expect(await find(sales, 'houlai')).to.equal(0)
      expect(outcome(await admin.get(listPath('account', { q: 'x'.repeat(501) })))).to.deep.equal([
        400,
        'QUERY_TEXT_INVALID /q',
      ])
      expect(outcome(await admin.get('/api/records/account?q=%00'))).to.deep.equal([
        400,
        'QUERY_TEXT_INVALID /q',
      ])
    })
  })

  it('keeps deleted records in the bin only', async () => {
    const gone = await make(admin, 'account', { name: 'binned', tags: ['bin'] })
    await admin.delete(`/api/records/account/${gone.id}`)
    const filter = { has: [{ var: 'tags' }, 'bin'] }
    const names = async (question: object) =>
      page(await admin.get(listPath('account', { filter, ...question }))).data.map((r) => r.name)
    expect([await names({}), await names({ deleted: 0 }), await names({ deleted: 1 })]).to.deep.equal([
      [],
      [],
      ['binned'],
    ])
    expect(page(await sales.get(listPath('account', { filter, deleted: 1 }))).data).to.deep.equal([])
    expect(outcome(await admin.get(listPath('account', { deleted: 'x' })))).to.deep.equal([
      400,
      'HTTP_PARAMETER_INVALID /deleted',
    ])
  })

  it('refuses what it does not know, all at once, with the nearest name', async () => {
    const asked = 'fitler=1&sort=nmae,tags&fields=name,levle&expand=onwer,level&limit=0&count=x'
    const answer = await admin.get(`/api/records/account?${asked}`, ENGLISH)
    const told = answer.problems.map(({ code, path, hint }) => [code, path, hint ?? ''].join(' ').trim())
    expect([answer.status, ...told]).to.deep.equal([
      400,
      'HTTP_PARAMETER_UNKNOWN /fitler Did you mean “filter”?',
      'QUERY_FIELD_UNKNOWN /fields Did you mean “level”?',
      'QUERY_FIELD_UNKNOWN /expand Did you mean “owner”?',
      'QUERY_FIELD_NOT_EXPANDABLE /expand',
      'QUERY_FIELD_UNKNOWN /sort Did you mean “name”?',
      'QUERY_FIELD_NOT_SORTABLE /sort',
      'QUERY_LIMIT_INVALID /limit',
      'QUERY_COUNT_INVALID /count',
    ])
    const unknown = await admin.get('/api/records/acount', ENGLISH)
    expect([...outcome(unknown), unknown.problems[0]?.hint]).to.deep.equal([
      404,
      'ENTITY_UNKNOWN',
      'Did you mean “account”?',
    ])
    expect(outcome(await admin.post('/api/records/account/query', { fitler: 1 }))).to.deep.equal([
      400,
      'HTTP_PARAMETER_UNKNOWN /fitler',
    ])
  })
})

/** The names of all pages, one after the other. */
async function walk(
  client: Client,
  question: object,
  between?: () => Promise<unknown>,
): Promise<readonly unknown[]> {
  const names: unknown[] = []
  let after: string | undefined
  for (let pages = 0; pages < 500; pages++) {
    const answer = await client.get(
      listPath('account', { ...question, ...(after === undefined ? {} : { after }) }),
    )
    const { data, page: link } = answer.body as Page
    if (data === undefined) throw new Error(answer.text)
    names.push(...data.map((row) => row.name))
    if (link.next === null) return names
    after = link.next
    await between?.()
  }
  throw new Error('the pages have no end')
}
