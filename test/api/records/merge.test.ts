import { expect } from 'chai'
import { publishAll } from '../../support/drafts.ts'
import { startEngine, type TestEngine } from '../../support/engine.ts'
import type { Answer, ApiRecord, Client } from '../../support/http.ts'
import { loginAs, outcome } from '../../support/http-model.ts'
import { MERGE_MODEL } from './merge-model.ts'

type Person = Client & { readonly id: string }
type Entry = { action: string; merged?: { from?: object[]; into?: object; reason: string | null } } & Record<
  string,
  unknown
>

describe('POST /api/records/{entity}/{id}/actions/merge', () => {
  let engine: TestEngine
  let admin: Client
  let seller: Person
  let keeper: Person
  let looker: Person
  let count = 0

  before(async () => {
    engine = await startEngine()
    admin = await engine.loginAdmin()
    await publishAll(admin, MERGE_MODEL)
    seller = await loginAs(admin, 'seller', ['seller'])
    keeper = await loginAs(admin, 'keeper', ['keeper'])
    looker = await loginAs(admin, 'looker', ['looker'])
  })
  after(() => engine?.stop())

  const made = async (entity: string, body: object): Promise<ApiRecord> => {
    const answer = await admin.post(`/api/records/${entity}?duplicates=accept`, body)
    expect(answer.status, answer.text).to.equal(201)
    return answer.record
  }
  const company = (body: object = {}) => made('company', { name: `C${++count}`, ...body })
  const at = ({ id }: { id: string }, rest = '', entity = 'company') => `/api/records/${entity}/${id}${rest}`
  const merge = (client: Client, { id }: { id: string }, body: unknown, query = '') =>
    client.post(at({ id }, `/actions/merge${query}`), body)
  const into = async (survivor: ApiRecord, losers: readonly ApiRecord[], more: object = {}) => {
    const answer = await merge(admin, survivor, { with: losers.map(({ id }) => id), ...more })
    expect(answer.status, answer.text).to.equal(200)
    return answer.record
  }
  const read = async (record: { id: string }, entity = 'company') =>
    (await admin.get(at(record, '', entity))).record
  const faults = (answer: Answer) => answer.problems.map(({ code, path }) => `${code} ${path}`)
  const historyOf = async (record: { id: string }) =>
    (await admin.get(at(record, '/history'))).records as unknown as Entry[]

  describe('the values', () => {
    it('keep those of the record that stays, fill its empty ones and join its lists', async () => {
      const [one, other] = [await made('product', { name: 'p1' }), await made('product', { name: 'p2' })]
      const stays = await company({ phone: '021-1', tags: ['a'], products: [one.id] })
      const first = await company({ phone: '021-2', note: 'first', tags: ['b', 'a'], level: 'gold' })
      const second = await company({ note: 'second', products: [one.id, other.id], code: 'K1' })
      const done = await into(stays, [first, second], { reason: 'the same' })
      expect(done).to.deep.include({
        ...{ id: stays.id, merged: [first.id, second.id], left: [], moved: {}, shares: 0 },
        taken: { note: first.id, level: first.id, code: second.id },
        joined: ['tags', 'products'],
      })
      const record = await read(stays)
      expect(record).to.deep.include({ phone: '021-1', note: 'first', level: 'gold', code: 'K1' })
      expect(record.name).to.equal(stays.name)
      expect(record.tags).to.deep.equal(['a', 'b'])
      expect(record.products).to.deep.equal([one.id, other.id].sort())
      expect(done.record).to.deep.equal(record)
    })

    it('are those that are said, also an empty one; a unique one passes over', async () => {
      const stays = await company({ phone: '021-1', code: 'U1', note: 'kept', tags: ['x'] })
      const goes = await company({ phone: '021-2', code: 'U2', tags: ['y'] })
      const take = { phone: goes.id, code: goes.id, note: goes.id, tags: stays.id, name: goes.id }
      await into(stays, [goes], { take })
      expect(await read(stays)).to.deep.include({
        ...{ phone: '021-2', code: 'U2', note: null, tags: ['x'], name: goes.name },
      })
      const found = (await admin.get(`/api/records/company?q=${goes.name}`)).records
      expect(found.map(({ id }) => id)).to.deep.equal([stays.id])
    })

    it('that find no room are told, and those that its rules refuse', async () => {
      const stays = await company({ tags: ['a', 'b'], kind: 'person' })
      const goes = await company({ tags: ['c', 'd'], kind: 'firm', tax: 'T1' })
      const done = await into(stays, [goes])
      expect(done.left).to.deep.equal([
        { field: 'tags', from: goes.id, values: ['d'] },
        { field: 'tax', from: goes.id },
      ])
      expect(await read(stays)).to.deep.include({ tags: ['a', 'b', 'c'], tax: null })
    })

    it('that are said are refused at their place by the rules of the record', async () => {
      const stays = await company({ kind: 'person' })
      const goes = await company({ kind: 'firm', tax: 'T1' })
      const answer = await merge(admin, stays, { with: [goes.id], take: { tax: goes.id } })
      expect([answer.status, ...faults(answer)]).to.deep.equal([422, 'FIELD_HIDDEN /take/tax'])
      expect(await read(goes)).to.deep.include({ tax: 'T1', version: 1 })
    })

    it('pass a stage by a move of its own, with its gates', async () => {
      const stays = await company({ note: '' })
      const goes = await company({ state: 'done', note: 'why' })
      expect((await into(stays, [goes])).taken).to.deep.equal({ note: goes.id })
      const again = await company({ state: 'done', note: 'more' })
      await into(stays, [again], { take: { state: again.id } })
      expect(await read(stays)).to.deep.include({ state: 'done', note: 'why' })
    })
  })

  describe('what points to the records that go', () => {
    it('points to the one that stays: lookups, dynamic ones, links, comments, files, what is in the bin', async () => {
      const [stays, goes] = [await company(), await company()]
      const person = await made('person', { name: 'Li', company: goes.id })
      const own = await made('deal', { name: 'own', company: stays.id, amount: 5 })
      const deals = [
        await made('deal', { name: 'd1', company: goes.id, amount: 10 }),
        await made('deal', { name: 'd2', company: goes.id, amount: 20 }),
      ]
      const binned = await made('deal', { name: 'gone', company: goes.id, amount: 40 })
      await admin.delete(at(binned, '', 'deal'))
      const call = await made('call', { name: 'rang', about: { entity: 'company', id: goes.id } })
      const fair = await made('fair', { name: 'f', guests: [goes.id] })
      const both = await made('fair', { name: 'g', guests: [goes.id, stays.id] })
      await admin.post(at(goes, '/comments'), { text: 'said' })
      await uploaded(goes)
      const done = await into(stays, [goes])
      expect(done.moved).to.deep.equal({ person: 1, deal: 2, call: 1, fair: 2, comment: 1, file: 1 })
      expect((await read(person, 'person')).company).to.equal(stays.id)
      for (const deal of [own, ...deals]) expect((await read(deal, 'deal')).company).to.equal(stays.id)
      expect((await read(call, 'call')).about).to.deep.equal({ entity: 'company', id: stays.id })
      for (const one of [fair, both]) expect((await read(one, 'fair')).guests).to.deep.equal([stays.id])
      const texts = (await admin.get(at(stays, '/comments'))).records.map(({ text }) => text)
      const files = (await admin.get(at(stays, '/files'))).records.map(({ name }) => name)
      expect([texts, files]).to.deep.equal([['said'], ['a.txt']])
      expect(await read(stays)).to.deep.include({ deals: 3, worth: 35, invited: 2 })
      // A change of their own, by the one who merged.
      const [entry] = (await admin.get(at(deals[0]!, '/history', 'deal'))).records as unknown as Entry[]
      expect(entry).to.deep.include({ action: 'update', version: 2 })
      expect(entry!.changes).to.deep.equal([
        { field: 'company', label: 'company', before: goes.id, after: stays.id },
      ])
      expect((await admin.post(at(binned, '/restore', 'deal'))).status).to.equal(200)
      expect(await read(stays)).to.deep.include({ deals: 4, worth: 75 })
    })

    it('takes no record above itself: its own parent, and one further up, give way', async () => {
      const top = await company()
      const goes = await company({ parent: top.id })
      const stays = await company({ parent: goes.id })
      expect((await into(stays, [goes])).taken).to.deep.equal({ parent: goes.id })
      expect((await read(stays)).parent).to.equal(top.id)

      const loop = await company({ parent: top.id })
      const middle = await company({ parent: loop.id })
      const low = await company({ parent: middle.id })
      await into(low, [loop])
      expect((await read(low)).parent).to.equal(top.id)
      expect((await read(middle)).parent).to.equal(low.id)

      const child = await company()
      const lone = await company({ parent: child.id })
      await into(lone, [child])
      expect((await read(lone)).parent).to.equal(null)
      const relatives = await company({ partners: [lone.id, top.id] })
      await into(relatives, [lone])
      expect((await read(relatives)).partners).to.deep.equal([top.id])
    })

    it('is refused where the value that is said would put it above itself', async () => {
      const stays = await company()
      const below = await company({ parent: stays.id })
      const goes = await company({ parent: below.id })
      const answer = await merge(admin, stays, { with: [goes.id], take: { parent: goes.id } })
      expect([answer.status, ...faults(answer)]).to.deep.equal([422, 'MERGE_CYCLE /take/parent'])
      await into(stays, [goes])
      expect((await read(stays)).parent).to.equal(null)
    })

    it('may not come to be twice where only one may be: that is told, and nothing is stored', async () => {
      const [stays, goes] = [await company(), await company()]
      for (const { id } of [stays, goes]) await made('badge', { name: 'b', company: id })
      const answer = await merge(admin, stays, { with: [goes.id] })
      expect([answer.status, ...faults(answer)]).to.deep.equal([409, 'MERGE_UNIQUE_BROKEN /with'])
      expect((await read(goes)).version).to.equal(1)
    })

    it('keeps the keys by which like records are found', async () => {
      const [stays, goes] = [await company(), await company({ phone: '021 5555 0001' })]
      await made('person', { name: 'Wang Li', company: goes.id })
      await into(stays, [goes])
      const like = await admin.post('/api/records/person', { name: 'Wang Li', company: stays.id })
      expect(outcome(like)).to.equal('409 DUPLICATE_WARNED')
      const again = await admin.post('/api/records/company', { name: 'x', phone: '021 5555 0001' })
      expect(again.problems.map(({ path }) => path)).to.deep.equal(['/phone'])
    })
  })

  async function uploaded({ id }: ApiRecord): Promise<void> {
    const form = new FormData()
    form.set('entity', 'company')
    form.set('record', id)
    form.set('file', new Blob(['x'], { type: 'text/plain' }), 'a.txt')
    expect((await admin.call('POST', '/api/files', { body: form })).status).to.equal(201)
  }

  describe('the trace', () => {
    it('stands on both sides, and the timeline goes on telling what happened to those that went', async () => {
      const [stays, goes, first] = [await company(), await company(), await company()]
      await admin.patch(at(first), { note: 'long ago' })
      await into(goes, [first])
      await into(stays, [goes], { reason: 'twice' })
      const named = ({ id, name }: ApiRecord) => ({ id, label: name })
      const [entry] = await historyOf(stays)
      expect(entry).to.deep.include({ action: 'merged', version: null, changes: [] })
      expect(entry!.merged).to.deep.equal({ from: [named(goes)], reason: 'twice' })
      const told = (await historyOf(goes)).map(({ action, merged }) => [action, merged?.into].flat())
      expect(told.slice(0, 2)).to.deep.equal([
        ['merged', named(stays)],
        ['delete', undefined],
      ])
      expect((await admin.get(at(goes))).status).to.equal(404)

      const line = (await admin.get(at(stays, '/timeline?types=change'))).records as unknown as Entry[]
      const lines = line.map((one) => [one.action, (one.merged_from as { id: string } | undefined)?.id])
      expect(lines).to.deep.equal([
        ...[
          ['merged', undefined],
          ['update', undefined],
        ],
        ...[
          ['merged', goes.id],
          ['update', goes.id],
          ['update', first.id],
        ],
        ...[
          ['create', first.id],
          ['create', goes.id],
          ['create', undefined],
        ],
      ])
      const paged: string[] = []
      for (let after = ''; ; ) {
        const page = await admin.get(at(stays, `/timeline?types=change&limit=2${after}`))
        paged.push(...page.records.map(({ id }) => id))
        const { next } = (page.body as { page: { next: string | null } }).page
        if (next === null) break
        after = `&after=${encodeURIComponent(next)}`
      }
      expect(paged).to.deep.equal(line.map(({ id }) => id))
    })

    it('ends where one comes back: an ordinary restore, its relations stay', async () => {
      const [stays, goes] = [await company({ code: 'R1' }), await company()]
      const deal = await made('deal', { name: 'd', company: goes.id, amount: 1 })
      await into(stays, [goes])
      expect((await admin.post(at(goes, '/restore?duplicates=accept'))).status).to.equal(200)
      expect((await read(deal, 'deal')).company).to.equal(stays.id)
      expect(await read(goes)).to.deep.include({ deals: 0 })
      const line = (await admin.get(at(stays, '/timeline'))).records as unknown as Entry[]
      expect(line.some((one) => 'merged_from' in one)).to.equal(false)
    })

    it('stores nothing in a dry run, tells what would be, and makes a retry safe by its key', async () => {
      const [stays, goes] = [await company(), await company({ note: 'n' })]
      await made('deal', { name: 'd', company: goes.id, amount: 1 })
      const tried = await merge(admin, stays, { with: [goes.id] }, '?dry_run=1')
      expect(tried.record).to.deep.include({ taken: { note: goes.id }, moved: { deal: 1 } })
      expect([(await read(stays)).version, (await read(goes)).version]).to.deep.equal([1, 1])
      const call = { headers: { 'idempotency-key': `merge-${stays.id}` } }
      const body = { with: [goes.id] }
      const first = await admin.post(at(stays, '/actions/merge'), body, call)
      const again = await admin.post(at(stays, '/actions/merge'), body, call)
      expect([first.status, again.text]).to.deep.equal([200, first.text])
    })
  })

  describe('rights', () => {
    it('are those to read and change the one and to read and delete the others', async () => {
      const [stays, goes] = [await company({ owner: seller.id }), await company({ owner: seller.id })]
      const body = { with: [goes.id] }
      expect(outcome(await merge(looker, stays, body))).to.equal('403 AUTH_DENIED')
      const strange = await company()
      const denied = await merge(seller, stays, { with: [goes.id, strange.id] })
      expect([denied.status, ...faults(denied)]).to.deep.equal([403, 'AUTH_DENIED /with/1'])
      expect(outcome(await merge(seller, strange, body))).to.equal('403 AUTH_DENIED')
      const nobody = await loginAs(admin, `nobody${++count}`, [])
      expect((await merge(nobody, stays, body)).status).to.equal(404)
      expect((await merge(seller, stays, body)).status).to.equal(200)
    })

    it('neither show nor lose what is hidden: the default rule keeps it', async () => {
      const vault = await made('vault', { name: 'hidden' })
      const stays = await company({ owner: seller.id })
      const goes = await company({ owner: seller.id, secret: 'S1', vault: vault.id, score: 7 })
      const done = await merge(seller, stays, { with: [goes.id] })
      expect(done.status, done.text).to.equal(200)
      expect(done.record).to.deep.include({ taken: { score: goes.id }, joined: [], left: [] })
      expect(done.text).not.to.contain('S1')
      expect(await read(stays)).to.deep.include({ secret: 'S1', vault: vault.id, score: 7 })
    })

    it('leave out what is hidden where a rule over several fields does not let it in, and tell who may choose', async () => {
      const two = async () => [
        await company({ owner: seller.id, level: 'plain' }),
        await company({ owner: seller.id, secret: 'S1', note: 'kept' }),
      ]
      const [stays, goes] = await two()
      const done = await merge(seller, stays!, { with: [goes!.id] })
      expect(done.record, done.text).to.deep.include({ taken: { note: goes!.id }, left: [] })
      expect(await read(stays!)).to.deep.include({ level: 'plain', secret: null, note: 'kept' })
      const [again, other] = await two()
      const body = { with: [other!.id] }
      expect(outcome(await merge(admin, again!, body))).to.equal('422 RECORD_VALIDATION_FAILED')
      const take = { secret: again!.id }
      expect((await merge(admin, again!, { ...body, take })).status).to.equal(200)
    })

    it('are asked of what is said: a hidden or locked field is not chosen', async () => {
      const stays = await company({ owner: seller.id, score: 1 })
      const goes = await company({ owner: seller.id, secret: 'S1', score: 7 })
      const said = async (take: object) => faults(await merge(seller, stays, { with: [goes.id], take }))
      expect(await said({ secret: goes.id })).to.deep.equal(['FIELD_UNKNOWN /take/secret'])
      expect(await said({ score: goes.id })).to.deep.equal(['FIELD_DENIED /take/score'])
      expect(await said({ deals: goes.id })).to.deep.equal(['FIELD_READ_ONLY /take/deals'])
    })

    it('count what comes along in one’s own sight alone, and bring all of it', async () => {
      const [stays, goes] = [await company({ owner: seller.id }), await company({ owner: seller.id })]
      const deal = await made('deal', { name: 'd', company: goes.id, amount: 1 })
      const done = await merge(seller, stays, { with: [goes.id] })
      expect(done.record.moved).to.deep.equal({})
      expect((await read(deal, 'deal')).company).to.equal(stays.id)
    })

    it('pass shares as far as one might give them, the wider one of two', async () => {
      const shared = async (client: Client, owner: string) => {
        const [stays, goes] = [await company({ owner }), await company({ owner: seller.id })]
        const share = (record: ApiRecord, access: string) =>
          admin.post(at(record, '/shares'), { with: { user: looker.id }, access })
        await share(stays, 'read')
        await share(goes, 'edit')
        await admin.post(at(goes, '/shares'), { with: { user: keeper.id }, access: 'read' })
        const done = await merge(client, stays, { with: [goes.id] })
        expect(done.status, done.text).to.equal(200)
        const kept = (await admin.get(at(stays, '/shares'))).records as unknown as {
          with: { id: string }
          access: string
        }[]
        return [done.record.shares, ...kept.map((one) => `${one.with.id} ${one.access}`).sort()]
      }
      const both = [`${looker.id} edit`, `${keeper.id} read`].sort()
      expect(await shared(admin, seller.id)).to.deep.equal([2, ...both])
      // Who may change and delete but not share widens nothing.
      expect(await shared(keeper, seller.id)).to.deep.equal([0, `${looker.id} read`])
    })
  })

  describe('what is refused', () => {
    const NO_ID = '01900000-0000-7000-8000-000000000001'
    const cases = [
      { what: 'none', body: {}, is: ['MERGE_ALONE /with'] },
      { what: 'an empty list', body: { with: [] }, is: ['MERGE_ALONE /with'] },
      { what: 'a lone id', body: { with: NO_ID }, is: ['FIELD_TYPE_WRONG /with'] },
      { what: 'no object', body: [], is: ['RECORD_BODY_INVALID '] },
      {
        what: 'what is not there, and what is no id',
        body: { with: [NO_ID] },
        is: ['FIELD_REFERENCE_MISSING /with/0'],
      },
      { what: 'too many', body: { with: Array(21).fill(NO_ID) }, is: ['MERGE_TOO_MANY /with'] },
      { what: 'one twice', body: { with: [NO_ID, NO_ID] }, is: ['FIELD_LIST_DUPLICATE /with/1'] },
      {
        what: 'everything at once',
        body: { with: [7], take: { nam: NO_ID, name: NO_ID, id: NO_ID }, reason: 7, why: 1 },
        is: [
          ...['FIELD_UNKNOWN /why', 'FIELD_REFERENCE_MISSING /with/0', 'FIELD_UNKNOWN /take/nam'],
          ...['MERGE_TAKE_STRANGER /take/name', 'FIELD_READ_ONLY /take/id', 'FIELD_TYPE_WRONG /reason'],
        ],
      },
    ]
    for (const { what, body, is } of cases)
      it(`is ${what}`, async () => {
        const answer = await merge(admin, await company(), body)
        expect([answer.status, ...faults(answer)]).to.deep.equal([422, ...is])
        if (what === 'everything at once') expect(answer.problems[2]?.hint).to.contain('name')
      })

    it('is the record itself, one of another entity, one in the bin', async () => {
      const [stays, binned] = [await company(), await company()]
      const person = await made('person', { name: 'Li' })
      await admin.delete(at(binned))
      const answer = await merge(admin, stays, { with: [stays.id.toUpperCase()] })
      expect(faults(answer)).to.deep.equal(['MERGE_WITH_ITSELF /with/0'])
      const others = await merge(admin, stays, { with: [person.id, binned.id] })
      expect(faults(others)).to.deep.equal([
        'FIELD_REFERENCE_MISSING /with/0',
        'FIELD_REFERENCE_MISSING /with/1',
      ])
      expect((await merge(admin, binned, { with: [stays.id] })).status).to.equal(404)
      const users = await admin.post(`/api/records/user/${seller.id}/actions/merge`, { with: [keeper.id] })
      expect([users.status, users.problems[0]?.code]).to.deep.equal([404, 'FLOW_UNKNOWN'])
    })

    it('is a record that an approval holds, on either side and by whoever decides', async () => {
      const [held, free] = [await company({ owner: seller.id }), await company({ owner: seller.id })]
      expect((await seller.post(at(held, '/actions/submit'))).status).to.equal(200)
      const said = async (client: Client, stays: ApiRecord, goes: ApiRecord) =>
        faults(await merge(client, stays, { with: [goes.id] }))
      for (const client of [admin, keeper]) {
        expect(await said(client, held, free)).to.deep.equal(['RECORD_LOCKED '])
        expect(await said(client, free, held)).to.deep.equal(['RECORD_LOCKED /with/0'])
      }
      await keeper.post(at(held, '/actions/approve'))
      expect((await merge(admin, free, { with: [held.id] })).status).to.equal(200)
    })
  })

  describe('at once', () => {
    it('leaves no live record that points to one in the bin, and every count right', async () => {
      const all = await Promise.all(Array.from({ length: 6 }, () => company()))
      const at6 = (index: number) => all[index % all.length]!
      const works = Array.from({ length: 36 }, (_, index) => async (): Promise<Answer> => {
        const [one, other] = [at6(index), at6(index * 5 + 1)]
        if (index % 3 === 0) return await merge(admin, one, { with: [other.id, at6(index + 2).id] })
        if (index % 3 === 1)
          return await admin.post('/api/records/deal', { name: 'd', company: one.id, amount: index })
        return await admin.patch(at(other), { note: `n${index}` })
      })
      const answers = await Promise.all(works.map((work) => work()))
      const known = [200, 201, 404, 409, 422, 503]
      expect(answers.map(({ status }) => status).filter((status) => !known.includes(status))).to.deep.equal(
        [],
      )
      expect(answers.some(({ status }, index) => index % 3 === 0 && status === 200)).to.equal(true)
      const filter = encodeURIComponent(JSON.stringify({ '!=': [{ var: 'company' }, null] }))
      const deals = (await admin.get(`/api/records/deal?limit=200&filter=${filter}`)).records
      const live = (await admin.get('/api/records/company?limit=200')).records
      const ids = new Set(live.map(({ id }) => id))
      expect(deals.filter(({ company: id }) => !ids.has(String(id)))).to.deep.equal([])
      for (const record of live)
        expect(record.deals).to.equal(deals.filter(({ company: id }) => id === record.id).length)
    })

    it('takes a value that another one has just changed, or tells the other that the record is gone', async () => {
      for (let round = 0; round < 5; round++) {
        const [stays, goes] = [await company(), await company({ note: 'old' })]
        const [merged, changed] = await Promise.all([
          merge(admin, stays, { with: [goes.id] }),
          admin.patch(at(goes), { note: 'new' }),
        ])
        expect(merged.status, merged.text).to.equal(200)
        expect((await read(stays)).note).to.equal(changed.status === 200 ? 'new' : 'old')
        expect([200, 404]).to.include(changed.status)
      }
    })
  })

  describe('likes', () => {
    it('come in groups, page by page', async () => {
      const phone = '021 9999 0001'
      const group = [await company({ phone }), await company({ phone }), await company({ phone })]
      const found: { records: { id: string }[]; fields: string[] }[] = []
      for (let after = ''; ; ) {
        const page = (await admin.get(`/api/records/company/duplicates${after}`)).body as {
          data: typeof found
          page: { next: string | null }
        }
        found.push(...page.data)
        if (page.page.next === null) break
        after = `?after=${encodeURIComponent(page.page.next)}`
      }
      const own = found.filter(({ records }) => records.some(({ id }) => id === group[0]!.id))
      expect(own.map(({ records, fields }) => [records.map(({ id }) => id), fields])).to.deep.equal([
        [group.map(({ id }) => id).sort(), ['phone']],
      ])
      expect((await admin.get('/api/records/deal/duplicates')).records).to.deep.equal([])
      const strange = await admin.get('/api/records/company/duplicates?limit=7')
      expect(strange.status).to.equal(400)
    })

    it('are those that rules find, by what one is shown, the most alike first', async () => {
      const [one, two] = [await company({ phone: '021 7777 0001' }), await company({ phone: '02177770001' })]
      const hidden = await company({ secret: 'same-secret' })
      await company({ secret: 'same-secret' })
      const likes = async (client: Client, record: ApiRecord) =>
        (await client.get(at(record, '/duplicates'))).records.map(({ id, field }) => [id, field])
      expect(await likes(seller, one)).to.deep.equal([[two.id, 'phone']])
      expect((await likes(admin, hidden)).length).to.equal(1)
      expect(await likes(seller, hidden)).to.deep.equal([])
      expect((await seller.get(at({ id: 'x' }, '/duplicates'))).status).to.equal(404)
    })
  })
})
