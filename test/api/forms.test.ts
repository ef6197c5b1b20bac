import { createPrecompiledValidator } from '@rjsf/validator-ajv8'
import { expect } from 'chai'
import { startEngine, type TestEngine } from '../support/engine.ts'
import type { Client } from '../support/http.ts'
import { httpTemplate, loginAs, outcome } from '../support/http-model.ts'

interface Form {
  readonly layout: string | null
  readonly schema: {
    readonly $id: string
    readonly required: string[]
    readonly properties: Record<string, object>
  }
  readonly uiSchema: Record<string, unknown>
  readonly rules: object
  readonly validator: string
  readonly record: Record<string, unknown> | null
  readonly version?: number
}

describe('forms and the model', () => {
  let engine: TestEngine
  let admin: Client
  let clerk: Client
  before(async () => {
    engine = await startEngine({ template: httpTemplate })
    admin = await engine.loginAdmin()
    clerk = await loginAs(admin, 'clerk', ['clerk'])
  })
  after(() => engine.stop())

  const english = { headers: { 'accept-language': 'en' } }
  const formOf = async (client: Client, query = '', options = english): Promise<Form> =>
    (await client.get(`/api/forms/company${query}`, options)).record as unknown as Form

  it('follow the layout of the actor, and leave out what the system fills', async () => {
    const form = await formOf(clerk)
    expect(form.layout).to.equal('clerk_page')
    expect(form.uiSchema['ui:order']).to.deep.equal(['name', 'level', 'parent', 'amount', '*'])
    expect(form.uiSchema['ui:sections']).to.deep.equal([
      { name: 'basics', label: 'Basics', columns: 2, fields: ['name', 'level', 'parent'] },
      { name: 'money', label: 'Money', columns: 1, fields: ['amount'] },
    ])
    expect(form.schema.required).to.deep.equal(['name'])
    expect(form.schema.properties.level).to.deep.equal({ type: 'string', enum: ['a', 'b'], title: 'Level' })
    expect(form.uiSchema.level).to.deep.equal({
      'ui:widget': 'select',
      'ui:options': {
        options: [
          { name: 'a', label: 'Best', color: 'blue' },
          { name: 'b', label: 'Good' },
        ],
      },
    })
    expect(form.rules).to.deep.include({ fields: [], sections: [], validations: [], left: [] })
    expect(form.record).to.equal(null)
  })

  it('are generated with every writable field where there is no layout', async () => {
    const form = await formOf(admin)
    expect(form.layout).to.equal(null)
    expect(Object.keys(form.schema.properties)).to.include.members(['name', 'tags', 'owner', 'logo'])
    expect(Object.keys(form.schema.properties)).not.to.include.members([
      'number',
      'id',
      'version',
      'created_at',
    ])
    expect(form.schema.properties.stage).to.deep.include({ default: 'fresh' })
    expect(form.schema.properties.active).to.deep.include({ default: true })
  })

  it('speak the asked language, and share one validator', async () => {
    const [one, other] = [
      await formOf(clerk),
      await formOf(clerk, '', { headers: { 'accept-language': 'zh' } }),
    ]
    expect(other.schema.properties.name).to.deep.include({ title: '名称' })
    expect(other.validator).to.equal(one.validator)
  })

  it('begin with the record, without its empty fields', async () => {
    const made = await clerk.post('/api/records/company', { name: 'Known', amount: 12.5 })
    const form = await formOf(clerk, `?record=${made.record.id}`)
    expect(form.record).to.include({ id: made.record.id, name: 'Known', amount: 12.5 })
    expect(Object.values(form.record!)).not.to.include(null)
    expect(form.version).to.equal(1)
    const other = await loginAs(admin, 'other', ['clerk'])
    expect(outcome(await other.get(`/api/forms/company?record=${made.record.id}`))).to.equal(
      '404 RECORD_NOT_FOUND',
    )
  })

  it('are checked in the browser by a module without eval, with the same errors as rjsf gives', async () => {
    const form = await formOf(admin)
    const { text, status, headers } = await admin.get(form.validator)
    expect(status).to.equal(200)
    expect(headers.get('content-type')).to.equal('text/javascript; charset=utf-8')
    expect(headers.get('cache-control')).to.equal('private, max-age=31536000, immutable')
    expect(text).not.to.match(/\brequire\(|\beval\(|new Function/)
    const functions = (await import(`data:text/javascript,${encodeURIComponent(text)}`)) as Parameters<
      typeof createPrecompiledValidator
    >[0]
    const validator = createPrecompiledValidator(functions, form.schema)
    const errorsOf = (data: unknown) =>
      validator.validateFormData(data, form.schema).errors.map((error) => `${error.property} ${error.name}`)
    expect(errorsOf({ name: 'x', tags: ['a', 'b'], amount: 1 })).to.deep.equal([])
    expect(
      errorsOf({ level: 'z', tags: ['a', 'a'], amount: -1, code: '😀'.repeat(61) }).sort(),
    ).to.deep.equal([
      '.amount minimum',
      '.code maxLength',
      '.level enum',
      '.tags uniqueItems',
      'name required',
    ])
  })

  it('are told anew when the address of the validator is an old one', async () => {
    const { headers } = await admin.get('/api/forms/company/validator.js?v=form_old')
    expect(headers.get('cache-control')).to.equal('private, no-cache')
  })

  it('have the texts of translations for who reads their language; the engine’s own words in one that it speaks', async () => {
    const asks = (language: string) => ({ headers: { 'accept-language': language } })
    const german = asks('de-AT, en;q=0.9')
    const model = (await clerk.get('/api/meta/model', german)).record as unknown as {
      entities: { name: string; plural: string; fields: { name: string; label: string }[] }[]
    }
    const company = model.entities.find(({ name }) => name === 'company')!
    const labels = Object.fromEntries(company.fields.map(({ name, label }) => [name, label]))
    expect([company.plural, labels.name, labels.created_at]).to.deep.equal([
      'Firmen',
      'Firmenname',
      'Created',
    ])
    const { schema } = await formOf(clerk, '', german)
    expect(JSON.stringify(schema)).to.contain('Firmenname')
    const refused = await clerk.post('/api/records/company', {}, german)
    expect(refused.problems[0]?.message).to.equal('This field is required.')
    // Others are told what they were told before, from the same version.
    for (const [language, plural] of [
      ['en', 'Companies'],
      ['zh-CN', '公司'],
      ['fr, zh-CN;q=0.5', '公司'],
    ] as const) {
      const other = (await clerk.get('/api/meta/model', asks(language))).record as unknown as typeof model
      expect(other.entities.find(({ name }) => name === 'company')?.plural, language).to.equal(plural)
    }
    const preview = await admin.get('/api/meta/forms/company?language=de', english)
    expect([preview.status, preview.problems[0]?.code]).to.deep.equal([400, 'HTTP_PARAMETER_INVALID'])
  })

  it('have a model cut to the actor, in one language, that need not be sent twice', async () => {
    const answer = await clerk.get('/api/meta/model', english)
    const { apps, entities } = answer.record as unknown as {
      apps: { name: string; nav: { entity: string; view?: string; label: string }[] }[]
      entities: { name: string; [key: string]: unknown }[]
    }
    expect(apps).to.deep.equal([
      {
        name: 'desk',
        label: 'Desk',
        nav: [
          { entity: 'company', view: 'large', label: 'Companies' },
          { entity: 'order', label: 'Order' },
        ],
      },
    ])
    expect(entities.map((entity) => entity.name).sort()).to.deep.equal([
      'comment',
      'company',
      'file',
      'notification',
      'order',
      'user',
    ])
    const company = entities.find((entity) => entity.name === 'company')!
    expect(company.rights).to.deep.equal({
      create: true,
      read: true,
      update: true,
      delete: true,
      restore: true,
      merge: true,
      bulk: true,
      import: true,
      export: false,
      share: 'own',
    })
    expect(company.views).to.deep.equal([
      {
        name: 'large',
        label: 'Large',
        type: 'table',
        columns: [{ field: 'name' }, { field: 'amount', total: 'sum' }],
        sort: ['-amount'],
        filter: { '>': [{ var: 'amount' }, 1000] },
      },
    ])
    expect(company.page).to.deep.equal({
      highlights: ['amount'],
      tabs: [
        { name: 'details', label: 'Details' },
        { name: 'subsidiaries', label: 'Companies', related: 'subsidiaries' },
        { name: 'history', label: 'History' },
      ],
    })
    expect((company.pipelines as { stage: unknown[] }).stage[0]).to.deep.equal({
      name: 'fresh',
      label: 'Fresh',
      type: 'open',
      next: ['known'],
    })
    const user = entities.find((entity) => entity.name === 'user')!
    expect((user.fields as { name: string }[]).map((field) => field.name)).not.to.include('password')
    const headers = { ...english.headers, 'if-none-match': answer.headers.get('etag')! }
    expect((await clerk.get('/api/meta/model', { headers })).status).to.equal(304)
  })

  it('have a model with generated apps and views where nobody has drawn any', async () => {
    const { apps, entities } = (await admin.get('/api/meta/model', english)).record as unknown as {
      apps: { name: string; label: string; nav: { entity: string }[] }[]
      entities: { name: string; views: { name: string; columns: { field: string }[]; sort: string[] }[] }[]
    }
    expect(apps.map((app) => [app.name, app.nav.map((item) => item.entity)])).to.deep.equal([
      ['records', ['company', 'order']],
      ['administration', ['team', 'user']],
    ])
    const [view] = entities.find((entity) => entity.name === 'order')!.views
    expect(view).to.deep.include({ name: 'all', sort: ['-created_at'] })
    expect(view!.columns.map((column) => column.field)).to.deep.equal(['select', 'group', 'case', 'owner'])
  })
})
