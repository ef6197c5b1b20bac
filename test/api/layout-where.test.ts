import { expect } from 'chai'
import { openDraft, publishAll } from '../support/drafts.ts'
import { startEngine, type TestEngine } from '../support/engine.ts'
import type { Client } from '../support/http.ts'
import { httpTemplate, loginAs } from '../support/http-model.ts'

const layout = (name: string, fields: readonly string[], rest: object = {}) => ({
  kind: 'layout',
  name,
  entity: 'company',
  form: [{ name: 'only', fields: ['name', ...fields] }],
  page: { highlights: fields },
  ...rest,
})
const where = (is: readonly string[], field = 'level') => [{ field, is }]

describe('a layout for some records', () => {
  let engine: TestEngine
  let admin: Client
  let clerk: Client
  const ids: Record<string, string> = {}
  before(async () => {
    engine = await startEngine({ template: httpTemplate })
    admin = await engine.loginAdmin()
    clerk = await loginAs(admin, 'clerk', ['clerk'])
    await publishAll(admin, [
      layout('whole', ['amount']),
      layout('best', ['score'], { where: where(['a']) }),
      layout('best_of_clerks', ['founded'], { where: where(['a']), for: [{ role: 'clerk' }] }),
    ])
    for (const level of ['a', 'b'])
      ids[level] = (await admin.post('/api/records/company', { name: `Of ${level}`, level })).record.id
    ids.of_clerk = (await clerk.post('/api/records/company', { name: 'Of clerk', level: 'a' })).record.id
  })
  after(() => engine.stop())

  const layoutOf = async (query: string, who = admin) =>
    (await who.get(`/api/forms/company${query}`)).record.layout as string

  it('is the one of the form of what holds its option; the one that says most is used', async () => {
    expect(await layoutOf('')).to.equal('whole')
    expect(await layoutOf(`?record=${ids.a}`)).to.equal('best')
    expect(await layoutOf(`?record=${ids.b}`)).to.equal('whole')
    expect(await layoutOf(`?record=${ids.of_clerk}`, clerk)).to.equal('best_of_clerks')
    expect(await layoutOf('?layout=best')).to.equal('best')
  })

  it('asks of a new record what decides about it, or nobody could decide again', async () => {
    const fieldsOf = async (query: string) => {
      const { schema } = (await admin.get(`/api/forms/company${query}`)).record as unknown as {
        schema: { properties: object }
      }
      return Object.keys(schema.properties)
    }
    expect(await fieldsOf('?layout=best')).to.deep.equal(['name', 'score', 'level'])
    expect(await fieldsOf('')).to.deep.equal(['name', 'amount', 'level'])
    expect(await fieldsOf(`?record=${ids.a}`)).to.deep.equal(['name', 'score'])
  })

  it('follows what is stored, validator and all', async () => {
    await admin.patch(`/api/records/company/${ids.b}`, { level: 'a' })
    const form = (await admin.get(`/api/forms/company?record=${ids.b}`)).record as unknown as {
      layout: string
      validator: string
      schema: { $id: string; properties: object }
    }
    expect([form.layout, Object.keys(form.schema.properties)]).to.deep.equal(['best', ['name', 'score']])
    expect((await admin.get(form.validator)).text).to.include(form.schema.$id)
  })

  it('is told with the entity, so that pages choose it by the record', async () => {
    const model = (await admin.get('/api/meta/model')).record as unknown as {
      entities: readonly {
        name: string
        page: object
        layouts?: readonly { name: string; where: unknown; page: object }[]
      }[]
    }
    const company = model.entities.find(({ name }) => name === 'company')!
    expect(company.page).to.deep.include({ highlights: ['amount'] })
    expect(
      company.layouts?.map((one) => [one.name, one.where, (one.page as { highlights: unknown }).highlights]),
    ).to.deep.equal([['best', where(['a']), ['score']]])
    expect(model.entities.find(({ name }) => name === 'order')).not.to.have.property('layouts')
  })

  it('is previewed of a draft with a record', async () => {
    const draft = await openDraft(admin, [layout('best', ['score'], { where: where(['b']) })])
    ids.c = (await admin.post('/api/records/company', { name: 'Another', level: 'b' })).record.id
    const told = await admin.get(`/api/meta/forms/company?changeset=${draft}&record=${ids.c}`)
    expect((told.record.form as { layout: string }).layout).to.equal('best')
    expect(await layoutOf(`?record=${ids.c}`)).to.equal('whole')
  })

  const refused = [
    [where(['z']), '/layout/x/where/0/is/0', 'META_REFERENCE_UNKNOWN'],
    [where(['a'], 'levle'), '/layout/x/where/0/field', 'META_REFERENCE_UNKNOWN'],
    [where(['a'], 'name'), '/layout/x/where/0/field', 'META_VALUE_INVALID'],
    [[...where(['a']), ...where(['b'])], '/layout/x/where/1/field', 'META_NAME_DUPLICATE'],
  ] as const
  for (const [said, path, code] of refused) {
    it(`is refused with ${JSON.stringify(said)}`, async () => {
      const draft = await openDraft(admin, [layout('x', [], { where: said })])
      const { problems } = (await admin.post(`/api/meta/changesets/${draft}/check`)).record as unknown as {
        problems: readonly { path: string; code: string }[]
      }
      expect(problems.map((one) => [one.path, one.code])).to.deep.equal([[path, code]])
    })
  }

  it('goes along where its option is renamed', async () => {
    const uses = (await admin.get('/api/meta/definitions/entity/company/uses?item=level'))
      .records as unknown as readonly { definition: { name: string }; path: string }[]
    expect(uses.filter(({ definition }) => definition.name === 'best').map(({ path }) => path)).to.deep.equal(
      ['/where/0/field', '/where/0/is/0'],
    )
  })

  it('is for a stage as well, and changes as the record moves', async () => {
    await publishAll(admin, [layout('acquainted', ['founded'], { where: where(['known'], 'stage') })])
    const { id } = (await admin.post('/api/records/company', { name: 'Moves', level: 'b' })).record
    expect(await layoutOf(`?record=${id}`)).to.equal('whole')
    const moved = await admin.patch(`/api/records/company/${id}`, { stage: 'known' })
    expect(moved.status, moved.text).to.equal(200)
    expect(await layoutOf(`?record=${id}`)).to.equal('acquainted')
  })
})
