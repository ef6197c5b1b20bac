import { expect } from 'chai'
import { auditPath } from '../support/audit.ts'
import { dataOf, inForce, publishAll, type Written } from '../support/drafts.ts'
import type { TestEngine } from '../support/engine.ts'
import type { ApiRecord, Client } from '../support/http.ts'
import { startSales } from '../support/sales.ts'

const PASSWORD = 'correct horse battery'

describe('the roles of the sales template', () => {
  let engine: TestEngine
  let admin: Client
  const people: Record<string, Client> = {}
  const ids: Record<string, string> = {}
  let east: ApiRecord
  let mine: ApiRecord
  let colleagues: ApiRecord
  let strangers: ApiRecord

  before(async () => {
    engine = await startSales()
    admin = await engine.loginAdmin()
    const team = async (name: string, parent: string | null) =>
      dataOf<ApiRecord>(await admin.post('/api/records/team', { name, parent }), 201)
    const head = await team('Sales', null)
    east = await team('East', head.id)
    const west = await team('West', null)
    await person('lily', ['sales'], east.id)
    await person('tom', ['sales'], east.id)
    await person('stranger', ['sales'], west.id)
    await person('boss', ['supervisor'], head.id)
    await person('helper', ['service'], null)
    await person('ceo', ['executive'], null)
    await person('director', ['director'], null)
    await person('maker', ['product'], null)
    await person('nobody', [], null)
    const account = async (owner: string, name: string) =>
      dataOf<ApiRecord>(
        await admin.post('/api/records/account', {
          name,
          phone: '+86 138 1234 5678',
          email: `${owner}@example.com`,
          owner: ids[owner],
        }),
        201,
      )
    mine = await account('lily', 'Lily’s')
    colleagues = await account('tom', 'Tom’s')
    strangers = await account('stranger', 'Strange')
    dataOf(
      await admin.post('/api/records/contact', {
        name: '王芳',
        mobile: '+86 139 8765 4321',
        account: mine.id,
        owner: ids.lily,
      }),
      201,
    )
  })
  after(() => engine.stop())

  async function person(name: string, roles: readonly string[], team: string | null): Promise<void> {
    const email = `${name}@staff.example`
    const made = await admin.post('/api/records/user', { name, email, roles, team, password: PASSWORD })
    ids[name] = dataOf<ApiRecord>(made, 201).id
    people[name] = await engine.client.login(email, PASSWORD)
  }

  const names = async (who: string) =>
    (await people[who]!.get('/api/records/account?sort=name')).records.map((one) => one.name)

  it('R92: a salesperson sees own customers only, and another’s by its id is not there', async () => {
    expect(await names('lily')).to.deep.equal(['Lily’s'])
    const address = `/api/records/account/${colleagues.id}`
    expect((await people.lily!.get(address)).status).to.equal(404)
    expect((await people.lily!.patch(address, { name: 'x' })).status).to.equal(404)
    expect((await people.lily!.get(`${address}/history`)).status).to.equal(404)
  })

  it('R92: a salesperson sees another’s customer once it is shared, with its contacts, and no more', async () => {
    const contact = dataOf<ApiRecord>(
      await admin.post('/api/records/contact', {
        name: 'Ann',
        mobile: '+86 139 8765 4322',
        account: colleagues.id,
        owner: ids.tom,
      }),
      201,
    )
    const addresses = [`/api/records/account/${colleagues.id}`, `/api/records/contact/${contact.id}`]
    const statuses = async () => {
      const answers = await Promise.all(addresses.map((address) => people.lily!.get(address)))
      return answers.map(({ status }) => status)
    }
    expect(await statuses()).to.deep.equal([404, 404])
    const body = { with: { user: ids.lily }, access: 'read' }
    const shares = `${addresses[0]}/shares`
    expect((await people.stranger!.post(shares, body)).status).to.equal(404)
    const share = dataOf<ApiRecord>(await people.tom!.post(shares, body), 201)
    expect(await statuses()).to.deep.equal([200, 200])
    expect((await people.lily!.patch(addresses[0]!, { name: 'x' })).status).to.equal(403)
    expect((await people.tom!.delete(`${shares}/${share.id}`)).status).to.equal(204)
    expect(await statuses()).to.deep.equal([404, 404])
  })

  it('R93: a supervisor sees and changes the data of the teams below, and no other’s', async () => {
    expect(await names('boss')).to.deep.equal(['Lily’s', 'Tom’s'])
    const change = await people.boss!.patch(`/api/records/account/${mine.id}`, { level: 'a' })
    expect(change.status).to.equal(200)
    expect((await people.boss!.get(`/api/records/account/${strangers.id}`)).status).to.equal(404)
  })

  it('R94: service staff see customers and cannot save the fields marked key', async () => {
    expect(await names('helper')).to.deep.equal(['Lily’s', 'Strange', 'Tom’s'])
    const address = `/api/records/account/${mine.id}`
    for (const [field, value] of Object.entries({
      name: 'x',
      phone: '+86 10 1111 2222',
      tax_number: '1',
      level: 'b',
      owner: ids.helper,
    })) {
      const refused = await people.helper!.patch(address, { [field]: value, description: 'y' })
      expect([refused.status, refused.problems.map(({ code, path }) => [code, path])], field).to.deep.equal([
        403,
        [['FIELD_DENIED', `/${field}`]],
      ])
    }
    expect((await people.helper!.patch(address, { description: 'Called back' })).status).to.equal(200)
  })

  it('R95: executives see every customer with the contact details masked, in every place', async () => {
    const ceo = people.ceo!
    const one = (await ceo.get(`/api/records/account/${mine.id}`)).record
    expect([one.phone, one.email]).to.deep.equal(['+** *** **** 5678', 'l***@example.com'])
    const listed = (await ceo.get('/api/records/contact?expand=account&fields=mobile,account.phone')).records
    const mobiles = listed.map(({ mobile }) => mobile)
    expect(mobiles).to.include.members(['+** *** **** 4321', '+** *** **** 4322'])
    expect(JSON.stringify(listed)).not.to.include('1234')
    for (const q of ['13812345678', '12345678', 'lily@example']) {
      expect((await ceo.get(`/api/records/account?q=${encodeURIComponent(q)}`)).records, q).to.deep.equal([])
    }
    expect((await ceo.get('/api/records/account?q=lily')).records.length).to.equal(1)
    const filter = encodeURIComponent(JSON.stringify({ '==': [{ var: 'phone' }, '+86 138 1234 5678'] }))
    expect((await ceo.get(`/api/records/account?filter=${filter}`)).records).to.deep.equal([])
    const grouped = await ceo.post('/api/records/account/aggregate', { group: ['email'] })
    expect(grouped.body).to.deep.equal({ data: [{ email: null, count: 3 }] })
    const about = { entity: 'account', id: mine.id }
    await admin.post('/api/records/comment', { text: 'Ring +86 138 1234 5678, since 2026-11-22', about })
    await admin.patch(`/api/records/account/${mine.id}`, { description: 'Or 13912345678. Order 20261122001' })
    const told = (await ceo.get(`/api/records/account/${mine.id}/comments`)).records
    expect(told.map(({ text }) => text)).to.deep.equal(['Ring ***, since 2026-11-22'])
    expect((await ceo.get(`/api/records/account/${mine.id}`)).record.description).to.equal(
      'Or ***. Order 20261122001',
    )
    const history = await ceo.get(`/api/records/account/${mine.id}/history`)
    expect(history.text).not.to.include('1234 5678')
  })

  it('R96: directors see every customer in full', async () => {
    const one = (await people.director!.get(`/api/records/account/${mine.id}`)).record
    expect([one.phone, one.email]).to.deep.equal(['+86 138 1234 5678', 'lily@example.com'])
    expect((await people.director!.patch(`/api/records/account/${mine.id}`, { name: 'x' })).status).to.equal(
      403,
    )
  })

  it('R96: one word in the role switches between masked and in full, for everybody at once', async () => {
    const role = await inForce<Written & { personal: object }>(admin, 'role/executive')
    await publishAll(admin, [{ ...role, personal: { contact: 'read' } }])
    const address = `/api/records/account/${mine.id}?fields=phone`
    expect((await people.ceo!.get(address)).record.phone).to.equal('+86 138 1234 5678')
    await publishAll(admin, [{ ...role, personal: {} }])
    expect((await people.ceo!.get(address)).status).to.equal(400)
    await publishAll(admin, [role])
    expect((await people.ceo!.get(address)).record.phone).to.equal('+** *** **** 5678')
  })

  it('R97: the product team has its own tasks and no customer data', async () => {
    const maker = people.maker!
    for (const entity of ['account', 'contact', 'lead', 'opportunity', 'contract', 'call']) {
      expect((await maker.get(`/api/records/${entity}`)).status, entity).to.equal(404)
    }
    const task = await maker.post('/api/records/task', {
      subject: 'Ask for the drawing',
      about: { entity: 'account', id: mine.id },
    })
    expect(task.status).to.equal(422)
    const given = dataOf<ApiRecord>(
      await admin.post('/api/records/task', {
        subject: 'Quote the drawing',
        about: { entity: 'account', id: mine.id },
        owner: ids.maker,
      }),
      201,
    )
    const seen = (await maker.get(`/api/records/task/${given.id}`)).record
    expect(seen.subject).to.equal('Quote the drawing')
    expect(JSON.stringify(seen)).not.to.include(mine.id)
  })

  it('explains which role shows and hides what, to oneself and to whoever manages the users', async () => {
    const address = `/api/explain/account/${mine.id}`
    type Told = {
      rights: Record<string, { allowed: boolean; because: object[] }>
      fields: { name: string; shown: string; editable: boolean; because: object[] }[]
    }
    const told = dataOf<Told>(await admin.get(`${address}?user=${ids.ceo}`), 200)
    expect(told.rights.read).to.deep.equal({ allowed: true, because: [{ role: 'executive', scope: 'all' }] })
    const given = Object.entries(told.rights).filter(([, { allowed }]) => allowed)
    expect(given.map(([right]) => right)).to.deep.equal(['read'])
    expect(told.fields.find(({ name }) => name === 'phone')).to.deep.equal({
      name: 'phone',
      label: '电话',
      shown: 'masked',
      editable: false,
      because: [{ role: 'executive', shows: 'masked', edits: false, by: 'personal', personal: 'contact' }],
    })
    const own = dataOf<Told>(await people.helper!.get(address), 200)
    expect(own.fields.find(({ name }) => name === 'level')).to.deep.include({
      shown: 'whole',
      editable: false,
      because: [{ role: 'service', shows: 'whole', edits: false, by: 'field' }],
    })
    expect((await people.tom!.get(address)).status).to.equal(404)
    expect((await people.lily!.get(`${address}?user=${ids.ceo}`)).status).to.equal(403)
    const stranger = dataOf<Told>(await admin.get(`${address}?user=${ids.stranger}`), 200)
    expect(stranger.rights.read).to.deep.equal({ allowed: false, because: [] })
    expect((await admin.get(`${address}?user=${mine.id}`)).status).to.equal(404)
  })

  it('R98: lists leave the house with whom the role lets them, and it is written down', async () => {
    const names = async (person: string) => {
      const answer = await people[person]!.get('/api/records/account/export?fields=name&sort=name')
      return answer.status === 200 ? answer.text.trimEnd().split('\r\n').slice(1) : answer.status
    }
    expect(await names('lily')).to.equal(403)
    expect(await names('ceo')).to.equal(403)
    expect(await names('maker')).to.equal(404)
    expect(await names('boss')).to.deep.equal(['Lily’s', 'Tom’s'])
    expect(await names('director')).to.include.members(['Lily’s', 'Tom’s', 'Strange'])
    const log = (await admin.get(auditPath('action=exported,denied&limit=5'))).records
    const told = log.map(({ action, actor, details }) => [
      ...[action, (actor as { id: string }).id, (details as { rows?: number }).rows],
    ])
    expect(told.slice(1)).to.deep.equal([
      ['exported', ids.boss, 2],
      ['denied', ids.ceo, undefined],
      ['denied', ids.lily, undefined],
      ...told.slice(4),
    ])
    expect(told[0]!.slice(0, 2)).to.deep.equal(['exported', ids.director])
  })

  it('R99: who has no role finds nothing, not even that there are customers', async () => {
    expect((await people.nobody!.get('/api/records/account')).status).to.equal(404)
    expect((await people.nobody!.get('/api/openapi.json')).text).not.to.include('/api/records/account')
  })

  it('R99: several roles give exactly what each gives alone, cell by cell', async () => {
    await person('both', ['sales', 'executive'], east.id)
    const own = dataOf<ApiRecord>(
      await admin.post('/api/records/account', {
        name: 'Both’s',
        phone: '+86 137 0000 9999',
        owner: ids.both,
      }),
      201,
    )
    const phones = (await people.both!.get('/api/records/account?sort=name&fields=name,phone')).records
    expect(phones.map(({ name, phone }) => [name, phone])).to.deep.equal([
      ['Both’s', '+86 137 0000 9999'],
      ['Lily’s', '+** *** **** 5678'],
      ['Strange', '+** *** **** 5678'],
      ['Tom’s', '+** *** **** 5678'],
    ])
    const denied = await people.both!.patch(`/api/records/account/${mine.id}`, { phone: '+86 1' })
    expect(denied.status).to.equal(403)
    expect((await people.both!.patch(`/api/records/account/${own.id}`, { level: 'c' })).status).to.equal(200)
  })
})
