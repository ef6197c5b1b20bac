import { expect } from 'chai'
import { openDraft, publishAll } from '../support/drafts.ts'
import { startEngine, type TestEngine } from '../support/engine.ts'
import type { Answer, Client } from '../support/http.ts'
import { httpTemplate, loginAs, outcome } from '../support/http-model.ts'

const byLevel = { '==': [{ var: 'level' }, 'a'] }
const ROLES = [
  {
    kind: 'role',
    name: 'seller',
    label: { en: 'Seller', 'zh-CN': '销售员' },
    personal: { contact: 'masked' },
    entities: {
      patron: {
        create: true,
        read: 'team',
        update: 'own',
        fields: { fee: { read: byLevel }, nick: { read: false } },
      },
    },
  },
  {
    kind: 'role',
    name: 'boss',
    personal: { contact: 'read' },
    entities: { patron: { read: 'all', update: byLevel } },
  },
  { kind: 'role', name: 'people_keeper', administration: ['users'], entities: { user: { read: 'all' } } },
  { kind: 'role', name: 'model_keeper', administration: ['definitions'] },
]
const PARCEL = [
  {
    kind: 'entity',
    name: 'parcel',
    title: 'name',
    owned: true,
    fields: [
      { name: 'name', type: 'text' },
      { name: 'state', type: 'stage' },
    ],
  },
  { kind: 'role', name: 'porter', entities: { parcel: { read: 'own', share: 'own' } } },
  {
    ...{ kind: 'pipeline', name: 'way', entity: 'parcel', field: 'state' },
    stages: [
      { name: 'packed', type: 'open', next: ['sent'] },
      { name: 'sent', type: 'won' },
    ],
  },
  {
    kind: 'sharing',
    name: 'heavy',
    entity: 'parcel',
    when: { '==': [{ var: 'name' }, 'heavy'] },
    with: [{ role: 'porter' }],
    access: 'read',
  },
]
const PATRON = {
  kind: 'entity',
  name: 'patron',
  label: { en: 'Patron', 'zh-CN': '客户' },
  owned: true,
  fields: [
    { name: 'name', type: 'text', label: { en: 'Name', 'zh-CN': '名称' } },
    { name: 'mobile', type: 'phone', personal: 'contact' },
    { name: 'fee', type: 'currency' },
    { name: 'nick', type: 'text' },
    {
      name: 'level',
      type: 'select',
      label: { en: 'Level', 'zh-CN': '等级' },
      options: [{ name: 'a', label: { en: 'Best', 'zh-CN': '最好' } }, { name: 'b' }],
    },
  ],
}

interface Told {
  readonly name: string
  readonly holders: number
  readonly people?: readonly { readonly name: string }[]
  readonly shows: string
  readonly by: string
  readonly creates: boolean
  readonly reads: { readonly scope: string; readonly sentence: string }
  readonly sees: { readonly scope: string; readonly sentence: string }
  readonly edits: { readonly scope: string; readonly sentence: string }
}

describe('what rights come to', () => {
  let engine: TestEngine
  let admin: Client
  let lily: Client & { readonly id: string }
  let keeper: Client
  let modeller: Client
  before(async () => {
    engine = await startEngine({ template: httpTemplate })
    admin = await engine.loginAdmin()
    await publishAll(admin, [PATRON, ...PARCEL, ...ROLES])
    lily = await loginAs(admin, 'lily', ['seller', 'boss'])
    keeper = await loginAs(admin, 'keeper', ['people_keeper'])
    modeller = await loginAs(admin, 'modeller', ['model_keeper'])
  })
  after(() => engine.stop())

  const rolesOf = (answer: Answer) => (answer.record as unknown as { roles: readonly Told[] }).roles
  const told = async (field: string, role: string, client = admin): Promise<Told> => {
    const answer = await client.get(`/api/explain/fields/patron/${field}`, {
      headers: { 'accept-language': 'en' },
    })
    return rolesOf(answer).find(({ name }) => name === role)!
  }

  const sights: readonly (readonly [string, string, readonly string[]])[] = [
    ['name', 'seller', ['whole', 'records of one’s teams', 'one’s own records', 'open']],
    ['mobile', 'seller', ['masked', 'no records', 'no records', 'personal']],
    ['nick', 'seller', ['hidden', 'no records', 'no records', 'field']],
    [
      'fee',
      'seller',
      [
        'some',
        'records of one’s teams where Level is Best',
        'one’s own records where Level is Best',
        'field',
      ],
    ],
    ['mobile', 'boss', ['whole', 'all records', 'records where Level is Best', 'personal']],
    ['name', 'people_keeper', ['hidden', 'no records', 'no records', 'open']],
  ]
  for (const [field, role, expected] of sights) {
    it(`say how ${role} sees ${field}, where, and where it is changed`, async () => {
      const { shows, sees, edits, by } = await told(field, role)
      expect([shows, sees.sentence, edits.sentence, by]).to.deep.equal(expected)
    })
  }

  it('are told in the language that is asked for', async () => {
    const answer = await admin.get('/api/explain/fields/patron/fee', {
      headers: { 'accept-language': 'zh-CN' },
    })
    const seller = rolesOf(answer).find(({ name }) => name === 'seller')!
    expect(seller.sees.sentence).to.equal('满足“等级为最好”的所在团队的记录')
  })

  it('name the holders to who manages users, and count them for who looks after definitions', async () => {
    const [named, counted] = [await told('name', 'boss', keeper), await told('name', 'boss', modeller)]
    expect([named.holders, named.people?.map(({ name }) => name)]).to.deep.equal([1, ['lily']])
    expect([counted.holders, counted.people]).to.deep.equal([1, undefined])
  })

  it('never show what is only written', async () => {
    const answer = await admin.get('/api/explain/fields/user/password')
    expect([...new Set(rolesOf(answer).map(({ shows }) => shows))]).to.deep.equal(['hidden'])
  })

  it('of a person are the union over the roles, each right with what gives it', async () => {
    const { record } = await keeper.get(`/api/explain/users/${lily.id}/rights`)
    const { entities } = record as unknown as {
      entities: {
        name: string
        rights: Record<string, boolean | { scope: string }>
        because: Record<string, string[]>
        limited: { name: string; shows: string }[]
      }[]
    }
    const patron = entities.find(({ name }) => name === 'patron')!
    expect(patron.rights.read).to.include({ scope: 'all' })
    expect([patron.because.read, patron.because.create, patron.because.delete]).to.deep.equal([
      ['boss', 'seller'],
      ['seller'],
      [],
    ])
    expect(patron.limited).to.deep.equal([])
  })

  it('of a draft are told as it is written, or what is wrong with it at its place', async () => {
    const draft = { ...ROLES[0], entities: { patron: { read: 'own', update: 'own' } } }
    const good = (await modeller.post('/api/explain/roles', draft)).record as unknown as {
      entities: {
        name: string
        rights: { read: { scope: string } }
        fields: { name: string; shows: string }[]
      }[]
    }
    const patron = good.entities.find(({ name }) => name === 'patron')!
    expect(patron.rights.read.scope).to.equal('own')
    expect(patron.fields.find(({ name }) => name === 'mobile')?.shows).to.equal('masked')
    const bad = { ...draft, entities: { patron: { read: 'own', update: 'all' } } }
    const shared = (await modeller.post('/api/explain/roles', PARCEL[1])).record as unknown as {
      entities: { name: string; rights: Record<string, { scope: string; sentence: string }> }[]
    }
    const parcel = shared.entities.find(({ name }) => name === 'parcel')!.rights
    expect([parcel.share?.scope, parcel.read?.scope]).to.deep.equal(['own', 'own'])
    expect(parcel.read?.sentence).to.contain('手动共享').and.to.contain('heavy')
    const { problems } = (await modeller.post('/api/explain/roles', bad)).record as unknown as {
      problems: { code: string; path: string }[]
    }
    expect(problems.map(({ code, path }) => [code, path])).to.deep.equal([
      ['META_VALUE_INVALID', '/entities/patron/update'],
    ])
    expect((await admin.get('/api/meta/definitions/role/seller')).record.entities).to.deep.equal(
      ROLES[0]!.entities,
    )
  })

  it('of a draft are told with what else the draft holds, as far as that holds together', async () => {
    const lesson = (more: readonly object[] = []) => ({
      ...{ kind: 'entity', name: 'lesson', title: 'name', owned: true },
      plural: { en: 'Lessons', 'zh-CN': '试听课' },
      fields: [{ name: 'name', type: 'text' }, { name: 'state', type: 'stage' }, ...more],
    })
    const seats = { name: 'seats', type: 'integer', label: { en: 'Seats', 'zh-CN': '座位' } }
    const role = {
      ...{ kind: 'role', name: 'tutor' },
      entities: {
        lesson: {
          ...{ create: true, read: { '>': [{ var: 'seats' }, 2] } },
          ...{ update: { '>': [{ var: 'seats' }, 2] }, transitions: { held: { by: [] } } },
        },
      },
    }
    const draft = await openDraft(admin, [
      lesson([seats]),
      {
        ...{ kind: 'pipeline', name: 'lesson_way', entity: 'lesson', field: 'state' },
        stages: [
          { name: 'booked', type: 'open', next: ['held'] },
          { name: 'held', type: 'won' },
        ],
      },
      // Not yet what it is to be, and no matter here.
      { kind: 'flow', name: 'lesson_reminder', trigger: { record: 'lesson', on: ['crated'] }, steps: [] },
    ])
    const told = async () =>
      (await modeller.post(`/api/explain/roles?changeset=${draft}`, role)).record as unknown as {
        problems: { path: string }[]
        entities: { name: string; label: string; rights: { read: { sentence: string } } }[]
      }
    const { problems, entities } = await told()
    expect(problems).to.deep.equal([])
    const found = entities.find(({ name }) => name === 'lesson')!
    expect(found.label).to.equal('试听课')
    expect(found.rights.read.sentence).to.contain('座位').and.to.contain('2')
    expect(found).to.have.deep.nested.property('moves[1].moves.scope', 'none')
    const alone = (await modeller.post('/api/explain/roles', role)).record as unknown as {
      problems: { path: string }[]
    }
    expect(alone.problems.map(({ path }) => path)).to.include('/entities/lesson')
    const rule = { rule: 'seats > 2', entity: 'lesson' }
    expect((await admin.post('/api/meta/rules/check', rule)).status).to.equal(404)
    const checked = await admin.post(`/api/meta/rules/check?changeset=${draft}`, rule)
    expect([checked.status, checked.record.valid]).to.deep.equal([200, true])
    expect(checked.record.sentence).to.contain('座位')
    expect(outcome(await lily.post(`/api/meta/rules/check?changeset=${draft}`, rule))).to.equal(
      '403 AUTH_DENIED',
    )
    // What was looked at before is no answer where the draft says something else since, or it again.
    const sayingOf = async (label: string) => {
      const fields = lesson([{ ...seats, label: { 'zh-CN': label } }])
      await admin.put(`/api/meta/changesets/${draft}/definitions/entity/lesson`, fields)
      const answer = await admin.post(`/api/meta/rules/check?changeset=${draft}`, rule)
      return answer.record.sentence
    }
    expect(await sayingOf('位子')).to.contain('位子')
    expect(await sayingOf('座位'))
      .to.contain('座位')
      .and.not.contain('位子')
    // Where the entity itself does not hold together, nothing is said of it, and no fault is made up.
    const half = lesson([{ name: 'campus', type: 'lookup', to: 'campsu' }, seats])
    const put = await admin.put(`/api/meta/changesets/${draft}/definitions/entity/lesson`, half)
    expect(put.status).to.equal(200)
    expect(await told()).to.deep.equal({ problems: [], entities: [] })
    expect(outcome(await modeller.post('/api/explain/roles?changeset=nobody', role))).to.equal(
      '404 META_CHANGESET_UNKNOWN',
    )
    await admin.delete(`/api/meta/changesets/${draft}`)
  })

  it('tell into which stages a role brings records', async () => {
    const kept = { create: true, read: 'all', update: 'own' }
    const told = async (transitions: object) => {
      const draft = { kind: 'role', name: 'mover', entities: { parcel: { ...kept, transitions } } }
      const { entities } = (await modeller.post('/api/explain/roles', draft)).record as unknown as {
        entities: { name: string; moves: { stage: string; label: string; moves: { scope: string } }[] }[]
      }
      const { moves } = entities.find(({ name }) => name === 'parcel')!
      return Object.fromEntries(moves.map(({ stage, moves: reach }) => [stage, reach.scope]))
    }
    // One's own records and those that are shared by hand.
    expect(await told({})).to.deep.equal({ packed: 'some', sent: 'some' })
    expect(await told({ sent: { by: [] } })).to.deep.equal({ packed: 'some', sent: 'none' })
    expect(await told({ sent: { by: [{ role: 'boss' }] } })).to.deep.equal({ packed: 'some', sent: 'none' })
  })

  const refusals: readonly (readonly [string, () => Promise<Answer>, string])[] = [
    ['a seller', () => lily.get('/api/explain/fields/patron/name'), '403 AUTH_DENIED'],
    ['a seller of roles', () => lily.get('/api/explain/roles'), '403 AUTH_DENIED'],
    ['a seller about themselves', () => lily.get(`/api/explain/users/${lily.id}/rights`), '403 AUTH_DENIED'],
    [
      'who only manages users, of a draft',
      () => keeper.post('/api/explain/roles', ROLES[0]),
      '403 AUTH_DENIED',
    ],
    [
      'who only edits definitions, of people',
      () => modeller.get(`/api/explain/users/${lily.id}/rights`),
      '403 AUTH_DENIED',
    ],
    ['an unknown entity', () => admin.get('/api/explain/fields/patronn/name'), '404 ENTITY_UNKNOWN'],
    ['an unknown field', () => admin.get('/api/explain/fields/patron/nam'), '400 QUERY_FIELD_UNKNOWN'],
    [
      'somebody who is not there',
      () => admin.get('/api/explain/users/nobody/rights'),
      '404 RECORD_NOT_FOUND',
    ],
    ['a role without a name', () => admin.post('/api/explain/roles', { kind: 'role' }), '422 FIELD_REQUIRED'],
    [
      'another kind',
      () => admin.post('/api/explain/roles', { kind: 'view', name: 'x' }),
      '422 META_NAME_MISMATCH',
    ],
    ['standings for a seller', () => lily.get('/api/users/standing?ids='), '403 AUTH_DENIED'],
    [
      'the standing of more people than a page shows',
      () => admin.get(`/api/users/standing?ids=${Array(201).fill(lily.id).join(',')}`),
      '400 HTTP_PARAMETER_INVALID',
    ],
  ]
  for (const [who, ask, expected] of refusals) {
    it(`refuse ${who}`, async () => expect(outcome(await ask())).to.equal(expected))
  }

  it('include where a user stands', async () => {
    const make = async (name: string, fields: object) =>
      (await admin.post('/api/records/user', { name, email: `${name}@example.com`, ...fields })).record.id
    const away = { password: 'a long enough password', absent_from: '2020-01-01T00:00:00.000Z' }
    const until = '2999-01-01T00:00:00.000Z'
    const ids = {
      invited: await make('ida', {}),
      absent: await make('abe', { ...away, absent_until: until }),
      back: await make('bea', { ...away, absent_until: '2020-02-01T00:00:00.000Z' }),
      off: await make('olaf', { ...away, active: false }),
    }
    const { records } = await keeper.get(`/api/users/standing?ids=${Object.values(ids)},no-id`)
    const standing = (id: string) => {
      const found = records.find((one) => one.id === id)
      return [found?.standing, found?.until]
    }
    expect(Object.fromEntries(Object.entries(ids).map(([key, id]) => [key, standing(id)]))).to.deep.equal({
      invited: ['invited', null],
      absent: ['absent', until],
      back: ['active', null],
      off: ['off', null],
    })
  })
})
