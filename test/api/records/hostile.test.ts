import { expect } from 'chai'
import { stringify } from 'lossless-json'
import { HOSTILE_VALUES } from '../../support/hostile-values.ts'
import type { Client } from '../../support/http.ts'
import { listPath, make, startWorld, type World } from './world.ts'

const FIELDS = [
  ...[
    'name',
    'code',
    'email',
    'phone',
    'level',
    'amount',
    'discount',
    'staff',
    'score',
    'founded',
    'seen_at',
    'opens',
  ],
  ...[
    'active',
    'tags',
    'hobbies',
    'note',
    'extra',
    'parent',
    'campus',
    'manager',
    'products',
    'owner',
    'version',
    'id',
  ],
]

describe('hostile values in records', () => {
  let world: World
  let admin: Client
  let id: string

  before(async () => {
    world = await startWorld()
    admin = world.admin
    id = (await make(admin, 'account', { name: 'stays' })).id
  })
  after(() => world.stop())

  const isSmall = (value: unknown) => (stringify(value) ?? '').length < 100_000

  // What is too deep to be written as JSON here is refused by the reader of bodies anyway.
  for (const { name, value } of HOSTILE_VALUES.filter((hostile) => !hostile.name.includes('deep'))) {
    it(`answers ${name} in every field with a problem or a success`, async () => {
      const whole = Object.fromEntries(FIELDS.map((field) => [field, value]))
      const answers = [
        await admin.post('/api/records/account', stringify(isSmall(value) ? whole : { note: value }) ?? ''),
      ]
      answers.push(
        await admin.patch(
          `/api/records/account/${id}`,
          stringify(isSmall(value) ? whole : { name: value }) ?? '',
        ),
      )
      answers.push(
        await admin.post(
          '/api/records/order',
          stringify({ account: id, lines: value, stage: value, group: value }) ?? '',
        ),
      )
      if (isSmall(value)) {
        for (const field of FIELDS) {
          answers.push(
            await admin.post('/api/records/account', stringify({ name: 'x', [field]: value }) ?? ''),
          )
        }
        const filter = { '==': [{ var: 'name' }, value] }
        answers.push(
          await admin.post(
            '/api/records/account/query',
            stringify({ filter, sort: value, fields: value, expand: value }) ?? '',
          ),
        )
        for (const part of ['filter', 'sort', 'q', 'after', 'count', 'limit', 'deleted']) {
          answers.push(await admin.post('/api/records/account/query', stringify({ [part]: value }) ?? ''))
          answers.push(
            await admin.post(
              '/api/records/account/aggregate',
              stringify({ [part]: value, having: value }) ?? '',
            ),
          )
        }
        answers.push(
          await admin.post(
            '/api/records/account/bulk',
            stringify({ create: [{ name: value }], upsert: { key: 'code', records: [{ code: value }] } }) ??
              '',
          ),
        )
      }
      const bad = answers.filter((answer) => answer.status >= 500 || answer.text.includes('node_modules'))
      expect(bad.map((answer) => answer.text)).to.deep.equal([])
      expect((await admin.get(`/api/records/account/${id}`)).status).to.equal(200)
    })
  }

  const texts = [
    '%',
    '%%',
    '_',
    "'",
    '"',
    '\\',
    '$1',
    '$$',
    '{}',
    '#{x}',
    '<b>',
    '\u202e',
    '\ufeff',
    'ﷺ',
    '𠮷',
    '',
    '\n',
  ]
  for (const text of texts) {
    it(`keeps the text ${JSON.stringify(text)} byte for byte and finds it again`, async () => {
      const made = await admin.post('/api/records/account', {
        name: 'x',
        note: text,
        extra: { [`k${text}`]: text },
      })
      expect([made.status, made.record.note, made.record.extra]).to.deep.equal([
        201,
        text,
        { [`k${text}`]: text },
      ])
      const filter = { and: [{ '==': [{ var: 'id' }, made.record.id] }, { '==': [{ var: 'name' }, 'x'] }] }
      const found = await admin.get(listPath('account', { filter, fields: 'note' }))
      expect(found.records).to.deep.equal([{ id: made.record.id, note: text }])
    })
  }
})
