import { expect } from 'chai'
import { dataOf, openDraft, publishAll } from '../../support/drafts.ts'
import { startEngine, type TestEngine } from '../../support/engine.ts'
import type { ApiRecord, Client } from '../../support/http.ts'
import { outcome } from './world.ts'

const PLACES = {
  kind: 'option_set',
  name: 'places',
  options: [
    { name: 'gd', label: '广东' },
    { name: 'js', label: '江苏' },
    { name: 'gz', label: '广州', under: 'gd' },
    { name: 'sz', label: '深圳', under: 'gd' },
    { name: 'nj', label: '南京', under: 'js' },
    { name: 'tianhe', label: '鼓楼', under: 'gz' },
    { name: 'gulou', label: '鼓楼', under: 'nj' },
  ],
}
const SHOP = {
  kind: 'entity',
  name: 'shop',
  title: 'name',
  fields: [
    { name: 'name', type: 'text' },
    { name: 'province', type: 'select', optionSet: 'places' },
    { name: 'city', type: 'select', optionSet: 'places', dependsOn: 'province' },
    { name: 'district', type: 'select', optionSet: 'places', dependsOn: 'city' },
    { name: 'kind', type: 'select', options: [{ name: 'food' }, { name: 'book' }], default: 'food' },
    {
      name: 'part',
      type: 'select',
      options: [{ name: 'fruit', under: 'food' }, { name: 'novel', under: 'book' }, { name: 'other' }],
      dependsOn: 'kind',
    },
  ],
}

describe('options that depend on another field', () => {
  let engine: TestEngine
  let admin: Client
  before(async () => {
    engine = await startEngine()
    admin = await engine.loginAdmin()
    await publishAll(admin, [PLACES, SHOP])
  })
  after(() => engine.stop())

  const make = async (body: object): Promise<ApiRecord> =>
    dataOf(await admin.post('/api/records/shop', body), 201)

  const creates: { body: object; gives: (number | string)[] }[] = [
    { body: { province: 'gd', city: 'gz', district: 'tianhe' }, gives: [201] },
    { body: { province: 'gd' }, gives: [201] },
    { body: { province: 'gd', city: 'nj' }, gives: [422, 'FIELD_OPTION_UNFIT /city'] },
    { body: { city: 'nj' }, gives: [422, 'FIELD_OPTION_UNFIT /city'] },
    {
      body: { province: 'js', city: 'nj', district: 'tianhe' },
      gives: [422, 'FIELD_OPTION_UNFIT /district'],
    },
    { body: { province: 'gz' }, gives: [422, 'FIELD_OPTION_UNKNOWN /province'] },
    { body: { province: 'gd', city: 'gd' }, gives: [422, 'FIELD_OPTION_UNKNOWN /city'] },
    { body: { part: 'fruit' }, gives: [201] },
    { body: { part: 'novel' }, gives: [422, 'FIELD_OPTION_UNFIT /part'] },
    { body: { kind: null, part: 'other' }, gives: [201] },
  ]
  for (const { body, gives } of creates) {
    it(`${JSON.stringify(body)}: ${gives.join(' ')}`, async () => {
      expect(outcome(await admin.post('/api/records/shop', body))).to.deep.equal(gives)
    })
  }

  const changes: { body: object; gives: (number | string)[] }[] = [
    { body: { city: 'sz', district: null }, gives: [200] },
    { body: { city: 'sz' }, gives: [422, 'FIELD_OPTION_UNFIT /district'] },
    { body: { province: 'js' }, gives: [422, 'FIELD_OPTION_UNFIT /city'] },
    { body: { province: null }, gives: [422, 'FIELD_OPTION_UNFIT /city'] },
    { body: { province: 'js', city: 'nj', district: 'gulou' }, gives: [200] },
    { body: { district: 'gulou' }, gives: [422, 'FIELD_OPTION_UNFIT /district'] },
    { body: { province: 'js', city: null, district: null }, gives: [200] },
    { body: { kind: 'book' }, gives: [422, 'FIELD_OPTION_UNFIT /part'] },
    { body: { kind: 'book', part: 'other' }, gives: [200] },
    { body: { name: 'x' }, gives: [200] },
  ]
  for (const { body, gives } of changes) {
    it(`stored and ${JSON.stringify(body)}: ${gives.join(' ')}`, async () => {
      const { id } = await make({ province: 'gd', city: 'gz', district: 'tianhe', part: 'fruit' })
      expect(outcome(await admin.patch(`/api/records/shop/${id}`, body))).to.deep.equal(gives)
    })
  }

  it('names what the option would have to belong to, in the language asked for', async () => {
    const headers = { 'accept-language': 'en' }
    const [fault] = (await admin.post('/api/records/shop', { city: 'nj' }, { headers })).problems
    expect(fault!.message).to.equal(
      'What is chosen in “city” does not belong to what is chosen in “province”.',
    )
  })

  it('lets one of two changes at once through that do not fit each other', async () => {
    const { id } = await make({ province: 'gd', city: 'gz' })
    const at = `/api/records/shop/${id}`
    const answers = await Promise.all([
      admin.patch(at, { province: 'js', city: null }),
      ...['sz', 'gz', 'sz'].map((city) => admin.patch(at, { city })),
    ])
    expect(answers[0]!.status).to.equal(200)
    const { province, city } = dataOf<ApiRecord>(await admin.get(at), 200)
    expect([province, city]).to.deep.equal(['js', null])
  })

  it('follows a rename of what options stand under', async () => {
    await publishAll(admin, [
      {
        ...PLACES,
        options: PLACES.options.map((one) =>
          one.name === 'js'
            ? { ...one, name: 'jiangsu', was: 'js' }
            : one.under === 'js'
              ? { ...one, under: 'jiangsu' }
              : one,
        ),
      },
    ])
    await make({ province: 'jiangsu', city: 'nj' })
  })

  it('refuses what leads nowhere or round', async () => {
    const draft = await openDraft(admin, [
      {
        kind: 'option_set',
        name: 'round',
        options: [
          { name: 'a', under: 'b' },
          { name: 'b', under: 'a' },
        ],
      },
      {
        kind: 'entity',
        name: 'bad',
        title: 'name',
        fields: [
          { name: 'name', type: 'text' },
          { name: 'a', type: 'select', options: [{ name: 'x' }], dependsOn: 'name' },
          { name: 'b', type: 'select', options: [{ name: 'x' }], dependsOn: 'c' },
          { name: 'c', type: 'select', options: [{ name: 'x' }], dependsOn: 'b' },
          { name: 'd', type: 'select', options: [{ name: 'y', under: 'z' }], dependsOn: 'f' },
          { name: 'e', type: 'select', options: [{ name: 'y' }], dependsOn: 'nobody' },
          { name: 'f', type: 'select', options: [{ name: 'x' }] },
        ],
      },
    ])
    const check = await admin.post(`/api/meta/changesets/${draft}/check`, {})
    const told = dataOf<{ problems: { code: string; path: string }[] }>(check, 200).problems
    expect(told.map(({ code, path }) => `${code} ${path}`).sort()).to.deep.equal([
      'META_REFERENCE_UNKNOWN /entity/bad/fields/5/dependsOn',
      ...[1, 2, 3].map((index) => `META_VALUE_INVALID /entity/bad/fields/${index}/dependsOn`),
      'META_VALUE_INVALID /option_set/round/options/0/under',
      'META_VALUE_INVALID /option_set/round/options/1/under',
      'RULE_OPTION_UNKNOWN /entity/bad/fields/4/options/0/under',
    ])
  })
})
