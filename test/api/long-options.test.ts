import { join } from 'node:path'
import { expect } from 'chai'
import { readTemplate } from '../../engine/templates/read-template.ts'
import { dataOf, publishAll, type Written } from '../support/drafts.ts'
import { startEngine, type TestEngine } from '../support/engine.ts'
import type { Client } from '../support/http.ts'
import { loginAs } from '../support/http-model.ts'
import { outcome } from './records/world.ts'

const REGIONS = readTemplate(join(import.meta.dirname, '../../seeds/cn_regions')).definitions.map(
  ({ definition }) => definition as Written,
)
const SITE = {
  kind: 'entity',
  name: 'site',
  title: 'name',
  fields: [
    { name: 'name', type: 'text' },
    { name: 'province', type: 'select', optionSet: 'cn_regions' },
    { name: 'city', type: 'select', optionSet: 'cn_regions', dependsOn: 'province' },
    { name: 'district', type: 'select', optionSet: 'cn_regions', dependsOn: 'city' },
  ],
}
const READER = { kind: 'role', name: 'nobody', entities: { user: { read: 'own' } } }

describe('the regions of China in a form', () => {
  let engine: TestEngine
  let admin: Client
  before(async () => {
    engine = await startEngine()
    admin = await engine.loginAdmin()
    await publishAll(admin, [...REGIONS, SITE, READER])
  })
  after(() => engine.stop())

  const options = async (query: string) =>
    dataOf<{ name: string; label: string }[]>(await admin.get(`/api/forms/site/options?${query}`), 200)

  it('are not sent with forms and model, but asked for level by level', async () => {
    expect((await admin.get('/api/forms/site')).text.length).to.be.lessThan(20_000)
    expect((await admin.get('/api/meta/model')).text.length).to.be.lessThan(150_000)
    expect((await options('field=city&under=cn_440000')).map(({ label }) => label)).to.include('广州市')
    expect(await options('field=district&under=cn_440100&q=天河')).to.deep.equal([
      { name: 'cn_440106', label: '天河区', under: 'cn_440100' },
    ])
    expect((await options('field=district&names=cn_440106,cn_110101')).map(({ name }) => name)).to.deep.equal(
      ['cn_440106'],
    )
  })

  it('are judged on every write', async () => {
    const write = async (body: object) => outcome(await admin.post('/api/records/site', body))
    expect(await write({ province: 'cn_440000', city: 'cn_440100', district: 'cn_440106' })).to.deep.equal([
      201,
    ])
    expect(await write({ province: 'cn_110000', city: 'cn_440100' })).to.deep.equal([
      422,
      'FIELD_OPTION_UNFIT /city',
    ])
    expect(await write({ province: 'cn_440100' })).to.deep.equal([422, 'FIELD_OPTION_UNKNOWN /province'])
  })

  it('are told to nobody who may not know of the field', async () => {
    const nobody = await loginAs(admin, 'nobody', ['nobody'])
    expect((await nobody.get('/api/forms/site/options?field=city')).status).to.equal(404)
    const unknown = await admin.get('/api/forms/site/options?field=ctiy')
    expect([unknown.status, unknown.problems[0]?.code]).to.deep.equal([422, 'FIELD_UNKNOWN'])
  })
})
