import { expect } from 'chai'
import type { Answer, Client } from '../../support/http.ts'
import { listPath, make, outcome, type Person, startWorld, type World } from './world.ts'

interface Kept {
  readonly id: string
  readonly errors: readonly { readonly code: string; readonly path: string }[]
}

describe('taking back what was done to many records', () => {
  let world: World
  let admin: Client
  let sally: Person
  let serial = 0

  before(async () => {
    world = await startWorld()
    admin = world.admin
    sally = await world.person('sally', 'sales')
  })
  after(() => world.stop())

  const bulk = (body: unknown, who: Client = admin, query = '') =>
    who.post(`/api/records/account/bulk${query}`, body)
  const undoOf = (answer: Answer) => (answer.body as { undo?: string }).undo
  const undo = (id: string | undefined, who: Client = admin, query = '') =>
    who.post(`/api/undo/${id}${query}`)
  const done = (answer: Answer) => {
    const { done, kept } = (answer.body as { data: { done: number; kept: readonly Kept[] } }).data
    return {
      done,
      kept: kept.map(({ id, errors }) => [id, ...errors.map(({ code, path }) => `${code} ${path}`)]),
    }
  }
  const read = async (id: string) => (await admin.get(`/api/records/account/${id}`)).record
  const acts = async (who: Client = admin) =>
    (await who.get('/api/undo')).records as unknown as readonly Readonly<Record<string, unknown>>[]

  async function two(values: object = {}) {
    serial++
    return await Promise.all(
      ['a', 'b'].map((name) => make(admin, 'account', { name: `${name}${serial}`, ...values })),
    )
  }
  const set = (ids: readonly string[], values: object) => ({ update: ids.map((id) => ({ id, ...values })) })

  it('gives every field its value of before, and can be taken back itself', async () => {
    const [one, other] = await two({ level: 'b', tags: ['old'], amount: 12.5 })
    const ids = [one!.id, other!.id]
    const answer = await bulk(set(ids, { level: 'a', tags: ['new'], amount: null, note: 'said' }))
    expect(answer.status).to.equal(200)
    const back = await undo(undoOf(answer))
    expect([back.status, done(back)]).to.deep.equal([200, { done: 2, kept: [] }])
    for (const id of ids) {
      const { level, tags, amount, note } = await read(id)
      expect([level, tags, amount, note]).to.deep.equal(['b', ['old'], 12.5, null])
    }
    const again = await undo(undoOf(back))
    expect(done(again)).to.deep.equal({ done: 2, kept: [] })
    expect((await read(ids[0]!)).note).to.equal('said')
  })

  it('sends to the bin what was created and brings back what was deleted', async () => {
    const created = await bulk({ create: [{ name: 'x' }, { name: 'y' }] })
    const ids = created.records.map(({ id }) => String(id))
    expect(done(await undo(undoOf(created)))).to.deep.equal({ done: 2, kept: [] })
    expect((await admin.get(`/api/records/account/${ids[0]}`)).status).to.equal(404)

    const [one, other] = await two()
    const deleted = await bulk({ delete: [one!.id, other!.id] })
    expect(done(await undo(undoOf(deleted)))).to.deep.equal({ done: 2, kept: [] })
    expect((await read(other!.id)).name).to.equal(other!.name)
  })

  it('leaves what somebody changed since, and takes back the rest of the record', async () => {
    const [one, other] = await two({ level: 'b', note: 'before' })
    const answer = await bulk(set([one!.id, other!.id], { level: 'a', note: 'after' }))
    await admin.patch(`/api/records/account/${one!.id}`, { level: 'c' })
    const back = await undo(undoOf(answer))
    expect(done(back)).to.deep.equal({ done: 2, kept: [[one!.id, 'UNDO_MOVED /level']] })
    const { level, note } = await read(one!.id)
    expect([level, note]).to.deep.equal(['c', 'before'])
    expect((await read(other!.id)).level).to.equal('b')
  })

  it('leaves a new record that somebody has worked on since', async () => {
    const created = await bulk({ create: [{ name: 'x' }, { name: 'y' }] })
    const [touched, alone] = created.records.map(({ id }) => String(id))
    await admin.patch(`/api/records/account/${touched}`, { note: 'mine' })
    expect(done(await undo(undoOf(created)))).to.deep.equal({ done: 1, kept: [[touched, 'UNDO_MOVED ']] })
    expect((await admin.get(`/api/records/account/${alone}`)).status).to.equal(404)
    expect((await read(touched!)).note).to.equal('mine')
  })

  it('says what is refused by now and does the rest', async () => {
    const one = await make(admin, 'account', { name: 'p', code: 'first' })
    const other = await make(admin, 'account', { name: 'q', code: 'second' })
    const answer = await bulk(set([one.id, other.id], { code: null, level: 'a' }))
    await make(admin, 'account', { name: 'third', code: 'first' })
    const back = await undo(undoOf(answer))
    expect(done(back)).to.deep.equal({ done: 1, kept: [[one.id, 'RECORD_DUPLICATE /code']] })
    expect((await read(other.id)).code).to.equal('second')
  })

  it('is one’s own, once, and tells what it would do', async () => {
    const [one, other] = await two({ level: 'b' })
    const answer = await bulk(set([one!.id, other!.id], { level: 'a' }))
    const id = undoOf(answer)
    for (const [who, which] of [
      [sally, id],
      [admin, 'nonsense'],
      [admin, '018f0000-0000-7000-8000-000000000000'],
    ] as const) {
      const refused = await undo(which, who)
      expect(outcome(refused)).to.deep.equal([404, 'UNDO_UNKNOWN'])
    }
    const told = await undo(id, admin, '?dry_run=1')
    expect([done(told), undoOf(told)]).to.deep.equal([{ done: 2, kept: [] }, undefined])
    expect((await read(one!.id)).level).to.equal('a')
    const answers = await Promise.all([undo(id), undo(id), undo(id)])
    expect(answers.map(({ status }) => status).sort()).to.deep.equal([200, 409, 409])
    expect(outcome(answers.find(({ status }) => status === 409)!)).to.deep.equal([409, 'UNDO_DONE'])
  })

  it('is listed for who did it, with what it did', async () => {
    const mine = await make(sally, 'account', { name: 'sally’s', level: 'b' })
    expect(await acts(sally)).to.deep.equal([])
    const answer = await bulk(set([mine.id], { level: 'a' }), sally)
    const listed = await acts(sally)
    const { entity, changed, created, undone_at: undoneAt } = listed[0]!
    expect([listed.length, entity, changed, created, undoneAt]).to.deep.equal([1, 'account', 1, 0, null])
    await undo(undoOf(answer), sally)
    const after = await acts(sally)
    expect(after.map(({ of }) => of)).to.deep.equal([undoOf(answer), null])
    expect(after[1]!.undone_at).to.be.a('string')
  })

  it('ends after a day', async () => {
    const [one] = await two({ level: 'b' })
    const id = undoOf(await bulk(set([one!.id], { level: 'a' })))
    const schemas = await world.database.query<{ s: string }>({
      text: `SELECT quote_ident(table_schema) AS s FROM information_schema.tables WHERE table_name = 'tenon_undo'`,
    })
    await world.database.query({
      text: `UPDATE ${schemas.rows[0]!.s}.tenon_undo SET at = at - interval '24 hours 1 second' WHERE id = $1`,
      values: [id],
    })
    expect(outcome(await undo(id))).to.deep.equal([404, 'UNDO_UNKNOWN'])
    expect((await acts()).map((act) => act.id)).not.to.include(id)
  })

  it('is not offered where nothing was done, nor for what is only tried', async () => {
    const [one] = await two({ level: 'b' })
    const refused = await bulk({ ...set([one!.id], { level: 'nonsense' }), atomic: false })
    expect([refused.status, undoOf(refused)]).to.deep.equal([200, undefined])
    const before = (await acts()).length
    const tried = await bulk(set([one!.id], { level: 'a' }), admin, '?dry_run=1')
    expect([tried.records.map(({ status }) => status), undoOf(tried)]).to.deep.equal([[200], undefined])
    expect([(await read(one!.id)).level, (await acts()).length]).to.deep.equal(['b', before])
  })

  it('tries many and says of each whether it would go', async () => {
    const [one, other] = await two({ level: 'b' })
    const tried = await bulk(
      {
        update: [
          { id: one!.id, level: 'a' },
          { id: other!.id, level: 'no such' },
        ],
      },
      admin,
      '?dry_run=1',
    )
    expect(tried.records.map(({ status }) => status)).to.deep.equal([200, 422])
    const { count } = (await admin.get(listPath('account', { count: 'exact', limit: 1 }))).body as {
      count: number
    }
    expect(count).to.be.greaterThan(1)
  })
})
