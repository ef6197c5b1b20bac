import { expect } from 'chai'
import type { TestEngine } from '../../support/engine.ts'
import { startEngine } from '../../support/engine.ts'
import type { Answer, Client } from '../../support/http.ts'
import { httpTemplate } from '../../support/http-model.ts'

type Json = Record<string, unknown> & { readonly kind: string; readonly name: string }
interface Field {
  readonly name: string
  readonly id?: string
  readonly [key: string]: unknown
}

const BASE = '/api/sandboxes/try'

describe('what is promoted from a sandbox', () => {
  let engine: TestEngine
  let live: Client
  let inside: Client

  before(async () => {
    engine = await startEngine({ template: httpTemplate })
    live = await engine.loginAdmin()
    await live.post('/api/sandboxes', { name: 'try', records: 0 })
    inside = await inTry()
  })
  after(() => engine.stop())

  async function inTry(): Promise<Client> {
    const token = String((await live.post('/api/auth/sandbox', { name: 'try' })).record.token)
    const client = live.as(token)
    const call: Client['call'] = (method, path, options = {}) =>
      client.call(method, path, { ...options, headers: { ...options.headers, 'x-workspace': 'try' } })
    return {
      ...client,
      call,
      get: (path, options) => call('GET', path, options),
      post: (path, body, options) => call('POST', path, { ...options, body }),
      put: (path, body, options) => call('PUT', path, { ...options, body }),
      delete: (path, options) => call('DELETE', path, options),
    }
  }
  const at = (id: string) => `/api/meta/changesets/${id}`
  const company = async (client: Client) =>
    (await client.get('/api/meta/definitions/entity/company')).record as unknown as Json & {
      readonly fields: readonly Field[]
    }
  /** Publishes what a draft holds. @returns the draft's id */
  async function publishDraft(client: Client, id: string): Promise<Answer> {
    const plan = await client.post(`${at(id)}/plan`)
    if (plan.status !== 200) throw new Error(plan.text)
    return client.post(`${at(id)}/publish`, { hash: plan.record.hash })
  }
  async function publish(client: Client, ...definitions: readonly Json[]): Promise<string> {
    const { id } = (await client.post('/api/meta/changesets', { label: 'x' })).record
    for (const one of definitions) await client.put(`${at(id)}/definitions/${one.kind}/${one.name}`, one)
    const answer = await publishDraft(client, id)
    if (answer.status !== 200) throw new Error(answer.text)
    return id
  }
  const withField = (entity: Json & { readonly fields: readonly Field[] }, field: Field) => ({
    ...entity,
    fields: [...entity.fields, field],
  })
  const changes = async () =>
    (
      (await live.get(BASE)).record.changes as { kind: string; name: string; fate: string; conflicts: [] }[]
    ).map(({ kind, name, fate, conflicts }) => [`${kind}/${name}`, fate, conflicts.length])

  it('is nothing as long as nothing differs', async () => {
    expect(await changes()).to.eql([])
    const refused = await live.post(`${BASE}/promote`, {})
    expect([refused.status, refused.problems[0]?.code]).to.eql([409, 'SANDBOX_NOTHING'])
  })

  it('is merged with what the live workspace has changed since, by ids, and keeps them', async () => {
    await publish(inside, withField(await company(inside), { name: 'mood', type: 'text' }))
    await publish(live, withField(await company(live), { name: 'region', type: 'text' }))
    expect(await changes()).to.eql([['entity/company', 'changed', 0]])
    const draft = (await live.post(`${BASE}/promote`, {})).record
    expect((await publishDraft(live, draft.id)).status).to.equal(200)
    const [here, there] = [await company(live), await company(inside)]
    expect(here.fields.map(({ name }) => name)).to.include.members(['mood', 'region'])
    const id = (of: typeof here) => of.fields.find(({ name }) => name === 'mood')?.id
    expect(id(here)).to.equal(id(there))
    expect(await changes()).to.eql([])
  })

  it('asks whose value stands where both have changed the same, like any draft', async () => {
    await publish(inside, { ...(await company(inside)), label: { en: 'Firm', 'zh-CN': '公司' } })
    await publish(live, { ...(await company(live)), label: { en: 'Customer', 'zh-CN': '公司' } })
    expect(await changes()).to.eql([['entity/company', 'changed', 1]])
    const { id } = (await live.post(`${BASE}/promote`, { label: 'Names' })).record
    const planned = await live.post(`${at(id)}/plan`)
    expect([planned.status, planned.problems.map(({ code, path }) => [code, path])]).to.eql([
      409,
      [['META_BASE_MOVED', '/entity/company/label/en']],
    ])
    const unresolved = await live.post(`${at(id)}/publish`, { hash: 'x' })
    expect(unresolved.status).to.equal(409)
    const sides = { ours: ['/entity/company/label/en'], theirs: [] }
    expect((await live.post(`${at(id)}/resolve`, sides)).status).to.equal(204)
    expect((await publishDraft(live, id)).status).to.equal(200)
    const { label, fields } = await company(live)
    expect(label).to.eql({ en: 'Firm', 'zh-CN': '公司' })
    expect(fields.map(({ name }) => name)).to.include('region')
  })

  it('takes renames, new and removed definitions along; of content as of the model', async () => {
    const roles = { kind: 'role', name: 'helper', default: { read: 'none' } }
    const view = { kind: 'view', name: 'firms', entity: 'company', type: 'table', columns: ['name'] }
    await publish(inside, roles)
    expect((await inside.put('/api/meta/content/view/firms', view)).status).to.equal(200)
    const entity = await company(inside)
    const fields = entity.fields.map((field) =>
      field.name === 'mood' ? { ...field, name: 'temper' } : field,
    )
    await publish(inside, { ...entity, fields })
    const { id } = (await inside.post('/api/meta/changesets', { label: 'x' })).record
    await inside.delete(`${at(id)}/definitions/role/reader`)
    expect((await publishDraft(inside, id)).status).to.equal(200)
    expect(await changes()).to.eql([
      ['entity/company', 'changed', 0],
      ['view/firms', 'new', 0],
      ['role/helper', 'new', 0],
      ['role/reader', 'removed', 0],
    ])
    const part = (await live.post(`${BASE}/promote`, { definitions: ['role/helper'] })).record.id
    const items = (await live.get(at(part))).record.items as { name: string }[]
    expect(items.map(({ name }) => name)).to.eql(['helper'])
    const one = (await live.post(`${BASE}/promote`, { changeset: id })).record.id
    expect(((await live.get(at(one))).record.items as { name: string }[]).map(({ name }) => name)).to.eql([
      'reader',
    ])
    const draft = (await live.post(`${BASE}/promote`, {})).record
    expect((await publishDraft(live, draft.id)).status).to.equal(200)
    expect((await company(live)).fields.map(({ name }) => name))
      .to.include('temper')
      .and.not.include('mood')
    expect((await live.get('/api/meta/definitions/role/reader')).status).to.equal(404)
    expect((await live.get('/api/meta/definitions/view/firms')).status).to.equal(200)
    expect(await changes()).to.eql([])
  })

  it('is not confused by a draft of the sandbox that is not in force there', async () => {
    const { id } = (await inside.post('/api/meta/changesets', { label: 'x' })).record
    const role = { kind: 'role', name: 'planned', default: { read: 'none' } }
    await inside.put(`${at(id)}/definitions/role/planned`, role)
    const draft = (await live.post(`${BASE}/promote`, { changeset: id })).record
    expect((await publishDraft(live, draft.id)).status).to.equal(200)
    expect((await live.get('/api/meta/definitions/role/planned')).status).to.equal(200)
  })

  it('takes several drafts along as one, merged by property, unless they clash', async () => {
    const inDraft = async (label: string, definition: object) => {
      const { id } = (await inside.post('/api/meta/changesets', { label })).record
      const { kind, name } = definition as { kind: string; name: string }
      await inside.put(`${at(id)}/definitions/${kind}/${name}`, definition)
      return id
    }
    const role = (await inside.get('/api/meta/definitions/role/planned')).body as { data?: object }
    expect(role.data).to.equal(undefined) // it is live only
    const base = await company(inside)
    const one = await inDraft('One', withField(base, { name: 'one', type: 'text' }))
    const two = await inDraft('Two', withField(base, { name: 'two', type: 'text' }))
    const three = await inDraft('Three', { kind: 'role', name: 'third', default: { read: 'none' } })
    const label = { en: 'Other', 'zh-CN': '其他' }
    const clashing = await inDraft('Clashing', { ...base, label })
    const again = await inDraft('Again', { ...base, label: { ...label, en: 'Another' } })
    const { drafts } = (await live.get(BASE)).record as unknown as {
      drafts: { label: string; definitions: string[] }[]
    }
    expect(drafts.slice(0, 3).map((draft) => [draft.label, draft.definitions])).to.eql([
      ['Again', ['entity/company']],
      ['Clashing', ['entity/company']],
      ['Three', ['role/third']],
    ])
    const refused = await live.post(`${BASE}/promote`, { changesets: [one, clashing, again] })
    expect([refused.status, refused.problems.map(({ code, path }) => [code, path])]).to.eql([
      409,
      [['SANDBOX_DRAFTS_CLASH', '/entity/company/label/en']],
    ])
    // The live workspace has neither draft: the problem itself says what the place is of.
    expect(refused.problems[0]?.message).to.include('“Again”').and.to.include('“其他”')
    const { id } = (await live.post(`${BASE}/promote`, { changesets: [one, two, three], definitions: [] }))
      .record
    const items = (await live.get(at(id))).record.items as {
      name: string
      definition: { fields?: { name: string }[] }
    }[]
    expect(items.map(({ name }) => name)).to.eql(['company', 'third'])
    expect(items[0]?.definition.fields?.map(({ name }) => name)).to.include.members(['one', 'two'])
    for (const draft of [one, two, three, clashing, again]) await inside.delete(at(draft))
    await live.delete(at(id))
  })

  it('stays in the sandbox when that is refreshed onto the live workspace', async () => {
    await publish(inside, withField(await company(inside), { name: 'kept', type: 'text' }))
    const refreshed = (await live.post(`${BASE}/refresh`)).record
    expect([refreshed.changeset, refreshed.problems]).to.eql([null, []])
    const names = (await company(inside)).fields.map(({ name }) => name)
    expect(names).to.include.members(['kept', 'region', 'temper'])
    expect((await inside.get('/api/meta/definitions/role/planned')).status).to.equal(200)
    const [sandbox] = (await live.get('/api/sandboxes')).records
    expect(sandbox?.base_version).to.equal(sandbox?.live_version)
    expect(await changes()).to.eql([['entity/company', 'changed', 0]])
  })

  it('leaves the refresh to a person where both have changed the same', async () => {
    await publish(inside, { ...(await company(inside)), label: 'Inside' })
    await publish(live, { ...(await company(live)), label: 'Outside' })
    const before = (await live.get('/api/sandboxes')).records[0]
    const refreshed = (await live.post(`${BASE}/refresh`)).record
    const problems = refreshed.problems as { code: string; path: string }[]
    expect(problems.map(({ code, path }) => [code, path])).to.eql([
      ['META_BASE_MOVED', '/entity/company/label'],
    ])
    expect((await live.get('/api/sandboxes')).records[0]).to.eql(before)
    const draft = String(refreshed.changeset)
    const sides = { ours: [], theirs: ['/entity/company/label'] }
    expect((await inside.post(`${at(draft)}/resolve`, sides)).status).to.equal(204)
    expect((await publishDraft(inside, draft)).status).to.equal(200)
    const [after] = (await live.get('/api/sandboxes')).records
    expect(after?.base_version).to.equal(after?.live_version)
    expect((await company(inside)).label).to.equal('Inside')
  })
})
