import { expect } from 'chai'
import { publishAll, type Written } from '../../support/drafts.ts'
import { startEngine, type TestEngine } from '../../support/engine.ts'
import type { Answer, ApiRecord, Client } from '../../support/http.ts'
import { eventually, loginAs, outcome } from '../../support/http-model.ts'

const about = { name: 'about', type: 'dynamic_lookup', to: ['deal', 'house'], onDelete: 'cascade' }
const title = { name: 'title', type: 'text', required: true }

const DEFINITIONS: readonly Written[] = [
  {
    kind: 'entity',
    name: 'deal',
    title: 'name',
    owned: true,
    features: ['comments', 'files'],
    fields: [
      { name: 'name', type: 'text', required: true },
      { name: 'amount', type: 'currency' },
      { name: 'secret', type: 'text' },
      { name: 'phone', type: 'phone', personal: 'contact' },
      { name: 'stage', type: 'stage' },
    ],
  },
  { kind: 'entity', name: 'house', title: 'name', fields: [{ name: 'name', type: 'text', required: true }] },
  {
    kind: 'entity',
    name: 'talk',
    label: { en: 'Talk', 'zh-CN': '交谈' },
    title: 'title',
    owned: true,
    fields: [
      title,
      { ...about, inverse: 'talks' },
      { name: 'began_at', type: 'date_time' },
      { name: 'hush', type: 'text' },
      { name: 'words', type: 'long_text' },
    ],
  },
  // An activity by its instant; what has none is no activity.
  {
    kind: 'entity',
    name: 'visit',
    title: 'title',
    fields: [
      title,
      { name: 'deal', type: 'lookup', to: 'deal', inverse: 'visits', onDelete: 'cascade' },
      { name: 'at_noon', type: 'date_time' },
    ],
  },
  {
    kind: 'entity',
    name: 'part',
    title: 'title',
    fields: [title, { name: 'deal', type: 'lookup', to: 'deal', inverse: 'parts', onDelete: 'cascade' }],
  },
  {
    kind: 'pipeline',
    name: 'deals',
    entity: 'deal',
    field: 'stage',
    stages: [
      { name: 'fresh', type: 'open', label: { en: 'Fresh', 'zh-CN': '新' }, next: ['won'] },
      { name: 'won', type: 'won' },
    ],
  },
  {
    kind: 'assignment',
    name: 'deals',
    label: { en: 'Deals in turn', 'zh-CN': '商机轮转' },
    entity: 'deal',
    on: ['created'],
    rules: [{ name: 'turn', label: { en: 'By turn', 'zh-CN': '轮流' }, to: { role: 'seller' } }],
  },
  {
    kind: 'approval',
    name: 'price',
    label: { en: 'Price', 'zh-CN': '价格' },
    entity: 'deal',
    levels: [{ name: 'boss', label: { en: 'Boss', 'zh-CN': '上司' }, by: { role: 'boss' } }],
    lock: false,
  },
  {
    kind: 'flow',
    name: 'greet',
    label: { en: 'Greet', 'zh-CN': '问候' },
    trigger: { record: 'deal', button: {} },
    steps: [{ do: 'update', set: { amount: 7 } }],
  },
  {
    kind: 'role',
    name: 'seller',
    default: { read: 'all', create: true, update: 'all', delete: 'all' },
    personal: { contact: 'read' },
  },
  { kind: 'role', name: 'boss', default: { read: 'all', update: 'all' }, personal: { contact: 'masked' } },
  {
    kind: 'role',
    name: 'watcher',
    default: { read: 'none' },
    entities: {
      deal: {
        read: 'all',
        fields: { secret: { read: false }, stage: { read: false }, owner: { read: false } },
      },
      talk: { read: 'own', create: true, fields: { hush: { read: false } } },
    },
  },
]

type Entry = ApiRecord & { readonly type: string; readonly at: string }

describe('the timeline of a record', () => {
  let engine: TestEngine
  let admin: Client
  let sue: Client & { readonly id: string }
  let bob: Client & { readonly id: string }
  let wes: Client & { readonly id: string }
  /** One of each thing happened to it. */
  let deal: ApiRecord

  before(async () => {
    engine = await startEngine()
    admin = await engine.loginAdmin()
    await publishAll(admin, DEFINITIONS)
    sue = await loginAs(admin, 'sue', ['seller'])
    bob = await loginAs(admin, 'bob', ['boss'])
    wes = await loginAs(admin, 'wes', ['watcher'])
    deal = await make(admin, 'deal', { name: 'Pump' })
    const at = `/api/records/deal/${deal.id}`
    await sue.patch(at, { amount: 5, phone: '+86 138 0013 8000' })
    await sue.patch(at, { secret: 'not for wes' })
    await sue.patch(at, { stage: 'won' })
    await sue.post(`${at}/comments`, { text: 'They call back.' })
    await upload(sue, deal.id)
    await make(sue, 'talk', { title: 'First talk', about: it_(deal), words: 'Long.', hush: 'hush' })
    await make(sue, 'visit', { title: 'Visit', deal: deal.id })
    await make(sue, 'part', { title: 'No activity', deal: deal.id })
    await sue.post(`${at}/actions/submit`, { comment: 'Please.' })
    await bob.post(`${at}/actions/approve`, { comment: 'Fine.' })
    await sue.post(`${at}/actions/greet`)
    await eventually(async () => (await timeline(admin, deal, '?types=flow'))[0]?.state === 'done')
  })
  after(() => engine.stop())

  const it_ = ({ id }: ApiRecord) => ({ entity: 'deal', id })
  const make = async (client: Client, entity: string, body: object): Promise<ApiRecord> => {
    const answer = await client.post(`/api/records/${entity}`, body)
    if (answer.status !== 201) throw new Error(answer.text)
    return answer.record
  }
  const upload = (client: Client, id: string) => {
    const form = new FormData()
    form.set('entity', 'deal')
    form.set('record', id)
    form.set('file', new Blob(['x'], { type: 'text/plain' }), 'offer.txt')
    return client.post('/api/files', form)
  }
  const ask = (client: Client, { id }: ApiRecord, query = '') =>
    client.get(`/api/records/deal/${id}/timeline${query}`)
  const timeline = async (client: Client, record: ApiRecord, query = '') =>
    (await ask(client, record, query)).records as unknown as readonly Entry[]
  const nextOf = (answer: Answer) => (answer.body as { page: { next: string | null } }).page.next
  const typesOf = (entries: readonly Entry[]) => entries.map(({ type }) => type)

  it('joins all that happened, newest first, the consequence above its cause', async () => {
    const entries = await timeline(admin, deal)
    expect(typesOf(entries)).to.deep.equal([
      ...['change', 'flow', 'approval', 'approval', 'approval', 'record', 'record', 'file', 'comment'],
      ...['stage', 'change', 'change', 'change', 'assignment', 'stage', 'change', 'change'],
    ])
    expect(entries.map(({ at }) => at)).to.deep.equal(
      entries
        .map(({ at }) => at)
        .sort()
        .reverse(),
    )
    for (const entry of entries) expect(entry).to.include.all.keys('type', 'at', 'actor', 'via')
  })

  describe('tells of each thing what it needs', () => {
    const people = () => ({
      sue: { id: sue.id, label: 'sue' },
      bob: { id: bob.id, label: 'bob' },
    })
    const cases: readonly { type: string; at?: number; told: () => object }[] = [
      {
        type: 'change',
        at: 3,
        told: () => ({
          ...{ actor: people().sue, via: 'api', action: 'update', version: 3 },
          changes: [
            { field: 'amount', label: 'amount', before: null, after: 5 },
            { field: 'phone', label: 'phone', before: null, after: '+86 138 0013 8000' },
          ],
        }),
      },
      {
        type: 'stage',
        told: () => ({
          ...{ actor: people().sue, via: 'api', field: 'stage', version: 5 },
          ...{ from: { name: 'fresh', label: 'Fresh' }, to: { name: 'won', label: 'won' } },
        }),
      },
      {
        type: 'comment',
        told: () => ({ actor: people().sue, via: null, text: 'They call back.', mentions: [] }),
      },
      {
        type: 'file',
        told: () => ({
          ...{ actor: people().sue, via: null },
          ...{ name: 'offer.txt', media_type: 'text/plain', size: 1 },
        }),
      },
      {
        type: 'record.talk',
        told: () => ({
          ...{ type: 'record', actor: people().sue, via: null },
          ...{ entity: 'talk', entity_label: 'Talk', label: 'First talk' },
          fields: { began_at: null, hush: 'hush', words: 'Long.' },
        }),
      },
      {
        type: 'record',
        told: () => ({ entity: 'visit', label: 'Visit', fields: { at_noon: null } }),
      },
      {
        type: 'assignment',
        told: () => ({
          ...{ actor: null, via: 'assignment', cause: 'created', outcome: 'given', owner: people().sue },
          ...{
            assignment: { name: 'deals', label: 'Deals in turn' },
            rule: { name: 'turn', label: 'By turn' },
          },
        }),
      },
      {
        type: 'flow',
        told: () => ({
          ...{ actor: people().sue, via: 'flow', state: 'done', fault: null },
          flow: { name: 'greet', label: 'Greet' },
        }),
      },
      {
        type: 'approval',
        at: 1,
        told: () => ({
          ...{ actor: people().bob, via: 'approval', act: 'approve', comment: 'Fine.', number: 2 },
          ...{ approval: { name: 'price', label: 'Price' }, level: { name: 'boss', label: 'Boss' } },
        }),
      },
    ]
    for (const { type, at = 0, told } of cases)
      it(type, async () => {
        const answer = await admin.get(`/api/records/deal/${deal.id}/timeline?types=${type}`, {
          headers: { 'accept-language': 'en' },
        })
        const entry = answer.records[at] as unknown as Record<string, unknown>
        const keys = Object.keys(told())
        expect(Object.fromEntries(keys.map((key) => [key, entry[key]]))).to.deep.equal(told())
      })
  })

  it('changes as the history tells them', async () => {
    const history = (await admin.get(`/api/records/deal/${deal.id}/history`)).records
    const told = await timeline(admin, deal, '?types=change')
    expect(told).to.deep.equal(history.map((entry) => ({ type: 'change', ...entry })))
  })

  const filters: readonly { query: string; types: readonly string[] }[] = [
    { query: '?types=comment', types: ['comment'] },
    { query: '?types=stage,comment', types: ['comment', 'stage', 'stage'] },
    { query: '?types=record', types: ['record', 'record'] },
    { query: '?types=record.visit', types: ['record'] },
    { query: '?types=record.talk,file', types: ['record', 'file'] },
  ]
  for (const { query, types } of filters)
    it(`gives with ${query} only these`, async () => {
      expect(typesOf(await timeline(admin, deal, query))).to.deep.equal(types)
    })

  it('pages over equal instants without loss or repetition, whatever the page', async () => {
    const busy = await make(sue, 'deal', { name: 'Busy' })
    const talks = Array.from({ length: 7 }, (_, n) => ({ title: `t${n}`, about: it_(busy) }))
    const visits = Array.from({ length: 4 }, (_, n) => ({ title: `v${n}`, deal: busy.id }))
    await sue.post('/api/records/talk/bulk', { create: talks })
    await sue.post('/api/records/visit/bulk', { create: visits })
    for (const text of ['a', 'b']) await sue.post(`/api/records/deal/${busy.id}/comments`, { text })
    // All at one instant: those of one source by their ids, those of several by the order of the sources.
    const { rows } = await engine.database.query<{ s: string }>({
      text: "SELECT quote_ident(table_schema) AS s FROM information_schema.tables WHERE table_name = 'tenon_run'",
    })
    for (const [table, at, of] of [
      ...[['talk', 'created_at', 'about'] as const, ['visit', 'created_at', 'deal'] as const],
      ...[['comment', 'created_at', 'about'] as const, ['tenon_stage_entry', 'at', 'record'] as const],
      ['tenon_assignment', 'at', 'record'] as const,
    ])
      await engine.database.query({
        text: `UPDATE ${rows[0]!.s}.${table} SET ${at} = '2030-01-01T00:00:00Z' WHERE ${of} = $1`,
        values: [busy.id],
      })
    const whole = await timeline(admin, busy, '?limit=200')
    expect(whole.length).to.equal(16)
    expect(typesOf(whole).slice(0, 15)).to.deep.equal([
      ...['assignment', 'stage', 'comment', 'comment'],
      ...Array.from({ length: 11 }, () => 'record'),
    ])
    for (const limit of [1, 2, 3, 5, 15, 16]) {
      const paged: Entry[] = []
      let after = ''
      do {
        const answer = await ask(admin, busy, `?limit=${limit}${after}`)
        paged.push(...(answer.records as unknown as Entry[]))
        after = nextOf(answer) === null ? '' : `&after=${nextOf(answer)}`
      } while (after !== '')
      expect([limit, paged]).to.deep.equal([limit, whole])
    }
    const first = await ask(admin, busy, '?limit=5')
    await sue.post(`/api/records/deal/${busy.id}/comments`, { text: 'later' })
    const rest = await timeline(admin, busy, `?limit=200&after=${nextOf(first)}`)
    expect([...(first.records as unknown as Entry[]), ...rest]).to.deep.equal(whole)
  })

  it('gives two hundred of one source at once', async () => {
    const long = await make(sue, 'deal', { name: 'Long' })
    const create = Array.from({ length: 203 }, (_, n) => ({ title: `t${n}`, about: it_(long) }))
    await sue.post('/api/records/talk/bulk', { create })
    const first = await ask(sue, long, '?types=record&limit=200')
    const rest = await ask(sue, long, `?types=record&limit=200&after=${nextOf(first)}`)
    expect([first.records.length, rest.records.length, nextOf(rest)]).to.deep.equal([200, 3, null])
  })

  it('holds nothing that somebody may not read', async () => {
    const own = await make(wes, 'talk', { title: 'Of Wes', about: it_(deal) })
    const told = await timeline(wes, deal)
    // No stage, owner, run, visit; no talk of others; of the changes none of the field that is hidden from him.
    expect(typesOf(told)).to.deep.equal([
      ...['record', 'change', 'approval', 'approval', 'approval', 'file', 'comment', 'change', 'change'],
    ])
    expect(told[0]).to.deep.include({ id: own.id, fields: { began_at: null, words: null } })
    const text = JSON.stringify(told)
    expect(['not for wes', 'hush', '138 0013', '"won"'].filter((one) => text.includes(one))).to.deep.equal([])
    expect(told.filter(({ type }) => type === 'change').map(({ version }) => version)).to.deep.equal([
      7, 3, 1,
    ])
    await admin.delete(`/api/records/talk/${own.id}`)
    expect(typesOf(await timeline(wes, deal, '?types=record'))).to.deep.equal([])
  })

  it('masks what the history masks', async () => {
    const [entry] = (await timeline(bob, deal, '?types=change')).filter(({ version }) => version === 3)
    const changes = entry?.changes as readonly { field: string; after: unknown }[]
    expect(changes.find(({ field }) => field === 'phone')?.after).to.equal('***')
    expect(typesOf(await timeline(bob, deal, '?types=flow'))).to.deep.equal([])
  })

  it('is told of each entity which types it has, to each actor', async () => {
    const typesFor = async (client: Client, name: string) => {
      const { entities } = (await client.get('/api/meta/model')).record as unknown as {
        entities: { name: string; timeline: string[] }[]
      }
      return entities.find((entity) => entity.name === name)?.timeline
    }
    expect(await typesFor(admin, 'deal')).to.deep.equal([
      ...['flow', 'approval', 'assignment', 'stage', 'comment', 'file', 'record', 'change'],
      ...['record.talk', 'record.visit'],
    ])
    expect(await typesFor(wes, 'deal')).to.deep.equal([
      ...['approval', 'comment', 'file', 'record', 'change', 'record.talk'],
    ])
    expect(await typesFor(sue, 'house')).to.deep.equal(['record', 'change', 'record.talk'])
  })

  describe('refuses', () => {
    const cursor = (keys: object, fingerprint: string) =>
      Buffer.from(JSON.stringify([fingerprint, JSON.stringify(keys)])).toString('base64url')
    const cases: readonly { query: string; said: string; hint?: string }[] = [
      { query: '?types=chnage', said: '400 QUERY_TIMELINE_TYPE_UNKNOWN', hint: 'Did you mean “change”?' },
      {
        query: '?types=change,record.tolk',
        said: '400 QUERY_TIMELINE_TYPE_UNKNOWN',
        hint: 'Did you mean “record.talk”?',
      },
      { query: '?types=', said: '400 QUERY_TIMELINE_TYPE_UNKNOWN' },
      { query: '?after=x', said: '400 QUERY_CURSOR_INVALID' },
      { query: '?limit=201', said: '400 QUERY_LIMIT_INVALID' },
      { query: '?type=change', said: '400 HTTP_PARAMETER_UNKNOWN', hint: 'Did you mean “types”?' },
    ]
    for (const { query, said, hint } of cases)
      it(`${query} with ${said}`, async () => {
        const answer = await sue.get(`/api/records/deal/${deal.id}/timeline${query}`, {
          headers: { 'accept-language': 'en' },
        })
        expect([outcome(answer), answer.problems[0]?.hint]).to.deep.equal([
          said,
          hint ?? (said.includes('CURSOR') ? 'Start again without “after”.' : undefined),
        ])
      })

    it('cursors of another question, and such as somebody made up', async () => {
      const next = nextOf(await ask(sue, deal, '?limit=1'))!
      const [fingerprint] = JSON.parse(Buffer.from(next, 'base64url').toString()) as [string]
      const other = await make(sue, 'deal', { name: 'Other' })
      const made = [
        ...[{ change: '1; DROP' }, { change: 7 }, { comment: '2030-13-41T00:00:00.000Z' }].map(
          (keys) => `?after=${cursor(keys, fingerprint)}`,
        ),
        `?after=${cursor({ comment: `2030-13-41T00:00:00.000Z ${deal.id}` }, fingerprint)}`,
        `?after=${cursor({ approval: `2030-13-41T00:00:00.000Z ${deal.id} 1` }, fingerprint)}`,
        `?types=change&after=${next}`,
      ]
      for (const query of made)
        expect([query, outcome(await ask(sue, deal, query))]).to.deep.equal([
          query,
          '400 QUERY_CURSOR_INVALID',
        ])
      expect(outcome(await ask(sue, other, `?after=${next}`))).to.equal('400 QUERY_CURSOR_INVALID')
    })

    const strangers: readonly { who: () => Client; path: string; said: string }[] = [
      { who: () => sue, path: 'deal/01900000-0000-7000-8000-000000000001', said: '404 RECORD_NOT_FOUND' },
      { who: () => sue, path: 'deal/nothing', said: '404 RECORD_NOT_FOUND' },
      { who: () => sue, path: 'dael/nothing', said: '404 ENTITY_UNKNOWN' },
      { who: () => wes, path: 'visit/nothing', said: '404 ENTITY_UNKNOWN' },
      { who: () => admin.as(undefined), path: 'deal/nothing', said: '401 AUTH_REQUIRED' },
    ]
    for (const { who, path, said } of strangers)
      it(`${path} with ${said}`, async () => {
        expect(outcome(await who().get(`/api/records/${path}/timeline`))).to.equal(said)
      })
  })
})
