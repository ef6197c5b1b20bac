import { expect } from 'chai'
import { publishAll, type Written } from '../support/drafts.ts'
import type { Client } from '../support/http.ts'
import { outcome, type Person, startWorld, type World } from './records/world.ts'

const PEOPLE = { user: { read: 'all', create: true, update: 'all' } } as const

const role = (name: string, more: object): Written => ({
  ...{ kind: 'role', name, default: { read: 'none' } },
  ...more,
})

/** Each with one administrative right, or with some of the definitions. */
const ROLES: readonly Written[] = [
  role('plain', { entities: { account: { read: 'own' } } }),
  role('clerk', { entities: PEOPLE }),
  role('registrar', { entities: PEOPLE, administration: ['users'] }),
  role('warden', { entities: PEOPLE, administration: ['users', 'roles'] }),
  role('giver_only', { entities: PEOPLE, administration: ['roles'] }),
  role('drawer', { definitions: ['view', 'layout', 'role'] }),
  role('writer', { definitions: ['message'] }),
  role('drafter', { administration: ['definitions'] }),
  role('publisher', { administration: ['publish'] }),
  role('auditor', { administration: ['audit'] }),
  role('archivist', { administration: ['export'] }),
  role('keeper', { administration: ['backups'] }),
  role('keyholder', { administration: ['tokens', 'roles'] }),
]
const PASSWORD = 'correct horse battery'
const BEYOND = 'AUTH_BEYOND_OWN'

/** Every administrative right there is, in the order of the schema. */
const RIGHTS = [
  'definitions',
  'publish',
  'users',
  'roles',
  'tokens',
  'audit',
  'export',
  'flows',
  'connections',
  'backups',
]

describe('administrative rights', () => {
  let world: World
  let admin: Client
  const people: Record<string, Person> = {}
  let adminId: string

  before(async () => {
    world = await startWorld()
    admin = world.admin
    await publishAll(admin, ROLES)
    for (const { name } of ROLES) people[name] = await world.person(name, name)
    adminId = ((await admin.get('/api/auth/me')).record.user as { id: string }).id
  })
  after(() => world.stop())

  const by = (name: string): Person => people[name]!
  let count = 0
  const newUser = async (...roles: string[]) => {
    const body = { name: 'x', email: `x${++count}@example.com`, password: PASSWORD, roles }
    return (await admin.post('/api/records/user', body)).record.id
  }
  const change = async (client: Client, id: string, body: object) =>
    outcome(await client.patch(`/api/records/user/${id}`, body))

  it('are told by “who am I”, kind by kind', async () => {
    const told = async (client: Client) => {
      const { administration, definitions } = (await client.get('/api/auth/me')).record
      return [administration, definitions]
    }
    expect(await told(by('drawer'))).to.deep.equal([[], ['layout', 'view', 'role']])
    expect(await told(by('warden'))).to.deep.equal([['users', 'roles'], []])
    const [all, kinds] = await told(admin)
    expect(all).to.deep.equal(RIGHTS)
    expect(kinds).to.include.members(['entity', 'role', 'view', 'message'])
  })

  describe('of handing out roles', () => {
    it('are apart from those of users', async () => {
      const id = await newUser()
      expect(await change(by('clerk'), id, { roles: ['plain'] })).to.deep.equal([403, 'FIELD_DENIED /roles'])
      expect(await change(by('registrar'), id, { roles: ['plain'] })).to.deep.equal([
        ...[403, 'FIELD_DENIED /roles'],
      ])
      expect(await change(by('registrar'), id, { active: false })).to.deep.equal([200])
      expect(await change(by('giver_only'), id, { roles: ['plain'] })).to.deep.equal([200])
      expect(await change(by('giver_only'), id, { active: true })).to.deep.equal([
        403,
        'FIELD_DENIED /active',
      ])
    })

    it('give no role with an administrative right that one lacks, to nobody', async () => {
      const { warden } = people as { warden: Person }
      const id = await newUser()
      expect(await change(warden, id, { roles: ['plain', 'warden', 'registrar'] })).to.deep.equal([200])
      for (const name of ['administrator', 'auditor', 'drafter', 'drawer', 'archivist', 'keyholder']) {
        expect(await change(warden, id, { roles: [name] }), name).to.deep.equal([403, `${BEYOND} /roles`])
      }
      expect(await change(warden, warden.id, { roles: ['warden', 'administrator'] })).to.deep.equal([
        ...[403, `${BEYOND} /roles`],
      ])
      const fresh = { name: 'y', email: 'y@example.com', roles: ['administrator'] }
      expect(outcome(await warden.post('/api/records/user', fresh))).to.deep.equal([403, `${BEYOND} /roles`])
      const bulk = { create: [{ ...fresh, email: 'z@example.com' }], update: [{ id, roles: ['auditor'] }] }
      expect(outcome(await warden.post('/api/records/user/bulk', bulk))).to.deep.equal([
        ...[403, `${BEYOND} /create/0/roles`, `${BEYOND} /update/0/roles`],
      ])
      const upsert = await warden.put('/api/records/user/by/email/w@example.com', {
        ...fresh,
        email: undefined,
      })
      expect(outcome(upsert)).to.deep.equal([403, `${BEYOND} /roles`])
    })

    it('take none away either', async () => {
      const id = await newUser('administrator')
      expect(await change(by('warden'), id, { roles: [] })).to.deep.equal([403, `${BEYOND} /roles`])
      expect(await change(by('warden'), adminId, { roles: ['plain'] })).to.deep.equal([
        ...[403, `${BEYOND} /roles`],
      ])
      expect(await change(admin, id, { roles: [] })).to.deep.equal([200])
    })

    it('leave a role that is not touched', async () => {
      const id = await newUser('auditor')
      expect(await change(by('warden'), id, { roles: ['auditor', 'plain'] })).to.deep.equal([200])
      expect(await change(by('warden'), id, { roles: ['auditor'] })).to.deep.equal([200])
    })
  })

  it('of users get nobody into the account of who has more', async () => {
    const { registrar } = people as { registrar: Person }
    const changes = [
      { password: PASSWORD },
      { email: 'mine@example.com' },
      { active: false },
      { phone: '123456' },
    ]
    for (const body of changes) {
      const [field] = Object.keys(body)
      expect(await change(registrar, adminId, body)).to.deep.equal([403, `${BEYOND} /${field}`])
    }
    const rights = [
      await registrar.post(`/api/users/${adminId}/invitation`),
      await registrar.delete(`/api/users/${adminId}/sessions`),
    ]
    expect(rights.map(outcome)).to.deep.equal([
      [403, BEYOND],
      [403, BEYOND],
    ])
    const id = await newUser('plain')
    expect(await change(registrar, id, { password: `${PASSWORD}!` })).to.deep.equal([200])
    expect((await registrar.post(`/api/users/${id}/invitation`)).status).to.equal(201)
    expect((await admin.get('/api/auth/me')).status).to.equal(200)
    expect(await change(registrar, adminId, { name: 'Administrator' })).to.deep.equal([200])
  })

  it('of a token never go beyond those of its maker', async () => {
    const body = (...roles: string[]) => ({ label: 'x', roles })
    const { keyholder } = people as { keyholder: Person }
    const refused = await keyholder.post('/api/tokens', body('administrator', 'auditor'))
    expect(outcome(refused)).to.deep.equal([
      ...[422, 'FIELD_OPTION_UNKNOWN /roles/0', 'FIELD_OPTION_UNKNOWN /roles/1'],
    ])
    const made = await keyholder.post('/api/tokens', body('plain', 'keyholder'))
    const token = world.client.as(String(made.record.token))
    expect((await token.get('/api/auth/me')).record.roles).to.deep.equal(['keyholder', 'plain'])
    await publishAll(admin, [
      role('plain', { entities: { account: { read: 'own' } }, administration: ['audit'] }),
    ])
    expect((await token.get('/api/auth/me')).record.roles).to.deep.equal(['keyholder'])
    await publishAll(admin, [role('plain', { entities: { account: { read: 'own' } } })])
  })

  it('of a token do not reach the keys of the person behind it', async () => {
    const made = await admin.post('/api/tokens', { label: 'x', roles: ['registrar'] })
    const token = world.client.as(String(made.record.token))
    expect(await change(token, adminId, { password: 'another long password' })).to.deep.equal([
      ...[403, `${BEYOND} /password`],
    ])
  })

  describe('of definitions', () => {
    const VIEW = { kind: 'view', name: 'v', entity: 'account', type: 'table', columns: ['name'] }
    const draftOf = async (client: Client) =>
      (await client.post('/api/meta/changesets', { label: 'x' })).record.id
    const put = async (client: Client, id: string, { kind, name, ...rest }: Written) =>
      outcome(
        await client.put(`/api/meta/changesets/${id}/definitions/${kind}/${name}`, { kind, name, ...rest }),
      )

    it('are of single kinds, in drafts and at once', async () => {
      const { drawer, writer } = people as { drawer: Person; writer: Person }
      expect(outcome(await drawer.put('/api/meta/content/view/v', VIEW))).to.deep.equal([200])
      expect(outcome(await writer.put('/api/meta/content/view/v', VIEW))).to.deep.equal([403, 'AUTH_DENIED'])
      expect(outcome(await writer.delete('/api/meta/content/view/v'))).to.deep.equal([403, 'AUTH_DENIED'])
      const id = await draftOf(writer)
      expect(await put(writer, id, VIEW)).to.deep.equal([403, 'AUTH_DENIED'])
      const options = { kind: 'option_set', name: 'o', options: [{ name: 'a' }] }
      expect(await put(drawer, id, options)).to.deep.equal([403, 'AUTH_DENIED'])
      expect(await put(drawer, id, VIEW)).to.deep.equal([200])
      const at = `/api/meta/changesets/${id}`
      const others = [
        await writer.delete(`${at}/definitions/view/v`),
        await writer.delete(at),
        await drawer.post(`${at}/publish`, { hash: 'x' }),
        await by('plain').get('/api/meta/definitions'),
      ]
      for (const answer of others) expect(outcome(answer)).to.deep.equal([403, 'AUTH_DENIED'])
      expect((await writer.get('/api/meta/definitions')).status).to.equal(200)
      expect((await drawer.delete(at)).status).to.equal(204)
      expect(outcome(await drawer.delete('/api/meta/content/view/v'))).to.deep.equal([204])
    })

    it('are held to their kinds by archives and earlier versions too', async () => {
      const archive = (await admin.get('/api/meta/export')).body as { definitions: Written[] }
      const { definitions } = archive
      const changed = definitions.map((one) => (one.kind === 'entity' ? { ...one, note: 'changed' } : one))
      const drawn = await by('drawer').post('/api/meta/import', { ...archive, definitions: changed })
      expect(outcome(drawn)).to.deep.equal([403, 'AUTH_DENIED'])
      expect((await by('drawer').post('/api/meta/import', archive)).status).to.equal(201)
      expect(outcome(await by('drawer').post('/api/meta/versions/1/restore'))).to.deep.equal([
        ...[403, 'AUTH_DENIED'],
      ])
    })

    it('define no role with an administrative right that one lacks', async () => {
      const { drawer, drafter } = people as { drawer: Person; drafter: Person }
      const id = await draftOf(drawer)
      expect(await put(drawer, id, role('new', { definitions: ['view'] }))).to.deep.equal([200])
      expect(await put(drawer, id, role('new', { definitions: ['entity'] }))).to.deep.equal([403, BEYOND])
      for (const right of RIGHTS)
        expect(await put(drawer, id, role('new', { administration: [right] }))).to.deep.equal([403, BEYOND])
      expect(await put(drafter, id, role('new', { administration: ['publish'] }))).to.deep.equal([
        403,
        BEYOND,
      ])
      // Neither is one that has such a right changed, renamed or removed.
      const { id: adminRole } = (await admin.get('/api/meta/definitions/role/administrator')).record
      expect(await put(drawer, id, role('administrator', {}))).to.deep.equal([403, BEYOND])
      expect(await put(drawer, id, role('meek', { id: adminRole }))).to.deep.equal([403, BEYOND])
      expect(await put(drawer, id, role('meek', { was: 'auditor' }))).to.deep.equal([403, BEYOND])
      const gone = await drawer.delete(`/api/meta/changesets/${id}/definitions/role/auditor`)
      expect(outcome(gone)).to.deep.equal([403, BEYOND])
      await admin.delete(`/api/meta/changesets/${id}`)
    })
  })

  it('open each its own routes and no other', async () => {
    const routes: readonly (readonly [string, string, string, object?])[] = [
      ['export', 'GET', '/api/meta/export'],
      ['audit', 'GET', '/api/audit/retention'],
      ['audit', 'PUT', '/api/audit/retention', { months: null }],
      ['tokens', 'GET', '/api/tokens'],
      ['backups', 'GET', '/api/backups'],
      ['backups', 'POST', '/api/backups'],
      ['definitions', 'POST', '/api/meta/changesets', { label: 'x' }],
      ['definitions', 'GET', '/api/meta/kinds'],
      ['publish', 'POST', '/api/meta/changesets/00000000-0000-7000-8000-000000000000/publish', { hash: 'x' }],
      ['users', 'POST', `/api/users/${by('plain').id}/invitation`],
    ]
    const holders = {
      ...{ registrar: 'users', drafter: 'definitions', publisher: 'publish', auditor: 'audit' },
      ...{ archivist: 'export', keyholder: 'tokens', keeper: 'backups' },
    }
    for (const [name, right] of Object.entries(holders)) {
      for (const [needed, method, path, body] of routes) {
        const { status } = await by(name).call(method, path, body === undefined ? {} : { body })
        const isOpen = status !== 403 && !(status === 404 && path.startsWith('/api/users/'))
        expect(isOpen, `${name} ${method} ${path}: ${status}`).to.equal(right === needed)
      }
    }
  })
})
