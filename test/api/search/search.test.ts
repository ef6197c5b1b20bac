import { expect } from 'chai'
import { publishAll, type Written } from '../../support/drafts.ts'
import { startEngine, type TestEngine } from '../../support/engine.ts'
import type { Client } from '../../support/http.ts'
import { loginAs } from '../../support/http-model.ts'

const text = (name: string, more: object = {}) => ({ name, type: 'text', searchable: true, ...more })

const definitions: readonly Written[] = [
  {
    kind: 'entity',
    name: 'company',
    label: { en: 'Company', 'zh-CN': '公司' },
    owned: true,
    fields: [
      text('name', { required: true }),
      { name: 'phone', type: 'phone', searchable: true, label: { en: 'Phone', 'zh-CN': '电话' } },
      { name: 'email', type: 'email', searchable: true },
      text('secret'),
      { name: 'number', type: 'auto_number', pattern: 'C-{#####}', searchable: true },
    ],
  },
  {
    kind: 'entity',
    name: 'person',
    owned: true,
    fields: [
      text('name', { required: true }),
      { name: 'company', type: 'lookup', to: 'company', inverse: 'people' },
    ],
  },
  { kind: 'entity', name: 'hidden', fields: [text('name', { required: true })] },
  { kind: 'entity', name: 'plain', fields: [{ name: 'name', type: 'text', required: true }] },
  {
    kind: 'role',
    name: 'clerk',
    default: { read: 'none' },
    entities: {
      company: { read: 'all', create: true, fields: { secret: { read: false } } },
      person: { read: 'own', create: true },
    },
  },
]

interface Found {
  readonly data: readonly {
    entity: string
    id: string
    label: string
    note: string | null
    matched: { field: string; label: string; value: string } | null
  }[]
  readonly more: readonly string[]
}

describe('GET /api/search', () => {
  let engine: TestEngine
  let admin: Client
  let clerk: Client

  before(async () => {
    engine = await startEngine()
    admin = await engine.loginAdmin()
    await publishAll(admin, definitions)
    clerk = await loginAs(admin, 'clara', ['clerk'])
    const company = async (body: object) => (await admin.post('/api/records/company', body)).record.id
    const crane = await company({
      ...{ name: '华兴机械', phone: '+8613800138000', email: 'info@crane.example' },
      secret: 'lighthouse',
    })
    await company({ name: '华兴' })
    await company({ name: '东华兴业' })
    await company({ name: 'Northern Lights' })
    await company({ name: "<b>Robert'); DROP TABLE" })
    for (let number = 1; number <= 7; number++) await company({ name: `Many ${number}` })
    await admin.post('/api/records/person', { name: '张三', company: crane })
    await clerk.post('/api/records/person', { name: '周顺', company: crane })
    await admin.post('/api/records/hidden', { name: '华兴 hidden' })
    await admin.post('/api/records/plain', { name: '华兴 plain' })
  })
  after(() => engine?.stop())

  const search = async (client: Client, query: string): Promise<Found> => {
    const answer = await client.get(`/api/search${query}`)
    if (answer.status !== 200) throw new Error(answer.text)
    return answer.body as Found
  }
  const labels = async (client: Client, q: string, more = ''): Promise<string[]> =>
    (await search(client, `?q=${encodeURIComponent(q)}${more}`)).data.map(
      ({ entity, label }) => `${entity} ${label}`,
    )

  const found = [
    {
      what: 'what is called so, then what begins so, then what holds it; further entities by their best',
      q: '华兴',
      gives: ['company 华兴', 'company 华兴机械', 'company 东华兴业', 'hidden 华兴 hidden'],
    },
    { what: 'two letters of a name of two characters', q: 'zs', gives: ['person 周顺', 'person 张三'] },
    { what: 'pinyin', q: 'zhangsan', gives: ['person 张三'] },
    { what: 'a part of a phone number', q: '0138 0', gives: ['company 华兴机械'] },
    { what: 'an e-mail address', q: 'info@crane', gives: ['company 华兴机械'] },
    { what: 'a number', q: 'C-00004', gives: ['company Northern Lights'] },
    { what: 'the counter of a number', q: '4', gives: ['company Northern Lights', 'company Many 4'] },
    { what: 'every word, in any order', q: 'lights north', gives: ['company Northern Lights'] },
    {
      what: 'what would break a page or a query',
      q: "<b>Robert'); DROP",
      gives: ["company <b>Robert'); DROP TABLE"],
    },
    { what: 'nothing for nothing', q: '', gives: [] },
    { what: 'nothing for signs alone', q: '%_\\', gives: [] },
    { what: 'nothing that is not there', q: 'xyzzy', gives: [] },
  ]
  for (const { what, q, gives } of found)
    it(`finds ${what}`, async () => {
      expect(await labels(admin, q)).to.deep.equal(gives)
    })

  it('says to what a record belongs, and in which field the words stand', async () => {
    const [person] = (await search(admin, '?q=zhangsan')).data
    expect(person).to.include({ note: '华兴机械', matched: null })
    const { body } = await admin.get('/api/search?q=0138', { headers: { 'accept-language': 'zh-CN' } })
    expect((body as Found).data[0]?.matched).to.include({ field: 'phone', label: '电话' })
    expect((body as Found).data[0]?.note).to.equal(null)
    const [numbered] = (await search(admin, '?q=c-00004')).data
    expect(numbered?.matched).to.include({ field: 'number', value: 'C-00004' })
  })

  it('gives some of each entity and says which have more', async () => {
    expect((await search(admin, '?q=many')).data).to.have.lengthOf(5)
    expect((await search(admin, '?q=many')).more).to.deep.equal(['company'])
    const all = await search(admin, '?q=many&limit=50')
    expect([all.data.length, all.more]).to.deep.equal([7, []])
  })

  it('looks in the entities alone that are named', async () => {
    expect(await labels(admin, '华兴', '&entities=hidden,person')).to.deep.equal(['hidden 华兴 hidden'])
  })

  it('finds nothing that is not for the person to see', async () => {
    expect(await labels(clerk, '华兴')).to.deep.equal([
      'company 华兴',
      'company 华兴机械',
      'company 东华兴业',
    ])
    expect(await labels(clerk, 'zs')).to.deep.equal(['person 周顺'])
    expect(await labels(admin, 'lighthouse')).to.deep.equal(['company 华兴机械'])
    expect(await labels(clerk, 'lighthouse')).to.deep.equal([])
  })

  it('no longer finds what was deleted', async () => {
    const { id } = (await admin.post('/api/records/company', { name: 'Fleeting' })).record
    expect(await labels(admin, 'fleeting')).to.deep.equal(['company Fleeting'])
    await admin.delete(`/api/records/company/${id}`)
    expect(await labels(admin, 'fleeting')).to.deep.equal([])
  })

  const wrong = [
    { query: '?q=a&entities=compny', code: 'QUERY_ENTITY_NOT_SEARCHED', path: '/entities' },
    { query: '?q=a&entities=plain', code: 'QUERY_ENTITY_NOT_SEARCHED', path: '/entities' },
    { query: '?q=a&limit=51', code: 'QUERY_LIMIT_INVALID', path: '/limit' },
    { query: '?q=a&limit=0', code: 'QUERY_LIMIT_INVALID', path: '/limit' },
    { query: '?q=a&limit=', code: 'QUERY_LIMIT_INVALID', path: '/limit' },
    { query: `?q=${'a'.repeat(501)}`, code: 'QUERY_TEXT_INVALID', path: '/q' },
    { query: '?query=a', code: 'HTTP_PARAMETER_UNKNOWN', path: '/query' },
  ]
  for (const { query, code, path } of wrong)
    it(`refuses ${query.slice(0, 30)}`, async () => {
      const answer = await admin.get(`/api/search${query}`)
      expect([answer.status, answer.problems[0]?.code, answer.problems[0]?.path]).to.deep.equal([
        400,
        code,
        path,
      ])
    })

  it('names the entity that was meant, and none that is hidden', async () => {
    const hintFor = async (name: string) =>
      (await clerk.get(`/api/search?q=a&entities=${name}`)).problems[0]?.hint
    expect(await hintFor('compny')).to.contain('company')
    expect((await hintFor('hiden')) ?? '').not.to.contain('hidden')
  })
})
