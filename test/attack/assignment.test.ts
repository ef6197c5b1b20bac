import { expect } from 'chai'
import { publishAll } from '../support/drafts.ts'
import type { Answer, Client } from '../support/http.ts'
import { loginAs, outcome, PASSWORD } from '../support/http-model.ts'
import { exampleOf, resolve, type Schema } from './routes.ts'
import { newRecord, startWorld, type World } from './world.ts'

/** Manages users as records without the administrative right to do so. */
const WARDEN = {
  kind: 'role',
  name: 'warden',
  default: { read: 'none' },
  entities: { user: { create: true, read: 'all', update: 'all', delete: 'all' }, company: { read: 'own' } },
}
const STRANGER = '01900000-0000-7000-8000-000000000001'

describe('mass assignment', () => {
  let world: World
  before(async () => {
    world = await startWorld()
    await publishAll(world.admin, [WARDEN])
  })
  after(() => world.stop())

  /** Properties that are read and never written, by entity. */
  const readOnly = (): (readonly [string, string, unknown])[] =>
    Object.entries(world.document.components.schemas).flatMap(([name, schema]) => {
      const entity = /^(\w+)\.create$/.exec(name)?.[1]
      if (entity === undefined) return []
      const writable = resolve(world.document, schema).properties as Record<string, Schema>
      const readable = world.document.components.schemas[entity]!.properties as Record<string, Schema>
      return Object.entries(readable)
        .filter(([property]) => writable[property] === undefined)
        .map(([property, one]) => [entity, property, exampleOf(world.document, one)] as const)
    })

  it('of what the engine alone writes is refused on every way to write', async () => {
    const { admin, document, known } = world
    expect(readOnly().map(([, property]) => property)).to.include.members(['id', 'version', 'created_by'])
    const faults: string[] = []
    for (const [entity, property, value] of readOnly()) {
      const base = `/api/records/${entity}`
      const smallest = exampleOf(document, document.components.schemas[`${entity}.create`]!, known) as object
      const id = await newRecord(admin, document, entity, known)
      const before = (await admin.get(`${base}/${id}`)).record
      const body = { ...smallest, [property]: value }
      const ways: Record<string, Promise<Answer>> = {
        create: admin.post(base, body),
        'dry run': admin.post(`${base}?dry_run=1`, body),
        change: admin.patch(`${base}/${id}`, { [property]: value }),
        'bulk create': admin.post(`${base}/bulk`, { create: [body] }),
        'bulk change': admin.post(`${base}/bulk`, { update: [{ id, [property]: value }] }),
        'bulk set': admin.post(`${base}/bulk`, {
          filter: { '==': [{ var: 'id' }, id] },
          set: { [property]: value },
        }),
      }
      for (const [way, sent] of Object.entries(ways)) {
        const answer = await sent
        // In a bulk change the id says which record is meant; none has that one.
        const isRefused = answer.status >= 400 && answer.status < 500
        if (!isRefused) faults.push(`${way} of ${entity}.${property}: ${answer.status} ${answer.text}`)
      }
      const after = (await admin.get(`${base}/${id}`)).record
      if (JSON.stringify(after) !== JSON.stringify(before)) faults.push(`${entity}.${property} has moved`)
    }
    expect(faults).to.deep.equal([])
  })

  it('of one’s own roles, and of another’s password, is refused to those who may not change users', async () => {
    const { clerk, admin } = world
    const boss = (await admin.get('/api/auth/me')).record.user as { id: string }
    const attempts: readonly (readonly [string, Record<string, unknown>])[] = [
      [clerk.id, { roles: ['administrator'] }],
      [clerk.id, { active: true, roles: ['clerk', 'administrator'] }],
      [boss.id, { password: 'a password of my choice' }],
      [boss.id, { active: false }],
      [boss.id, { email: 'clara2@example.com' }],
    ]
    for (const [id, body] of attempts) {
      const answers = [
        await clerk.patch(`/api/records/user/${id}`, body),
        await clerk.post('/api/records/user/bulk', { update: [{ id, ...body }] }),
        await clerk.post('/api/records/user/bulk', { filter: { '==': [{ var: 'id' }, id] }, set: body }),
        await clerk.put('/api/records/user/by/email/clara@example.com', body),
      ]
      expect(answers.map(({ status }) => status >= 400 && status < 500)).to.deep.equal(
        answers.map(() => true),
      )
    }
    expect((await clerk.get('/api/auth/me')).record.roles).to.deep.equal(['clerk'])
    expect((await admin.get('/api/auth/me')).status).to.equal(200)
  })

  describe('by one who changes users but does not administer them', () => {
    let warden: Client & { readonly id: string }
    let boss: { readonly id: string }
    before(async () => {
      warden = await loginAs(world.admin, 'wanda', ['warden'])
      boss = (await world.admin.get('/api/auth/me')).record.user as { id: string }
    })
    const cases: readonly { what: string; call: () => Promise<Answer> }[] = [
      {
        what: 'a role of their own',
        call: () => warden.patch(`/api/records/user/${warden.id}`, { roles: ['warden', 'administrator'] }),
      },
      {
        what: 'a role of their own, among many',
        call: () =>
          warden.post('/api/records/user/bulk', { update: [{ id: warden.id, roles: ['administrator'] }] }),
      },
      {
        what: 'a role of their own, by a filter',
        call: () =>
          warden.post('/api/records/user/bulk', {
            filter: { '==': [{ var: 'id' }, warden.id] },
            set: { roles: ['administrator'] },
          }),
      },
      {
        what: 'a role of their own, by the address',
        call: () => warden.put('/api/records/user/by/email/wanda@example.com', { roles: ['administrator'] }),
      },
      {
        what: 'a new administrator',
        call: () =>
          warden.post('/api/records/user', {
            name: 'x',
            email: 'puppet@example.com',
            password: PASSWORD,
            roles: ['administrator'],
          }),
      },
      {
        what: 'a new administrator, among many',
        call: () =>
          warden.post('/api/records/user/bulk', {
            create: [
              { name: 'x', email: 'puppet2@example.com', password: PASSWORD, roles: ['administrator'] },
            ],
          }),
      },
      {
        what: 'a new administrator, by the address',
        call: () =>
          warden.put('/api/records/user/by/email/puppet3@example.com', {
            name: 'x',
            password: PASSWORD,
            roles: ['administrator'],
          }),
      },
      {
        what: 'the administrator’s password',
        call: () => warden.patch(`/api/records/user/${boss.id}`, { password: PASSWORD }),
      },
      {
        what: 'the administrator’s address, to which a new password would be sent',
        call: () => warden.patch(`/api/records/user/${boss.id}`, { email: 'mine@example.com' }),
      },
      {
        what: 'the administrator’s being active',
        call: () => warden.patch(`/api/records/user/${boss.id}`, { active: false }),
      },
    ]
    for (const { what, call } of cases) {
      it(`of ${what} is refused`, async () => {
        const answer = await call()
        expect([what, answer.status]).to.deep.equal([what, 403])
        expect((await warden.get('/api/auth/me')).record.roles).to.deep.equal(['warden'])
      })
    }

    it('of their own password and name is theirs', async () => {
      const answer = await warden.patch(`/api/records/user/${warden.id}`, {
        name: 'Wanda',
        password: PASSWORD,
      })
      expect(answer.status).to.equal(200)
    })
  })

  it('of what a record points to stays within what exists', async () => {
    const { clerk } = world
    const made = await clerk.post('/api/records/company', { name: 'x' })
    expect(made.record.owner).to.equal(clerk.id)
    expect(outcome(await clerk.post('/api/records/company', { name: 'x', owner: STRANGER }))).to.match(
      /^(403|422) /,
    )
    const comment = await clerk.post(`/api/records/company/${made.record.id}/comments`, {
      text: 'x',
      created_by: STRANGER,
    })
    expect(outcome(comment)).to.equal('422 FIELD_UNKNOWN')
    const about = await clerk.post('/api/records/comment', {
      text: 'x',
      about: { entity: 'user', id: clerk.id },
    })
    expect(outcome(about)).to.equal('422 FIELD_OPTION_UNKNOWN')
  })

  it('of a token’s roles ends at those of its maker', async () => {
    const maker = await loginAs(world.admin, 'iris', ['integrator'])
    for (const roles of [['administrator'], ['integrator', 'administrator'], ['*'], ['clerk']]) {
      const answer = await maker.post('/api/tokens', { label: 'x', roles })
      expect([roles, answer.status]).to.deep.equal([roles, 422])
    }
    const extra = await maker.post('/api/tokens', { label: 'x', roles: ['integrator'], user_id: STRANGER })
    expect(outcome(extra)).to.equal('422 FIELD_UNKNOWN')
  })
})
