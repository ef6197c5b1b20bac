import { expect } from 'chai'
import { dataOf, publishAll } from '../../support/drafts.ts'
import { startEngine, type TestEngine } from '../../support/engine.ts'
import type { ApiRecord, Client } from '../../support/http.ts'

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
