import { expect } from 'chai'
import { inForce, openDraft, type Written } from '../support/drafts.ts'
import { startEngine, type TestEngine } from '../support/engine.ts'
import type { Client } from '../support/http.ts'
import { httpTemplate, loginAs } from '../support/http-model.ts'

interface Told {
  readonly form: {
    readonly layout: string | null
    readonly schema: { readonly properties: Readonly<Record<string, { readonly title: string }>> }
    readonly uiSchema: { readonly 'ui:sections': readonly { readonly fields: readonly string[] }[] }
    readonly rules: {
      readonly values: Readonly<Record<string, unknown>>
      readonly sections: readonly { readonly section: string; readonly because: string }[]
    }
  } | null
  readonly entity: {
    readonly page: { readonly highlights: readonly string[] }
    readonly fields: readonly { readonly name: string }[]
  } | null
}

describe('the form of a draft', () => {
  let engine: TestEngine
  let admin: Client
  let draft: string
  let acme: string

  before(async () => {
    engine = await startEngine({ template: httpTemplate })
    admin = await engine.loginAdmin()
    acme = (await admin.post('/api/records/company', { name: 'Acme', score: 7 })).record.id
    const company = await inForce<Written & { readonly fields: readonly object[] }>(admin, 'entity/company')
    const fresh = { name: 'motto', type: 'text', label: { en: 'Motto', 'zh-CN': '口号' } }
    draft = await openDraft(admin, [
      { ...company, fields: [...company.fields, fresh] },
      {
        kind: 'layout',
        name: 'company_page',
        entity: 'company',
        form: [
          { name: 'first', fields: ['motto', 'name'] },
          {
            name: 'second',
            fields: ['amount'],
            // What is stored, what only the draft knows, what is behind a lookup.
            visibleWhen: { and: [{ '>': [{ var: 'score' }, 5] }, { '==': [{ var: 'motto' }, null] }] },
          },
        ],
        page: { highlights: ['motto'] },
      },
    ])
  })
  after(() => engine.stop())

  const call = (query: string, client = admin) => client.get(`/api/meta/forms/company?${query}`)
  const ask = async (query: string) => (await call(query)).record as unknown as Told
  const sectionsOf = ({ form }: Told) => form?.uiSchema['ui:sections'].map(({ fields }) => fields)

  it('is told as it would be, with what is stored for its rules, while what is in force stays', async () => {
    const told = await ask(`changeset=${draft}&record=${acme}&language=zh-CN`)
    expect(told.form?.layout).to.equal('company_page')
    expect(sectionsOf(told)).to.deep.equal([['motto', 'name'], ['amount']])
    expect(told.form?.schema.properties.motto?.title).to.equal('口号')
    expect(told.form?.rules.values).to.deep.include({ score: '7' })
    expect(told.form?.rules.sections.map(({ section }) => section)).to.deep.equal(['second'])
    expect(told.entity?.page.highlights).to.deep.equal(['motto'])
    const now = await ask(`record=${acme}`)
    expect(now.entity?.fields.map(({ name }) => name)).not.to.include('motto')
  })

  it('is told by role: their own layout, and only what they may see', async () => {
    const clerk = await ask(`changeset=${draft}&role=clerk`)
    expect(clerk.form?.layout).to.equal('clerk_page')
    const nobody = await ask(`changeset=${draft}&role=administrator`)
    expect(nobody.form?.layout).to.equal('company_page')
  })

  it('is refused with what is wrong, and to who edits nothing', async () => {
    const broken = await openDraft(admin, [
      { kind: 'layout', name: 'broken', entity: 'company', form: [{ name: 'a', fields: ['nmae'] }] },
    ])
    const answer = await call(`changeset=${broken}`)
    expect([answer.status, answer.problems.map(({ path }) => path)]).to.deep.equal([
      422,
      ['/layout/broken/form/0/fields/0'],
    ])
    const asked = [
      ['role=clrek', 404, '/role'],
      ['language=de', 400, '/language'],
      ['record=x', 404, ''],
      [`changeset=${acme}`, 404, ''],
    ] as const
    for (const [query, status, path] of asked) {
      const refused = await call(query)
      expect([query, refused.status, refused.problems[0]?.path ?? '']).to.deep.equal([query, status, path])
    }
    const clerk = await loginAs(admin, 'clerk', ['clerk'])
    expect((await call('', clerk)).status).to.equal(403)
  })
})
