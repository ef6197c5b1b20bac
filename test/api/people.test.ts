import { expect } from 'chai'
import type { Database } from '../../engine/db/database.ts'
import { applyVersion } from '../../engine/model/apply.ts'
import { bootstrapWorkspace } from '../../engine/model/bootstrap.ts'
import { BUILT_IN } from '../../engine/model/built-in.ts'
import type { Definition } from '../../engine/model/compiled.ts'
import { toDefinitionSet } from '../../engine/model/definition-set.ts'
import { loadState } from '../../engine/model/state.ts'
import type { EntityDefinition } from '../../metadata/types.ts'
import { openDraft, planOf, publish } from '../support/drafts.ts'
import { startEngine, type TestEngine } from '../support/engine.ts'
import type { Client } from '../support/http.ts'
import { httpTemplate, outcome, PASSWORD } from '../support/http-model.ts'
import { fullRegistry, SCHEMA } from '../support/model-world.ts'
import { createTestDatabase, type TestDatabase } from '../support/postgres.ts'

describe('people', () => {
  let engine: TestEngine
  let admin: Client
  before(async () => {
    engine = await startEngine({ template: httpTemplate })
    admin = await engine.loginAdmin()
  })
  after(() => engine.stop())

  const make = (fields: object) =>
    admin.post('/api/records/user', { password: PASSWORD, roles: [], ...fields })
  const login = (body: object) => engine.client.post('/api/auth/login', body)

  it('have teams, hours, a time zone, a time of absence and a deputy', async () => {
    const [north, south] = await Promise.all(
      ['North', 'South'].map(async (name) => (await admin.post('/api/records/team', { name })).record.id),
    )
    const tom = (await make({ name: 'Tom', email: 'tom@example.com' })).record.id
    const life = {
      phone: '+86 138 0013 8000',
      team: north,
      teams: [south],
      time_zone: 'Asia/Shanghai',
      working_days: ['monday', 'friday'],
      works_from: '09:00:00',
      works_until: '18:00:00',
      absent_from: '2026-12-01T01:00:00.000Z',
      absent_until: '2026-12-08T01:00:00.000Z',
      deputy: tom,
    }
    const made = await make({ name: 'Lily', email: 'lily@example.com', ...life })
    expect(made.status, made.text).to.equal(201)
    const { record } = await admin.get(
      `/api/records/user/${made.record.id}?fields=${Object.keys(life)},teams`,
    )
    expect(record).to.deep.include(life)
  })

  it('have roles by name: what is no text is refused, whatever it would turn into', async () => {
    const { id } = (await make({ name: 'Role', email: 'role@example.com' })).record
    for (const role of [{ toString: 'x', valueOf: 'x' }, ['sales'], 1, null]) {
      const answer = await admin.patch(`/api/records/user/${id}`, { roles: [role] })
      expect([answer.status, answer.problems[0]?.path.startsWith('/roles')], answer.text).to.deep.equal([
        422,
        true,
      ])
    }
  })

  it('have a time zone that exists', async () => {
    const answer = await make({ name: 'x', email: 'zone@example.com', time_zone: 'Asia/Peking' })
    expect(outcome(answer)).to.equal('422 FIELD_OPTION_UNKNOWN')
  })

  const ways = [
    { what: 'the phone number as it is stored', body: { phone: '+86 139 1111 2222' } },
    { what: 'the number without country code and spaces', body: { phone: '13911112222' } },
    { what: 'the number where the page asks for the e-mail', body: { email: '139-1111-2222' } },
    { what: 'full-width digits', body: { phone: '１３９１１１１２２２２' } },
    { what: 'the e-mail', body: { email: 'Mei@example.com' } },
  ]
  describe('with e-mail and phone number', () => {
    before(() => make({ name: 'Mei', email: 'mei@example.com', phone: '+86 139 1111 2222' }))
    for (const { what, body } of ways) {
      it(`sign in by ${what}`, async () => {
        const answer = await login({ ...body, password: PASSWORD })
        expect([answer.status, (answer.body as { user: { name: string } }).user?.name]).to.deep.equal([
          200,
          'Mei',
        ])
      })
    }
    it('are refused by part of the number, by none, and by both ways at once', async () => {
      const answers = [
        await login({ phone: '1111', password: PASSWORD }),
        await login({ phone: 'none', password: PASSWORD }),
        await login({ phone: '13911112222', email: 'mei@example.com', password: PASSWORD }),
      ]
      expect(answers.map(outcome)).to.deep.equal(['401 AUTH_FAILED', '401 AUTH_FAILED', '422 FIELD_UNKNOWN'])
    })
    it('are not signed in by a number that two write differently, unless as one of them wrote it', async () => {
      await make({ name: 'Other', email: 'other@example.com', phone: '139 11112222' })
      expect(outcome(await login({ phone: '13911112222', password: PASSWORD }))).to.equal('401 AUTH_FAILED')
      const exact = await login({ phone: '139 11112222', password: PASSWORD })
      expect((exact.body as { user: { name: string } }).user.name).to.equal('Other')
    })
  })

  it('get fields of the workspace’s own by a draft, which a publish brings into force', async () => {
    const inForce = await admin.get('/api/meta/definitions/entity/user')
    const user = inForce.record as unknown as EntityDefinition
    const campus = { name: 'campus', type: 'text', label: { en: 'Campus', 'zh-CN': '校区' } }
    const id = await openDraft(admin, [{ ...user, fields: [...user.fields, campus] }])
    const { hash } = await planOf(admin, id)
    expect((await publish(admin, id, hash)).status).to.equal(200)
    const made = await make({ name: 'Own', email: 'own@example.com', campus: '浦东' })
    expect([made.status, made.record.campus]).to.deep.equal([201, '浦东'])
    const registry = fullRegistry()
    await bootstrapWorkspace(engine.database, registry, 'default')
    expect((await admin.get(`/api/records/user/${made.record.id}`)).record.campus).to.equal('浦东')
    const archive = (await admin.get('/api/meta/export')).text
    expect(archive).to.include('校区')
  })
})

describe('a workspace of an earlier engine', () => {
  let test: TestDatabase
  let db: Database
  before(async () => {
    test = await createTestDatabase()
    db = test.open()
  })
  after(() => test.drop())

  it('gets the new fields of the engine’s entities at start, with its people as they were', async () => {
    const registry = fullRegistry()
    const older = BUILT_IN.map((definition) =>
      definition.name === 'user'
        ? { ...definition, fields: (definition as EntityDefinition).fields.slice(0, 7) }
        : definition,
    ) as Definition[]
    await db.transaction(async (tx) => {
      const state = await loadState(tx, SCHEMA)
      const source = { workspace: 'default', schema: SCHEMA, state, publishedBy: undefined, registry }
      await applyVersion(tx, { ...source, candidate: toDefinitionSet(older), label: 'Engine', steps: [] })
    })
    await db.query({
      text: `INSERT INTO ${SCHEMA}."user" (id, name, email, created_at, updated_at, version)
VALUES (gen_random_uuid(), 'Ann', 'ann@example.com', now(), now(), 1)`,
    })
    await bootstrapWorkspace(db, registry, 'default')
    await bootstrapWorkspace(db, registry, 'default')
    const { version, definitions } = await loadState(db, SCHEMA)
    expect([version, definitions.entity.get('user')]).to.deep.equal([
      2,
      BUILT_IN.find(({ name }) => name === 'user'),
    ])
    const { rows } = await db.query({ text: `SELECT name, phone, time_zone FROM ${SCHEMA}."user"` })
    expect(rows).to.deep.equal([{ name: 'Ann', phone: null, time_zone: null }])
  })
})
