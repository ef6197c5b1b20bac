import { setTimeout as delay } from 'node:timers/promises'
import { expect } from 'chai'
import { dataOf, inForce, openDraft, planOf, publish, publishAll, type Written } from '../support/drafts.ts'
import { startEngine, type TestEngine } from '../support/engine.ts'
import type { Client } from '../support/http.ts'
import { loginAs } from '../support/http-model.ts'

type Field = { readonly id: string; readonly name: string; readonly [key: string]: unknown }
type Entity = Written & { readonly fields: readonly Field[] }

const shop: Written = {
  kind: 'entity',
  name: 'shop',
  label: { en: 'Shop', 'zh-CN': '门店' },
  owned: true,
  fields: [
    { name: 'name', type: 'text', required: true, searchable: true },
    { name: 'order', type: 'integer' },
    { name: 'level', type: 'select', options: [{ name: 'gold' }, { name: 'silver' }] },
    { name: 'parent', type: 'lookup', to: 'shop' },
  ],
}

describe('definitions over HTTP', () => {
  let engine: TestEngine
  let admin: Client
  before(async () => {
    engine = await startEngine()
    admin = await engine.loginAdmin()
  })
  after(() => engine.stop())

  const english = { headers: { 'accept-language': 'en' } }

  it('takes a definition from draft to table, and the next request sees it', async () => {
    const id = await openDraft(admin, [shop])
    const plan = await planOf(admin, id)
    expect(plan.steps).to.deep.equal([
      {
        kind: 'addEntity',
        tag: 'safe',
        definition: { kind: 'entity', name: 'shop' },
        path: '',
        sentence: '新增实体“门店”，包含 4 个字段。',
      },
    ])
    const version = dataOf<{ version: number }>(await publish(admin, id, plan.hash), 200).version
    expect(version).to.equal(plan.base_version + 1)
    const made = await admin.post('/api/records/shop', { name: '一号店', order: 1, level: 'gold' })
    expect(made.status, made.text).to.equal(201)
    const versions = dataOf<{ version: number; published_at: string; published_by: unknown }[]>(
      await admin.get('/api/meta/versions'),
      200,
    )
    const { user } = (await admin.get('/api/auth/me')).record as unknown as {
      user: { id: string; name: string }
    }
    expect(versions[0]).to.deep.equal({
      version,
      label: 'Test',
      published_at: versions[0]!.published_at,
      published_by: { id: user.id, label: user.name },
    })
    expect(versions[0]!.published_at).to.match(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)
    expect(versions.at(-1)!.published_by).to.equal(null)
  })

  it('keeps the data through rename, retirement and return', async () => {
    const { id: record } = (await admin.post('/api/records/shop', { name: '二号店', order: 7 })).record
    const before = await inForce<Entity>(admin, 'entity/shop')
    const renamed = before.fields.map((field) =>
      field.name === 'order' ? { ...field, name: 'rank' } : field,
    )
    await publishAll(admin, [{ ...before, fields: renamed }])
    expect((await admin.get(`/api/records/shop/${record}`)).record.rank).to.equal(7)

    const without = renamed.filter((field) => field.name !== 'rank')
    const draft = await openDraft(admin, [{ ...before, fields: without }])
    const plan = await planOf(admin, draft)
    expect(plan.steps.map(({ kind, tag, records }) => ({ kind, tag, records }))).to.deep.equal([
      { kind: 'retireField', tag: 'lossy', records: 2 },
    ])
    dataOf(await publish(admin, draft, plan.hash), 200)
    expect((await admin.get(`/api/records/shop/${record}`)).record).to.not.have.property('rank')

    const back = await openDraft(admin, [{ ...before, fields: renamed }])
    const revival = await planOf(admin, back)
    expect(revival.steps.map((step) => step.kind)).to.deep.equal(['reviveField'])
    dataOf(await publish(admin, back, revival.hash), 200)
    expect((await admin.get(`/api/records/shop/${record}`)).record.rank).to.equal(7)
  })

  it('tells who changed a definition, under whatever name it had', async () => {
    const options = [{ name: 'one' }]
    const set = (name: string, label: string, more: object = {}) =>
      ({ kind: 'option_set', name, label, options, ...more }) as unknown as Written
    await publishAll(admin, [set('size', 'Size')])
    const editor = await loginAs(admin, 'edith', ['administrator'])
    const { id } = await inForce<Written & { id: string }>(admin, 'option_set/size')
    await publishAll(editor, [set('extent', 'Size', { id })])
    await publishAll(admin, [set('extent', 'Extent', { id })])
    // Another one under the name that it had has nothing to do with it.
    await publishAll(admin, [set('size', 'Other')])
    const told = (await admin.get('/api/meta/definitions/option_set/extent/changes')).records as unknown as {
      by: { id: string; label: string }
      before: { name: string; label: unknown } | null
      after: { name: string; label: unknown }
    }[]
    const { user } = dataOf<{ user: { id: string } }>(await admin.get('/api/auth/me'), 200)
    expect(told.map(({ by, before, after }) => [by.id, before?.name ?? null, after.name])).to.deep.equal([
      [user.id, 'extent', 'extent'],
      [editor.id, 'size', 'extent'],
      [user.id, null, 'size'],
    ])
    expect(told[1]!.by.label).to.equal('edith')
    const other = (await admin.get('/api/meta/definitions/option_set/size/changes')).records
    expect(other.length).to.equal(1)
    const clerk = await loginAs(admin, 'clara', [])
    expect((await clerk.get('/api/meta/definitions/option_set/size/changes')).status).to.equal(403)
  })

  it('renames an option in the records that have it', async () => {
    const before = await inForce<Entity>(admin, 'entity/shop')
    const fields = before.fields.map((field) => {
      if (field.name !== 'level') return field
      const options = field.options as readonly Field[]
      const swap: Record<string, string> = { gold: 'silver', silver: 'gold' }
      return { ...field, options: options.map((option) => ({ ...option, name: swap[option.name] })) }
    })
    await publishAll(admin, [{ ...before, fields }])
    const filter = encodeURIComponent(JSON.stringify({ '==': [{ var: 'name' }, '一号店'] }))
    const { records } = await admin.get(`/api/records/shop?filter=${filter}`)
    expect(records.map((record) => record.level)).to.deep.equal(['silver'])
  })

  it('tells every problem of a draft at once, with hints', async () => {
    const wrong = {
      ...shop,
      name: 'branch',
      fields: [
        { name: 'of', type: 'lookup', to: 'shp' },
        { name: 'x', type: 'txt' },
      ],
    }
    const id = await openDraft(admin, [wrong])
    const check = dataOf<{ problems: { code: string; path: string; hint?: string }[] }>(
      await admin.post(`/api/meta/changesets/${id}/check`, undefined, english),
      200,
    )
    const told = check.problems.map(({ code, path, hint }) => ({ code, path, hint }))
    expect(told).to.deep.equal([
      { code: 'META_REFERENCE_UNKNOWN', path: '/entity/branch/fields/0/to', hint: 'Did you mean “shop”?' },
      { code: 'META_FIELD_TYPE_UNKNOWN', path: '/entity/branch/fields/1/type', hint: 'Did you mean “text”?' },
    ])
    const plan = await admin.post(`/api/meta/changesets/${id}/plan`, undefined, english)
    expect(plan.status).to.equal(422)
    expect(plan.problems.map(({ code, path, hint }) => ({ code, path, hint }))).to.deep.equal(told)
  })

  it('gives ids once: a definition sent again into the same draft keeps those of its new items', async () => {
    const id = await openDraft(admin, [])
    const address = `/api/meta/changesets/${id}/definitions/entity/depot`
    const depot = { kind: 'entity', name: 'depot', fields: [{ name: 'name', type: 'text' }] }
    const first = dataOf<Entity>(await admin.put(address, depot), 200)
    const more = { ...depot, fields: [{ name: 'city', type: 'text' }, ...depot.fields] }
    const second = dataOf<Entity>(await admin.put(address, more), 200)
    expect([second.id, second.fields[1]!.id]).to.deep.equal([first.id, first.fields[0]!.id])
  })

  it('refuses to publish anything but the confirmed plan', async () => {
    const id = await openDraft(admin, [{ ...shop, name: 'kiosk' }])
    const { hash } = await planOf(admin, id)
    await admin.put(`/api/meta/changesets/${id}/definitions/entity/kiosk`, {
      ...shop,
      name: 'kiosk',
      icon: 'x',
    })
    const moved = await publish(admin, id, hash)
    expect([moved.status, moved.problems[0]?.code]).to.deep.equal([409, 'META_PLAN_MOVED'])
  })

  it('blocks a unique while records have the same values', async () => {
    await admin.post('/api/records/shop', { name: '一号店' })
    const before = await inForce<Entity>(admin, 'entity/shop')
    const fields = before.fields.map((field) => (field.name === 'name' ? { ...field, unique: true } : field))
    const id = await openDraft(admin, [{ ...before, fields }])
    const plan = await planOf(admin, id)
    expect(plan.steps.map(({ kind, tag, records }) => ({ kind, tag, records }))).to.deep.equal([
      { kind: 'addUnique', tag: 'blocked', records: 2 },
    ])
    const refused = await publish(admin, id, plan.hash)
    expect([refused.status, refused.problems[0]?.code]).to.deep.equal([422, 'META_PLAN_BLOCKED'])
  })

  it('lets one of two publishes win; the other is merged when it is planned again', async () => {
    const before = await inForce<Entity>(admin, 'entity/shop')
    const [left, right] = await Promise.all([
      openDraft(admin, [{ ...before, fields: [...before.fields, { name: 'fax', type: 'phone' }] }]),
      openDraft(admin, [{ ...before, fields: [...before.fields, { name: 'site', type: 'url' }] }]),
    ])
    const plans = await Promise.all([planOf(admin, left), planOf(admin, right)])
    const answers = await Promise.all([
      publish(admin, left, plans[0].hash),
      publish(admin, right, plans[1].hash),
    ])
    expect(answers.map((answer) => answer.status).sort()).to.deep.equal([200, 409])
    const loser = answers[0].status === 409 ? left : right
    expect(answers.find((answer) => answer.status === 409)?.problems[0]?.code).to.equal('META_BASE_MOVED')
    const again = await planOf(admin, loser)
    expect(again.steps.map((step) => step.kind)).to.deep.equal(['addField'])
    dataOf(await publish(admin, loser, again.hash), 200)
    const { fields } = await inForce<Entity>(admin, 'entity/shop')
    expect(fields.map((field) => field.name)).to.include.members(['fax', 'site'])
  })

  it('says where two drafts have changed the same thing', async () => {
    const before = await inForce<Entity>(admin, 'entity/shop')
    const first = await openDraft(admin, [{ ...before, label: 'One' }])
    const second = await openDraft(admin, [{ ...before, label: 'Two' }])
    dataOf(await publish(admin, first, (await planOf(admin, first)).hash), 200)
    const refused = await admin.post(`/api/meta/changesets/${second}/plan`)
    expect([refused.status, refused.problems.map(({ code, path }) => [code, path])]).to.deep.equal([
      409,
      [['META_BASE_MOVED', '/entity/shop/label']],
    ])
    // Written again, it is written against what is in force.
    const now = await inForce<Entity>(admin, 'entity/shop')
    await admin.put(`/api/meta/changesets/${second}/definitions/entity/shop`, { ...now, label: 'Two' })
    expect((await planOf(admin, second)).steps.map((step) => step.kind)).to.deep.equal(['changeEntity'])
  })

  it('merges what was written against an earlier version, and says where it does not fit', async () => {
    const before = await inForce<Entity>(admin, 'entity/shop')
    const versions = (await admin.get('/api/meta/versions')).records as unknown as { version: number }[]
    const seen = versions[0]!.version
    await publishAll(admin, [{ ...before, label: 'Theirs', plural: 'Theirs' }])
    const id = await openDraft(admin, [])
    const at = `/api/meta/changesets/${id}/definitions/entity/shop?base_version=${seen}`
    dataOf(await admin.put(at, { ...before, note: 'Ours' }), 200)
    expect((await planOf(admin, id)).steps).to.have.length(1)
    const { items } = dataOf<{ items: { definition: Entity }[] }>(
      await admin.get(`/api/meta/changesets/${id}`),
      200,
    )
    expect(items[0]!.definition).to.include({ note: 'Ours', label: 'Theirs', plural: 'Theirs' })
    dataOf(await admin.put(at, { ...before, label: 'Ours' }), 200)
    const refused = await admin.post(`/api/meta/changesets/${id}/plan`)
    expect(refused.problems.map(({ code, path }) => [code, path])).to.deep.equal([
      ['META_BASE_MOVED', '/entity/shop/label'],
    ])
    const sides = { ours: ['/entity/shop/label'], theirs: [] }
    expect((await admin.post(`/api/meta/changesets/${id}/resolve`, sides)).status).to.equal(204)
    expect((await planOf(admin, id)).steps).to.have.length(1)
    dataOf(await admin.put(at, { ...before, label: 'Ours', note: 'Ours' }), 200)
    const none = await admin.post(`/api/meta/changesets/${id}/resolve`, { ours: [], theirs: [] })
    expect(none.problems.map(({ path }) => path)).to.deep.equal(['/entity/shop/label'])
    const others = { ours: [], theirs: ['/entity/shop/label'] }
    expect((await admin.post(`/api/meta/changesets/${id}/resolve`, others)).status).to.equal(204)
    const resolved = await admin.get(`/api/meta/changesets/${id}`)
    expect(resolved.record.items).to.have.nested.property('[0].definition.label', 'Theirs')
    expect(resolved.record.items).to.have.nested.property('[0].definition.note', 'Ours')
    const ahead = at.replace(/\d+$/, '999999')
    const unknown = await admin.put(ahead, before)
    expect([unknown.status, unknown.problems[0]?.code]).to.deep.equal([404, 'META_VERSION_UNKNOWN'])
    expect((await admin.delete(ahead)).problems[0]?.code).to.equal('META_VERSION_UNKNOWN')
  })

  it('renames a role with its users and tokens', async () => {
    await publishAll(admin, [
      { kind: 'role', name: 'seller', default: { read: 'all' }, administration: ['tokens'] },
    ])
    const person = { name: 'Li', email: 'li@example.com', roles: ['seller'], password: 'a long enough one' }
    expect((await admin.post('/api/records/user', person)).status).to.equal(201)
    const seller = await engine.client.login(person.email, person.password)
    const token = await seller.post('/api/tokens', { label: 'script', roles: ['seller'] })
    const script = engine.client.as(dataOf<{ token: string }>(token, 201).token)
    const role = await inForce(admin, 'role/seller')
    await publishAll(admin, [{ ...role, name: 'sales' }])
    for (const client of [seller, script]) {
      const me = dataOf<{ roles: string[] }>(await client.get('/api/auth/me'), 200)
      expect(me.roles).to.deep.equal(['sales'])
    }
  })

  it('publishes on a full table as a job that can be followed', async () => {
    await engine.database.query({
      text: `INSERT INTO ws_default.shop (id, name) SELECT gen_random_uuid(), 'S' || n FROM generate_series(1, 12000) n`,
    })
    const before = await inForce<Entity>(admin, 'entity/shop')
    const id = await openDraft(admin, [{ ...before, indexes: [['name']] }])
    const plan = await planOf(admin, id)
    expect(plan.steps.map(({ kind, prepare }) => ({ kind, prepare }))).to.deep.equal([
      { kind: 'addIndex', prepare: true },
    ])
    const accepted = await publish(admin, id, plan.hash)
    const { job } = dataOf<{ job: string }>(accepted, 202)
    expect(accepted.headers.get('location')).to.equal(`/api/jobs/${job}`)
    const follow = async () =>
      dataOf<{ state: string; result: unknown }>(await admin.get(`/api/jobs/${job}`), 200)
    let seen = await follow()
    while (seen.state === 'waiting' || seen.state === 'running') {
      await delay(50)
      seen = await follow()
    }
    const [newest] = dataOf<{ version: number }[]>(await admin.get('/api/meta/versions'), 200)
    expect(seen).to.deep.include({ state: 'done', result: { version: newest!.version } })
    expect((await inForce(admin, 'entity/shop')).indexes).to.deep.equal([['name']])
  })

  it('plans no step for the import of its own export', async () => {
    const archive = await admin.get('/api/meta/export')
    for (const query of ['', '?whole=1']) {
      const { id } = dataOf<{ id: string }>(await admin.post(`/api/meta/import${query}`, archive.body), 201)
      expect((await planOf(admin, id)).steps).to.deep.equal([])
    }
  })

  it('lists definitions with what they say, for pictures of all of them', async () => {
    const names = (await admin.get('/api/meta/definitions?kind=entity')).records
    expect(names.every((one) => !('definition' in one))).to.equal(true)
    const whole = (await admin.get('/api/meta/definitions?kind=entity&whole=1')).records
    expect(whole.map(({ name }) => name)).to.deep.equal(names.map(({ name }) => name))
    const { definition, name } = whole[0] as unknown as { definition: object; name: string }
    const own = (await admin.get(`/api/meta/definitions/entity/${name}`)).record
    expect(definition).to.deep.equal(own)
    const gold = {
      ...{ kind: 'validation', name: 'gold', entity: 'shop', problem: { message: 'Which?' } },
      must: { '==': [{ var: 'level' }, 'gold'] },
    }
    await publishAll(admin, [gold as unknown as Written])
    const english = { headers: { 'Accept-Language': 'en' } }
    const told = (await admin.get('/api/meta/definitions?kind=validation&rules=1', english)).records
    expect(told.map(({ name: one, rules }) => [one, rules])).to.deep.equal([
      ['gold', [{ path: '/must', text: 'level is gold' }]],
    ])
    const wrong = await admin.get('/api/meta/definitions?whole=maybe')
    expect([wrong.status, wrong.problems[0]?.code]).to.deep.equal([400, 'HTTP_PARAMETER_INVALID'])
  })

  it('returns to an earlier version by a draft like any other', async () => {
    const versions = dataOf<{ version: number }[]>(await admin.get('/api/meta/versions'), 200)
    await publishAll(admin, [{ ...shop, name: 'stand' }])
    const newest = versions[0]!.version
    const { id } = dataOf<{ id: string }>(await admin.post(`/api/meta/versions/${newest}/restore`), 201)
    const plan = await planOf(admin, id)
    expect(plan.steps.map(({ kind, tag }) => ({ kind, tag }))).to.deep.equal([
      { kind: 'retireEntity', tag: 'safe' },
    ])
    dataOf(await publish(admin, id, plan.hash), 200)
    expect((await admin.get('/api/records/stand')).status).to.equal(404)
    const diff = dataOf<{ steps: unknown[] }>(
      await admin.get(`/api/meta/versions/${newest}/diff/${newest + 2}`),
      200,
    )
    expect(diff.steps).to.deep.equal([])
  })
})
