import { expect } from 'chai'
import { SYSTEM_ACTOR } from '../../../engine/access/actor.ts'
import { createModelStore } from '../../../engine/model/store.ts'
import { newId } from '../../../engine/model/uuid.ts'
import { requestContext } from '../../../engine/records/context.ts'
import { storeNew } from '../../../engine/records/store.ts'
import { dataOf, publishAll } from '../../support/drafts.ts'
import { startEngine, type TestEngine } from '../../support/engine.ts'
import type { ApiRecord, Client } from '../../support/http.ts'
import { fullRegistry } from '../../support/model-world.ts'

const INVOICE = {
  kind: 'entity',
  name: 'invoice',
  title: 'name',
  fields: [
    { name: 'name', type: 'text', required: true, unique: true },
    {
      name: 'number',
      type: 'auto_number',
      pattern: 'INV-{yyyy}-{####}',
      reset: 'year',
      gapless: true,
      unique: true,
    },
    { name: 'loose', type: 'auto_number', pattern: '{###}' },
    { name: 'paid', type: 'currency' },
    { name: 'lines', type: 'child_list', of: 'line', by: 'invoice' },
  ],
}
const LINE = {
  kind: 'entity',
  name: 'line',
  title: 'name',
  fields: [
    { name: 'name', type: 'text', required: true },
    { name: 'invoice', type: 'lookup', to: 'invoice', onDelete: 'cascade' },
  ],
}
const POSITIVE = {
  kind: 'validation',
  name: 'positive',
  entity: 'invoice',
  must: { '>=': [{ var: ['paid', 0] }, 0] },
  problem: { message: 'Not below nothing.' },
}

const PERIODS = {
  kind: 'entity',
  name: 'slip',
  title: 'name',
  fields: [
    { name: 'name', type: 'text', required: true },
    ...(['day', 'month', 'year'] as const).map((reset) => ({
      ...{ name: `by_${reset}`, type: 'auto_number', gapless: true, reset },
      pattern: '{yyyy}{mm}{dd}-{##}',
    })),
  ],
}

/** A and B, each of which brings one of the other with it. */
const pair = (name: string, other: string) => [
  {
    ...{ kind: 'entity', name, title: 'name' },
    fields: [
      { name: 'name', type: 'text', required: true },
      { name: 'number', type: 'auto_number', pattern: '{####}', gapless: true },
      { name: 'stage', type: 'stage' },
    ],
  },
  {
    ...{ kind: 'pipeline', name: `${name}_flow`, entity: name, field: 'stage' },
    stages: [
      { name: 'open', type: 'open', next: ['done'] },
      {
        ...{ name: 'done', type: 'won' },
        onEnter: [{ do: 'create', entity: other, set: { name: 'brought' } }],
      },
    ],
  },
]

describe('gapless numbers', () => {
  let engine: TestEngine
  let admin: Client
  let names = 0
  before(async () => {
    engine = await startEngine()
    admin = await engine.loginAdmin()
    await publishAll(admin, [INVOICE, LINE, POSITIVE])
  })
  after(() => engine.stop())

  const path = '/api/records/invoice'
  const body = (more: object = {}) => ({ name: `Invoice ${++names}`, ...more })
  const numbers = async () => {
    const list = (await admin.get(`${path}?fields=number&limit=200`)).records
    return list.map(({ number }) => Number(String(number).slice(-4))).sort((a, b) => a - b)
  }
  const upTo = (count: number) => Array.from({ length: count }, (_, index) => index + 1)

  it('come with the record', async () => {
    const { number, version } = dataOf<ApiRecord>(await admin.post(path, body()), 201)
    expect([number, version]).to.match(/^INV-\d{4}-0001,1$/)
  })

  it('are used up by nothing that is not stored', async () => {
    const before = (await numbers()).length
    const bad = [
      await admin.post(path, body({ paid: -1 })),
      await admin.post(path, { name: 'Invoice 1' }),
      await admin.post(path, body({ lines: [{ name: 'a' }, {}] })),
      await admin.post(`${path}/bulk`, { create: [body(), body({ paid: -1 })] }),
    ]
    expect(bad.map(({ status }) => status)).to.deep.equal([422, 409, 422, 422])
    expect((await admin.post(`${path}?dry_run=1`, body())).status).to.be.lessThan(500)
    dataOf(await admin.post(path, body({ lines: [{ name: 'a' }] })), 201)
    dataOf(await admin.post(`${path}/bulk`, { create: [body(), body()] }), 200)
    await admin.post(`${path}/bulk`, { create: [body(), body({ paid: -1 }), body()], atomic: false })
    expect(await numbers()).to.deep.equal(upTo(before + 5))
  })

  it('stay without a gap when many write at once, some in vain', async () => {
    const before = (await numbers()).length
    const answers = await Promise.all(
      Array.from({ length: 40 }, (_, index) => admin.post(path, body(index % 4 === 0 ? { paid: -1 } : {}))),
    )
    const stored = answers.filter(({ status }) => status === 201).length
    expect(stored).to.equal(30)
    expect(await numbers()).to.deep.equal(upTo(before + 30))
  })

  it('begin anew with the day, the month and the year, each without a gap', async () => {
    await publishAll(admin, [PERIODS])
    const { database: db } = engine
    const [registry, found] = [fullRegistry(), [] as string[]]
    const models = await createModelStore(db, registry)
    const model = (await models.current('default'))!
    const entity = model.entities.get('slip')!
    for (const at of ['2026-11-29', '2026-11-30', '2026-11-30', '2026-12-01', '2027-01-01', '2027-01-01']) {
      const context = requestContext({
        ...{ model, actor: SYSTEM_ACTOR, db, search: registry.search(), via: 'system' as const },
        now: () => new Date(`${at}T04:00:00Z`),
      })
      const record = { id: newId(), values: new Map([[entity.fields.get('name')!, at]]), path: '' }
      const json = JSON.parse(await storeNew(context, entity, record, undefined)) as ApiRecord
      found.push([json.by_day, json.by_month, json.by_year].map((text) => String(text).slice(-2)).join(' '))
    }
    await models.close()
    expect(found).to.deep.equal(['01 01 01', '01 02 02', '02 03 03', '01 01 04', '01 01 01', '02 02 02'])
  })

  it('are taken in one order by writes that need several series', async () => {
    await publishAll(admin, [...pair('alpha', 'beta'), ...pair('beta', 'alpha')] as never)
    const answers = await Promise.all(
      Array.from({ length: 40 }, (_, index) =>
        admin.post(`/api/records/${index % 2 === 0 ? 'alpha' : 'beta'}`, { name: 'own', stage: 'done' }),
      ),
    )
    expect(answers.map(({ status }) => status)).to.deep.equal(answers.map(() => 201))
    const { rows } = await engine.database.query<{ deadlocks: string }>({
      text: 'SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()',
    })
    expect(Number(rows[0]!.deadlocks)).to.equal(0)
    for (const entity of ['alpha', 'beta']) {
      const list = (await admin.get(`/api/records/${entity}?fields=number&limit=200`)).records
      expect(list.map(({ number }) => Number(number)).sort((a, b) => a - b)).to.deep.equal(upTo(40))
    }
  })

  it('go on where numbers with gaps ended', async () => {
    const fields = INVOICE.fields.map((field) =>
      field.name === 'loose' ? { ...field, gapless: true } : field,
    )
    const last = dataOf<ApiRecord>(await admin.post(path, body()), 201)
    await publishAll(admin, [{ ...INVOICE, fields }])
    const next = dataOf<ApiRecord>(await admin.post(path, body()), 201)
    expect(Number(next.loose)).to.equal(Number(last.loose) + 1)
  })
})
