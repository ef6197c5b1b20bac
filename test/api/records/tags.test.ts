import { expect } from 'chai'
import type { Field } from '../../../runtime-ui/api/types.ts'
import { dataOf, openDraft, publishAll } from '../../support/drafts.ts'
import { startEngine, type TestEngine } from '../../support/engine.ts'
import type { Answer, ApiRecord, Client } from '../../support/http.ts'
import { outcome } from './world.ts'

const older = (days: number) => ({ '>': [{ days_since: { var: 'bought_on' } }, days] })

const ACCOUNT = {
  kind: 'entity',
  name: 'account',
  title: 'name',
  fields: [
    { name: 'name', type: 'text', required: true },
    { name: 'bought_on', type: 'date' },
    { name: 'spent', type: 'integer' },
    { name: 'region', type: 'lookup', to: 'region', onDelete: 'clear' },
    { name: 'order_count', type: 'roll_up', over: 'orders', fn: 'count' },
    {
      name: 'tags',
      type: 'tags',
      searchable: true,
      groups: [
        {
          name: 'activity',
          pick: 'one',
          by: 'rule',
          default: 'active',
          options: ['active', 'dormant', 'lost'],
        },
        {
          name: 'size',
          label: { en: 'Size', 'zh-CN': '规模' },
          pick: 'one',
          default: 'small',
          options: [{ name: 'small', label: { en: 'Small', 'zh-CN': '小' } }, 'large'],
        },
      ],
    },
    { name: 'is_vip', type: 'formula', result: 'boolean', value: { in: ['vip', { var: 'tags' }] } },
  ],
}

const rule = (name: string, tag: string, when: unknown, group?: string) => ({
  kind: 'tag_rule',
  name,
  entity: 'account',
  ...(group === undefined ? {} : { group }),
  tag,
  when,
})

const DEFINITIONS = [
  ACCOUNT,
  {
    kind: 'entity',
    name: 'region',
    title: 'name',
    fields: [
      { name: 'name', type: 'text', required: true },
      { name: 'is_far', type: 'boolean' },
      { name: 'vips', type: 'roll_up', over: 'account_region', fn: 'count', filter: { var: 'is_vip' } },
    ],
  },
  {
    kind: 'entity',
    name: 'order',
    title: 'name',
    fields: [
      { name: 'name', type: 'text', required: true },
      { name: 'account', type: 'lookup', to: 'account', inverse: 'orders', onDelete: 'cascade' },
    ],
  },
  rule('dormant', 'dormant', older(30), 'activity'),
  rule('lost', 'lost', older(365), 'activity'),
  rule('vip', 'vip', { '>': [{ var: 'spent' }, 100] }),
  rule('far', 'far', { var: 'region.is_far' }),
  rule('frequent', 'frequent buyer', 'order_count >= 2'),
  {
    kind: 'role',
    name: 'seller',
    default: { read: 'none' },
    entities: { account: { read: 'all', create: true, update: 'all', fields: { tags: { read: false } } } },
  },
]

const told = (answer: Answer) => outcome(answer).join(' ')

interface ModelEntity {
  readonly name: string
  readonly fields: readonly Field[]
}

const fieldIn = (entities: readonly ModelEntity[], field: string) =>
  entities.find(({ name }) => name === 'account')!.fields.find(({ name }) => name === field)

const day = (ago: number) => new Date(Date.now() - ago * 86_400_000).toISOString().slice(0, 10)

describe('tags', () => {
  let engine: TestEngine
  let admin: Client

  before(async () => {
    engine = await startEngine()
    admin = await engine.loginAdmin()
    await publishAll(admin, DEFINITIONS)
  })
  after(() => engine.stop())

  const make = async (entity: string, body: object): Promise<ApiRecord> =>
    dataOf(await admin.post(`/api/records/${entity}`, { name: entity, ...body }), 201)
  const tagsOf = async ({ id }: ApiRecord) => (await admin.get(`/api/records/account/${id}`)).record.tags
  const change = (entity: string, { id }: ApiRecord, body: object) =>
    admin.patch(`/api/records/${entity}/${id}`, body)
  const ten = Array.from({ length: 10 }, (_, index) => `t${index}`)

  describe('of people', () => {
    it('are ten at most, whatever rules give besides', async () => {
      const account = await make('account', { tags: [...ten.slice(0, 9), 'large'], spent: 200 })
      expect(account.tags).to.deep.equal([...ten.slice(0, 9), 'large', 'active', 'vip'])
      const again = [...ten, 'active', 'vip']
      expect((await change('account', account, { tags: again })).record.tags).to.deep.equal(again)
      expect(told(await change('account', account, { tags: [...again, 't10'] }))).to.equal(
        '422 FIELD_TAGS_TOO_MANY /tags',
      )
    })

    it('are twenty characters long at most, as people count them', async () => {
      const account = await make('account', {})
      const family = '👨‍👩‍👧‍👦'.repeat(20)
      expect((await change('account', account, { tags: [family] })).record.tags).to.include(family)
      expect(told(await change('account', account, { tags: ['二'.repeat(21)] }))).to.equal(
        '422 FIELD_TAG_TOO_LONG /tags/0',
      )
    })

    it('begin with the default of their group, of which they keep one', async () => {
      expect((await make('account', {})).tags).to.deep.equal(['small', 'active'])
      const large = await make('account', { tags: ['large'] })
      expect(large.tags).to.deep.equal(['large', 'active'])
      expect(told(await change('account', large, { tags: ['large', 'small'] }))).to.equal(
        '422 FIELD_TAGS_PICK_ONE /tags/1',
      )
    })

    it('are never those that rules give, but those may be said again', async () => {
      const account = await make('account', {})
      for (const tag of ['vip', 'dormant', 'frequent buyer']) {
        expect(told(await change('account', account, { tags: [tag] }))).to.equal(
          '422 FIELD_TAG_BY_RULE /tags',
        )
      }
      expect(told(await admin.post('/api/records/account', { name: 'x', tags: ['lost'] }))).to.equal(
        '422 FIELD_TAG_BY_RULE /tags',
      )
      expect((await change('account', account, { tags: ['a', 'active'] })).record.tags).to.deep.equal([
        'a',
        'active',
      ])
      expect((await change('account', account, { tags: null })).record.tags).to.deep.equal(['active'])
    })
  })

  describe('of rules', () => {
    it('come and go with the write that makes their rule true or false', async () => {
      const account = await make('account', { bought_on: day(40), tags: ['large'] })
      expect(account.tags).to.deep.equal(['large', 'dormant'])
      expect((await change('account', account, { bought_on: day(2), spent: 101 })).record).to.deep.include({
        tags: ['large', 'active', 'vip'],
        is_vip: true,
      })
      expect((await change('account', account, { spent: 100 })).record).to.deep.include({
        tags: ['large', 'active'],
        is_vip: false,
      })
    })

    it('take the first of the group whose rule holds', async () => {
      expect((await make('account', { bought_on: day(400) })).tags)
        .to.include('dormant')
        .and.not.include('lost')
    })

    it('follow relatives and roll-ups, and what looks at them follows', async () => {
      const region = await make('region', { is_far: false })
      const account = await make('account', { region: region.id, spent: 500 })
      expect((await admin.get(`/api/records/region/${region.id}`)).record.vips).to.equal(1)
      await change('region', region, { is_far: true })
      expect(await tagsOf(account)).to.deep.equal(['small', 'active', 'far', 'vip'])
      await make('order', { account: account.id })
      const second = await make('order', { account: account.id })
      expect(await tagsOf(account)).to.include('frequent buyer')
      await admin.delete(`/api/records/order/${second.id}`)
      expect(await tagsOf(account)).to.not.include('frequent buyer')
      await change('account', account, { spent: 0 })
      expect((await admin.get(`/api/records/region/${region.id}`)).record.vips).to.equal(0)
    })

    it('are found by filters like any other', async () => {
      const account = await make('account', { name: 'found', spent: 900, tags: ['x1'] })
      const find = async (tag: string) => {
        const filter = { and: [{ in: [tag, { var: 'tags' }] }, { '==': [{ var: 'name' }, 'found'] }] }
        const answer = await admin.get(
          `/api/records/account?filter=${encodeURIComponent(JSON.stringify(filter))}`,
        )
        return (answer.body as { data: ApiRecord[] }).data.map(({ id }) => id)
      }
      expect(await find('vip')).to.deep.equal([account.id])
      expect(await find('x1')).to.deep.equal([account.id])
      expect(await find('lost')).to.deep.equal([])
    })

    it('are found by a search as long as they are there, like those of people', async () => {
      const account = await make('account', { spent: 500, tags: ['by hand'] })
      const found = async (q: string) =>
        dataOf<ApiRecord[]>(await admin.get(`/api/records/account?q=${encodeURIComponent(q)}`), 200).some(
          ({ id }) => id === account.id,
        )
      const asked = ['vip', 'hand', 'vip hand', 'dormant', 'nothing']
      const answers = async () => await Promise.all(asked.map(found))
      expect(await answers()).to.deep.equal([true, true, true, false, false])
      await change('account', account, { spent: 1, tags: ['by hand'] })
      expect(await answers()).to.deep.equal([false, true, false, false, false])
      await change('account', account, { spent: 500, bought_on: day(40), tags: ['by hand', 'vip'] })
      expect(await answers()).to.deep.equal([true, true, true, true, false])
      await change('account', account, { spent: 1, name: 'renamed' })
      expect(await answers()).to.deep.equal([false, true, false, true, false])
    })

    it('leave a trace that names the rule', async () => {
      const account = await make('account', { spent: 500 })
      await change('account', account, { spent: 5 })
      const { body } = await admin.get(`/api/records/account/${account.id}/history`)
      const entries = (body as { data: { via: string; rule?: object; changes: { field: string }[] }[] }).data
      expect(
        entries.map(({ via, rule: by, changes }) => [via, by, ...(by === undefined ? [] : changes)]),
      ).to.deep.equal([
        [
          'rule',
          { name: 'vip', label: 'vip' },
          { field: 'tags', label: 'tags', before: ['small', 'active', 'vip'], after: ['small', 'active'] },
        ],
        ['api', undefined],
        [
          'rule',
          { name: 'vip', label: 'vip' },
          { field: 'tags', label: 'tags', before: null, after: ['small', 'active', 'vip'] },
        ],
        ['api', undefined],
      ])
    })

    it('stay out when a record gets back what it was', async () => {
      const account = await make('account', { spent: 500, tags: ['a', 'large'] })
      await change('account', account, { spent: 5, tags: ['b', 'large'] })
      const back = await admin.post(`/api/records/account/${account.id}/history/restore`, {
        version: 1,
        field: 'tags',
      })
      expect(back.record.tags).to.deep.equal(['a', 'large', 'active'])
    })
  })

  describe('and rights', () => {
    it('keep tags from who may not see them, and right all the same', async () => {
      const user = { name: 'S', email: 's@example.com', roles: ['seller'], password: 'correct horse battery' }
      dataOf(await admin.post('/api/records/user', user), 201)
      const seller = await engine.client.login(user.email, user.password)
      const account = await make('account', { spent: 1 })
      const at = `/api/records/account/${account.id}`
      const answer = await seller.patch(at, { spent: 500 })
      expect(answer.record).to.include({ spent: 500 }).and.not.have.property('tags')
      expect(await tagsOf(account)).to.deep.equal(['small', 'active', 'vip'])
      expect(told(await seller.patch(at, { tags: ['x'] }))).to.equal('422 FIELD_UNKNOWN /tags')
      const { text } = await seller.get(`${at}/history`)
      expect(text).to.not.include('"active"')
      const { data } = (await seller.get('/api/meta/model')).body as { data: { entities: ModelEntity[] } }
      expect(fieldIn(data.entities, 'tags')).to.equal(undefined)
    })

    it('tell of each rule when it holds', async () => {
      const { data } = (await admin.get('/api/meta/model')).body as { data: { entities: ModelEntity[] } }
      const { tags } = fieldIn(data.entities, 'tags')!
      expect(tags!.groups.map(({ name, by, pick }) => [name, by, pick])).to.deep.equal([
        ['activity', 'rule', 'one'],
        ['size', 'people', 'one'],
      ])
      expect(tags!.rules.find(({ tag }) => tag === 'vip')!.sentence)
        .to.include('spent')
        .and.include('100')
    })
  })

  describe('of a publish', () => {
    it('come to the records that are there, and go with their rule', async () => {
      const account = await make('account', { spent: 50, tags: ['kept'] })
      await publishAll(admin, [rule('spender', 'spender', { '>': [{ var: 'spent' }, 40] })])
      expect(await tagsOf(account)).to.deep.equal(['kept', 'small', 'active', 'spender'])
      await publishAll(admin, [rule('spender', 'spender', { '>': [{ var: 'spent' }, 60] })])
      expect(await tagsOf(account)).to.deep.equal(['kept', 'small', 'active'])
      await publishAll(admin, [rule('spender', 'spender', { '>': [{ var: 'spent' }, 40] })])
      await publishAll(admin, [], ['tag_rule/spender'])
      expect(await tagsOf(account)).to.deep.equal(['kept', 'small', 'active'])
    })

    it('come and go by a job where records are many, whoever changes them meanwhile', async () => {
      const { rows: made } = await engine.database.query<{ id: string }>({
        text: `INSERT INTO ws_default.account (id, name, spent, tags)
SELECT gen_random_uuid(), 'many', n % 4, ARRAY['kept'] FROM generate_series(0, 11999) n RETURNING id`,
      })
      // Every fourth has spent nothing.
      const some = Array.from({ length: 20 }, (_, index) => made[index * 400]!)
      const counts = async () => {
        const { rows } = await engine.database.query<{ tags: string; n: number }>({
          text: `SELECT array_to_string(tags, ' ') AS tags, count(*)::int AS n FROM ws_default.account WHERE name = 'many' GROUP BY 1 ORDER BY 1`,
        })
        return rows.map(({ tags, n }) => `${n} ${tags}`)
      }
      const filled = async () => {
        for (let state = ''; state !== 'done'; ) {
          const { rows } = await engine.database.query<{ state: string }>({
            text: `SELECT state FROM ws_default.tenon_job WHERE kind = 'fill_computed' ORDER BY created_at DESC LIMIT 1`,
          })
          state = rows[0]!.state
        }
      }
      await publishAll(admin, [
        rule('third', 'third', { '==': [{ var: 'spent' }, 3] }),
        rule('odd', 'odd', { in: [{ var: 'spent' }, [1, 3]] }),
      ])
      const busy = some.map((one) => change('account', one as ApiRecord, { spent: 3 }))
      await filled()
      expect((await Promise.all(busy)).every(({ status }) => status === 200)).to.equal(true)
      expect(await counts()).to.deep.equal([
        '5980 kept active',
        '3000 kept active odd',
        '3020 kept active odd third',
      ])
      await publishAll(admin, [], ['tag_rule/odd', 'tag_rule/third'])
      await filled()
      expect(await counts()).to.deep.equal(['12000 kept active'])
    })

    const REFUSED: readonly (readonly [string, object, string])[] = [
      ['of an unknown entity', { entity: 'nobody' }, 'META_REFERENCE_UNKNOWN /tag_rule/zz/entity'],
      [
        'of an entity without tags',
        { entity: 'order', when: true },
        'META_VALUE_INVALID /tag_rule/zz/entity',
      ],
      [
        'of a group that people keep',
        { group: 'size', tag: 'large' },
        'META_VALUE_INVALID /tag_rule/zz/group',
      ],
      ['of an unknown group', { group: 'mood' }, 'META_VALUE_INVALID /tag_rule/zz/group'],
      [
        'of a tag that its group has not',
        { group: 'activity', tag: 'gone' },
        'META_VALUE_INVALID /tag_rule/zz/tag',
      ],
      ['of a tag that another rule gives', { tag: 'vip' }, 'META_VALUE_INVALID /tag_rule/zz/tag'],
      ['of a tag of a group without the group', { tag: 'active' }, 'META_VALUE_INVALID /tag_rule/zz/tag'],
      ['of a tag that is too long', { tag: 'x'.repeat(21) }, 'FIELD_TAG_TOO_LONG /tag_rule/zz/tag'],
      [
        'that looks at a list',
        { when: { some: [{ var: 'orders' }, true] } },
        'META_VALUE_INVALID /tag_rule/zz/when',
      ],
      [
        'that looks at the actor',
        { when: { '==': [{ var: 'actor.id' }, null] } },
        'META_VALUE_INVALID /tag_rule/zz/when',
      ],
      [
        'that looks at its own tags',
        { when: { in: ['x', { var: 'tags' }] } },
        'META_FORMULA_CIRCLE /tag_rule/zz/when',
      ],
    ]
    for (const [what, said, problem] of REFUSED) {
      it(`is refused a rule ${what}`, async () => {
        const id = await openDraft(admin, [
          { ...rule('zz', 'zz', { var: 'spent' }), when: true, ...said } as never,
        ])
        const checked = await admin.post(`/api/meta/changesets/${id}/check`)
        const { problems } = (checked.body as { data: { problems: { code: string; path: string }[] } }).data
        expect(problems.map(({ code, path }) => `${code} ${path}`).join('; ')).to.include(problem)
      })
    }
  })
})
