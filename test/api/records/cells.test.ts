import { expect } from 'chai'
import { dataOf, inForce, publishAll, type Written } from '../../support/drafts.ts'
import { startEngine, type TestEngine } from '../../support/engine.ts'
import type { ApiRecord, Client } from '../../support/http.ts'

const PASSWORD = 'correct horse battery'
const SECRET = 'E12345678'

const isOwn = { '==': [{ var: 'owner' }, { var: 'actor.id' }] }

describe('cells that a role does not show', () => {
  let engine: TestEngine
  let admin: Client
  let nurse: Client
  let nurseId: string
  let own: ApiRecord
  let other: ApiRecord
  let scan: string

  before(async () => {
    engine = await startEngine()
    admin = await engine.loginAdmin()
    await publishAll(admin, [
      {
        kind: 'entity',
        name: 'patient',
        title: 'name',
        owned: true,
        features: ['comments', 'files'],
        fields: [
          { name: 'name', type: 'text', required: true, searchable: true },
          { name: 'passport', type: 'text', unique: true, searchable: true },
          { name: 'ward', type: 'text' },
          { name: 'relative', type: 'lookup', to: 'patient', inverse: 'relatives' },
          { name: 'scan', type: 'file' },
        ],
      },
      {
        kind: 'role',
        name: 'nurse',
        entities: {
          patient: {
            create: true,
            read: 'all',
            update: 'all',
            delete: 'own',
            fields: {
              passport: { read: isOwn },
              relative: { read: false },
              scan: { read: false },
              name: { read: isOwn },
              ward: { edit: isOwn },
            },
          },
        },
      },
    ])
    const user = { name: 'Nurse', email: 'nurse@example.com', roles: ['nurse'], password: PASSWORD }
    nurseId = dataOf<ApiRecord>(await admin.post('/api/records/user', user), 201).id
    nurse = await engine.client.login(user.email, PASSWORD)
    const form = new FormData()
    form.set('file', new Blob(['scanned']), 'scan.txt')
    scan = dataOf<ApiRecord>(await admin.post('/api/files', form), 201).id
    const patient = async (body: object) =>
      dataOf<ApiRecord>(await admin.post('/api/records/patient', body), 201)
    own = await patient({ name: 'Mine', passport: 'E00000001', owner: nurseId })
    other = await patient({ name: 'Theirs', passport: SECRET, relative: own.id, scan })
  })
  after(() => engine.stop())

  it('are null in a record, in a list, behind a lookup and as a label', async () => {
    const one = (await nurse.get(`/api/records/patient/${other.id}`)).record
    expect([one.name, one.passport, Object.hasOwn(one, 'relative')]).to.deep.equal([null, null, false])
    const list = (await nurse.get('/api/records/patient?sort=-name')).records
    expect(list.map(({ name }) => name)).to.deep.equal(['Mine', null])
    await admin.patch(`/api/records/patient/${own.id}`, { ward: 'A' })
    const comment = await admin.post('/api/records/comment', {
      text: 'Seen',
      about: { entity: 'patient', id: other.id },
    })
    expect(comment.status).to.equal(201)
    const shown = await nurse.get(`/api/records/patient/${other.id}/comments?expand=about`)
    expect(shown.status).to.equal(200)
    expect(shown.text).not.to.include('Theirs')
  })

  it('are no way to other records', async () => {
    expect((await nurse.get(`/api/records/patient/${own.id}/related/relatives`)).status).to.equal(404)
    expect((await nurse.get('/api/records/patient?expand=relative')).status).to.equal(400)
    expect((await nurse.get('/api/records/patient?sort=relative.name')).status).to.equal(400)
    expect((await nurse.get(`/api/files/${scan}`)).status).to.equal(404)
  })

  it('are found by nobody who asks for their value', async () => {
    for (const q of [SECRET, '12345678', 'Theirs']) {
      expect((await nurse.get(`/api/records/patient?q=${q}`)).records, q).to.deep.equal([])
    }
    const put = await nurse.put(`/api/records/patient/by/passport/${SECRET}`, { ward: 'B' })
    // As if it were not there: another one would be made, and that lacks its name.
    expect([put.status, put.problems.map(({ path }) => path)]).to.deep.equal([422, ['/name']])
    const bulk = await nurse.post('/api/records/patient/bulk', {
      filter: { '==': [{ var: 'passport' }, SECRET] },
      set: { ward: 'B' },
    })
    expect(bulk.body).to.deep.equal({ data: [] })
  })

  it('stand in no history and in no answer to a write', async () => {
    await admin.patch(`/api/records/patient/${other.id}`, { passport: 'E99999999', name: 'Still theirs' })
    const history = await nurse.get(`/api/records/patient/${other.id}/history`)
    for (const text of [SECRET, 'E99999999', 'heirs', scan]) expect(history.text).not.to.include(text)
    const denied = await nurse.patch(`/api/records/patient/${other.id}`, { ward: 'C' })
    expect(denied.problems.map(({ code, path }) => [code, path])).to.deep.equal([['FIELD_DENIED', '/ward']])
    const answered = await nurse.patch(`/api/records/patient/${own.id}`, { ward: 'C' })
    expect(answered.record).to.deep.include({ ward: 'C', passport: 'E00000001' })
    const made = await nurse.post('/api/records/patient', { name: 'New', relative: own.id })
    expect(made.problems.map(({ code, path }) => [code, path])).to.deep.equal([
      ['FIELD_UNKNOWN', '/relative'],
    ])
  })

  it('leave rights of their own to restore, transfer, bulk and import', async () => {
    const role = await inForce<Written & { entities: { patient: object } }>(admin, 'role/nurse')
    const patient = { ...role.entities.patient, delete: 'all', restore: 'own', transfer: 'none', bulk: false }
    await publishAll(admin, [{ ...role, entities: { patient } }])
    const made = async (owner: string | null) =>
      dataOf<ApiRecord>(await admin.post('/api/records/patient', { name: 'Bin', owner }), 201).id
    const [mine, theirs] = [await made(nurseId), await made(null)]
    const back = async (id: string) => {
      expect((await nurse.delete(`/api/records/patient/${id}`)).status).to.equal(200)
      return (await nurse.post(`/api/records/patient/${id}/restore`)).status
    }
    expect([await back(mine), await back(theirs)]).to.deep.equal([200, 403])
    const transfer = await nurse.patch(`/api/records/patient/${mine}`, { owner: null })
    expect(transfer.problems.map(({ code, path }) => [code, path])).to.deep.equal([
      ['FIELD_DENIED', '/owner'],
    ])
    const bulk = await nurse.post('/api/records/patient/bulk', { delete: [mine] })
    expect(bulk.problems.map(({ code }) => code)).to.deep.equal(['AUTH_DENIED'])
    expect((await nurse.get('/api/openapi.json')).text).not.to.include('/api/records/patient/bulk')
    await publishAll(admin, [role])
  })

  it('are in no form and no description', async () => {
    const form = await nurse.get(`/api/forms/patient?record=${other.id}`)
    expect(
      Object.keys((form.body as { data: { schema: { properties: object } } }).data.schema.properties),
    ).to.deep.equal([])
    const fresh = await nurse.get('/api/forms/patient')
    const asked = (fresh.body as { data: { schema: { properties: object } } }).data.schema.properties
    expect(Object.keys(asked)).to.deep.equal(['name', 'passport', 'ward'])
    const { text } = await nurse.get('/api/openapi.json')
    expect([text.includes('"passport"'), text.includes('"relative"'), text.includes('"scan"')]).to.deep.equal(
      [true, false, false],
    )
  })
})
