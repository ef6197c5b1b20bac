import { expect } from 'chai'
import { dataOf, publishAll, type Written } from '../support/drafts.ts'
import { startEngine, type TestEngine } from '../support/engine.ts'
import type { Answer, Client } from '../support/http.ts'
import { loginAs } from '../support/http-model.ts'

const definitions: readonly Written[] = [
  { kind: 'entity', name: 'firm', title: 'name', owned: true, fields: [{ name: 'name', type: 'text' }] },
  {
    kind: 'role',
    name: 'seller',
    default: { read: 'none' },
    entities: { firm: { read: 'own', create: true } },
  },
  { kind: 'role', name: 'designer', default: { read: 'all' }, administration: ['definitions'] },
] as unknown as readonly Written[]

const codesOf = ({ problems }: Answer) => problems.map(({ code }) => code)

type Person = Client & { readonly id: string }

interface Wish {
  readonly id: string
  readonly page: string
  readonly text: string
  readonly expected: string | null
  readonly state: string
  readonly answer: string | null
  readonly asked_by: { readonly id: string; readonly label: string | null }
  readonly closed_by: { readonly id: string } | null
  readonly record: { readonly entity: string; readonly id: string; readonly label: string } | null
}

describe('change requests', () => {
  let engine: TestEngine
  let admin: Client
  let ann: Person
  let bob: Person
  let dora: Person

  before(async () => {
    engine = await startEngine()
    admin = await engine.loginAdmin()
    await publishAll(admin, definitions)
    ann = await loginAs(admin, 'ann', ['seller'])
    bob = await loginAs(admin, 'bob', ['seller'])
    dora = await loginAs(admin, 'dora', ['designer'])
    for (const { id } of [ann, dora]) await admin.patch(`/api/records/user/${id}`, { language: 'en' })
  })
  after(async () => engine?.stop())

  const file = (who: Client, body: object = {}) =>
    who.post('/api/requests', { page: '/records/firm', text: 'The list is too long', ...body })
  const wishesOf = async (who: Client, query = '') =>
    (await who.get(`/api/requests${query}`)).body as {
      data: Wish[]
      open: number
      page: { next: string | null }
    }
  /** An administrator reads the lists of others as well. */
  const toldTo = async (who: Client) => {
    const me = dataOf<{ user: { id: string } }>(await who.get('/api/auth/me'), 200).user.id
    const filter = encodeURIComponent(JSON.stringify({ '==': [{ var: 'owner' }, me] }))
    const { records } = await who.get(`/api/records/notification?filter=${filter}`)
    return records.map(({ title, text, entity, record }) => ({ title, text, entity, record }))
  }

  it('are kept with their page and record, and told to who looks after definitions', async () => {
    const firm = (await ann.post('/api/records/firm', { name: 'Acme' })).record.id
    const made = dataOf<Wish>(
      await file(ann, {
        page: `/records/firm/${firm}?tab=x`,
        expected: ' Fewer ',
        entity: 'firm',
        record: firm,
      }),
      201,
    )
    expect(made).to.deep.include({
      page: `/records/firm/${firm}?tab=x`,
      text: 'The list is too long',
      expected: 'Fewer',
      state: 'open',
      answer: null,
      record: { entity: 'firm', id: firm, label: 'Acme' },
    })
    expect(made.asked_by.id).to.equal(ann.id)
    for (const [keeper, title] of [
      [admin, 'ann提出修改建议：The list is too long'],
      [dora, 'ann suggests a change: The list is too long'],
    ] as const) {
      expect((await toldTo(keeper))[0]).to.deep.equal({
        title,
        ...{ text: null, entity: 'change_request', record: made.id },
      })
    }
    expect([await toldTo(ann), await toldTo(bob)]).to.deep.equal([[], []])
    const audit = await admin.get('/api/records/audit_entry?limit=200')
    const noted = (audit.body as { data: { action: string; subject: string }[] }).data
    expect(
      noted.filter(({ subject }) => subject === `request/${made.id}`).map(({ action }) => action),
    ).to.deep.equal(['change_request'])
  })

  it('are read by who asked and by who looks after definitions, by state and page by page', async () => {
    const own = dataOf<Wish>(await file(bob, { text: 'Bob’s own' }), 201)
    expect((await wishesOf(bob)).data.map(({ id }) => id)).to.deep.equal([own.id])
    expect((await wishesOf(ann)).data.map(({ id }) => id)).to.not.include(own.id)
    const first = await wishesOf(dora, '?state=open&limit=1')
    expect([first.data[0]!.id, first.open]).to.deep.equal([own.id, 2])
    const second = await wishesOf(dora, `?state=open&limit=1&after=${first.page.next}`)
    expect([second.data[0]!.text, second.page.next]).to.deep.equal(['The list is too long', null])
    expect((await wishesOf(dora, '?state=done')).data).to.deep.equal([])
  })

  it('are answered once, whoever asked is told, and open again', async () => {
    const { id } = dataOf<Wish>(await file(ann, { text: 'Another colour' }), 201)
    const answer = (who: Client, body: object, of = id) => who.patch(`/api/requests/${of}`, body)
    expect((await answer(ann, { state: 'done' })).status).to.equal(403)
    const bare = await answer(dora, { state: 'declined', answer: ' ' })
    expect([bare.status, codesOf(bare)]).to.deep.equal([422, ['REQUEST_ANSWER_MISSING']])
    const closed = dataOf<Wish>(await answer(dora, { state: 'declined', answer: 'Teal stays.' }), 200)
    expect(closed).to.include({ state: 'declined', answer: 'Teal stays.' })
    expect(closed.closed_by?.id).to.equal(dora.id)
    expect(await toldTo(ann)).to.deep.equal([
      {
        title: 'Your change request is declined: Another colour',
        ...{ text: 'Teal stays.', entity: 'change_request', record: id },
      },
    ])
    const again = await answer(admin, { state: 'declined', answer: 'No.' })
    expect([again.status, codesOf(again)]).to.deep.equal([409, ['REQUEST_STATE_SAME']])
    const open = dataOf<Wish>(await answer(admin, { state: 'open' }), 200)
    expect(open).to.deep.include({ state: 'open', answer: null, closed_by: null })
    expect((await answer(admin, { state: 'done' }, '01900000-0000-7000-8000-000000000001')).status).to.equal(
      404,
    )
    expect((await answer(admin, { state: 'done' }, 'nonsense')).status).to.equal(404)
  })

  const bad: readonly {
    readonly what: string
    readonly body: object
    readonly status: number
    readonly codes: readonly string[]
  }[] = [
    { what: 'nothing to say', body: { text: '  ' }, status: 422, codes: ['FIELD_REQUIRED'] },
    { what: 'too much', body: { text: 'x'.repeat(2001) }, status: 422, codes: ['FIELD_TEXT_TOO_LONG'] },
    { what: 'NUL', body: { expected: 'a\u0000' }, status: 422, codes: ['FIELD_TEXT_INVALID'] },
    {
      what: 'another site',
      body: { page: '//evil.example/x' },
      status: 422,
      codes: ['REQUEST_PAGE_INVALID'],
    },
    { what: 'a script', body: { page: 'javascript:alert(1)' }, status: 422, codes: ['REQUEST_PAGE_INVALID'] },
    { what: 'a backslash', body: { page: '/\\evil.example' }, status: 422, codes: ['REQUEST_PAGE_INVALID'] },
    { what: 'half a record', body: { entity: 'firm' }, status: 422, codes: ['FIELD_REQUIRED'] },
    {
      what: 'both at once',
      body: { text: '', page: 'x' },
      status: 422,
      codes: ['FIELD_REQUIRED', 'REQUEST_PAGE_INVALID'],
    },
    { what: 'an unknown key', body: { expect: 'x' }, status: 422, codes: ['FIELD_UNKNOWN'] },
  ]
  for (const { what, body, status, codes } of bad) {
    it(`are refused with ${what}`, async () => {
      const answer = await file(ann, body)
      expect([answer.status, codesOf(answer)]).to.deep.equal([status, codes])
    })
  }

  it('name no record that whoever asks may not read, and need a person', async () => {
    const other = (await bob.post('/api/records/firm', { name: 'Bob’s' })).record.id
    expect((await file(ann, { entity: 'firm', record: other })).status).to.equal(404)
    expect((await file(ann.as(undefined))).status).to.equal(401)
    const token = await admin.post('/api/tokens', { label: 'x', roles: ['administrator'] })
    const made = (token.body as { data: { token: string } }).data.token
    expect(codesOf(await file(admin.as(made)))).to.deep.equal(['AUTH_SESSION_NEEDED'])
  })

  it('are taken twenty an hour from one person, whatever the number of windows', async () => {
    const eve = await loginAs(admin, 'eve', ['seller'])
    const answers = await Promise.all(
      Array.from({ length: 24 }, (_, index) => file(eve, { text: `n ${index}` })),
    )
    const refused = answers.filter(({ status }) => status === 429)
    expect([answers.filter(({ status }) => status === 201).length, refused.length]).to.deep.equal([20, 4])
    expect(codesOf(refused[0]!)).to.deep.equal(['REQUEST_TOO_MANY'])
    expect(Number(refused[0]!.headers.get('retry-after'))).to.be.within(3_500, 3_600)
    expect((await file(bob)).status).to.equal(201)
  })
})
