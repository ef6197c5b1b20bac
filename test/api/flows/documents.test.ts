import { createHash } from 'node:crypto'
import { expect } from 'chai'
import { publishAll } from '../../support/drafts.ts'
import { startEngine, type TestEngine } from '../../support/engine.ts'
import type { Answer, Client } from '../../support/http.ts'
import { loginAs } from '../../support/http-model.ts'
import { readPdf } from '../../support/pdf.ts'
import { soon } from '../telling-world.ts'

const DEAL = {
  ...{ kind: 'entity', name: 'deal', title: 'name', owned: true, features: ['files'] },
  label: { en: 'Deal', 'zh-CN': '商机' },
  fields: [
    { name: 'name', type: 'text', required: true },
    { name: 'step', type: 'text' },
    { name: 'amount', type: 'currency' },
    { name: 'signed_on', type: 'date' },
    { name: 'terms', type: 'long_text' },
    { name: 'customer', type: 'lookup', to: 'customer', onDelete: 'clear' },
    { name: 'level', type: 'select', options: [{ name: 'a', label: { en: 'Major', 'zh-CN': '重点客户' } }] },
    { name: 'pdf', type: 'file' },
  ],
} as const
const CUSTOMER = {
  ...{ kind: 'entity', name: 'customer', title: 'name' },
  fields: [{ name: 'name', type: 'text', required: true }],
} as const
const SELLER = {
  ...{ kind: 'role', name: 'seller', default: { read: 'none' } },
  entities: { deal: { create: true, read: 'own', update: 'own' } },
} as const
const SHEET = {
  ...{ kind: 'document', name: 'sheet', entity: 'deal' },
  title: { en: 'Contract {{name}}', 'zh-CN': '合同 {{name}}' },
  body: {
    en: '# Contract\n\n{{customer.name}} pays {{amount}} on {{signed_on}} ({{level}}).\n\n{{terms}}',
    'zh-CN':
      '# 设备采购合同\n\n甲方：**{{customer.name}}**，签订日期 {{signed_on}}\n\n| 名称 | 金额 |\n| --- | ---: |\n| {{name}} | {{amount}} |\n\n{{#if terms}}## 特别约定\n\n{{terms}}{{/if}}',
  },
} as const
const flowOn = (step: string, steps: readonly object[]) => ({
  ...{ kind: 'flow', name: `on_${step}`, steps },
  trigger: { record: 'deal', on: ['created'], when: { '==': [{ var: 'step' }, step] } },
})

describe('a document', function () {
  this.timeout(60_000)
  let engine: TestEngine
  let admin: Client
  let lily: Client & { readonly id: string }
  let customer: string

  before(async () => {
    engine = await startEngine()
    admin = await engine.loginAdmin()
    await publishAll(admin, [...[CUSTOMER, DEAL, SELLER], ...[flowOn('nothing', [{ do: 'stop' }])]])
    expect((await admin.put('/api/meta/content/document/sheet', SHEET)).status).to.equal(200)
    const keep = { do: 'update', set: { pdf: { var: 'steps.made.file' } } }
    await publishAll(admin, [
      flowOn('chinese', [{ name: 'made', do: 'document', document: 'sheet', language: 'zh-CN' }, keep]),
      flowOn('english', [{ name: 'made', do: 'document', document: 'sheet', language: 'en' }, keep]),
    ])
    lily = await loginAs(admin, 'lily', ['seller'])
    customer = (await admin.post('/api/records/customer', { name: '上海华兴机械有限公司（喆）' })).record.id
  })
  after(() => engine.stop())

  const deal = async (step: string, more: object = {}) => {
    const body = { name: '产线改造', step, amount: 80000.5, signed_on: '2031-03-05', level: 'a', customer }
    const made = await admin.post('/api/records/deal', { ...body, owner: lily.id, ...more })
    return made.record.id
  }
  const runOf = async (id: string) => (await admin.get(`/api/flows/runs?record=${id}`)).records[0]
  const made = async (id: string) => {
    await soon(async () => (await runOf(id))?.state === 'done')
    const { pdf } = (await lily.get(`/api/records/deal/${id}`)).record as unknown as { pdf: string }
    return pdf
  }
  const download = async (id: string): Promise<{ answer: Response; bytes: Buffer }> => {
    const answer = await fetch(`${engine.url}/api/files/${id}`, {
      headers: { authorization: `Bearer ${lily.token}` },
    })
    return { answer, bytes: Buffer.from(await answer.arrayBuffer()) }
  }
  const wrong = ({ problems }: Answer) => problems.map(({ code, path }) => `${code} ${path}`)

  it('is made of a record in Chinese, kept with it, and read by who reads the record', async () => {
    const id = await deal('chinese', { terms: '# 交货\n**30** 日内 | 逾期按日计息' })
    const file = await made(id)
    const { answer, bytes } = await download(file)
    expect([answer.status, answer.headers.get('content-type')]).to.deep.equal([200, 'application/pdf'])
    expect(decodeURIComponent(answer.headers.get('content-disposition') ?? '')).to.contain(
      '合同 产线改造.pdf',
    )
    const pdf = readPdf(bytes)
    expect(pdf.isWhole, pdf.fonts.join()).to.equal(true)
    expect(pdf.pages).to.equal(1)
    const { text } = pdf
    for (const part of [
      ...['设备采购合同', '甲方：上海华兴机械有限公司（喆）', '签订日期 2031年3月5日', '¥80,000.50'],
      ...['特别约定', '# 交货', '**30** 日内 | 逾期按日计息', '1 / 1'],
    ])
      expect(text).to.contain(part)
    expect(bytes.length).to.be.lessThan(250_000)
    const files = (await lily.get(`/api/records/deal/${id}/files`)).records
    expect(files.map(({ id: one, name, media_type }) => ({ one, name, media_type }))).to.deep.equal([
      { one: file, name: '合同 产线改造.pdf', media_type: 'application/pdf' },
    ])
    const digest = createHash('sha256').update(bytes).digest('hex')
    expect(answer.headers.get('etag')).to.equal(`"${digest}"`)
  })

  it('is written in the language that the step says, with its money and dates', async () => {
    const { bytes } = await download(await made(await deal('english', { name: 'Line <b>2</b>/3' })))
    const text = readPdf(bytes).text
    expect(text).to.contain('pays CN¥80,000.50 on March 5, 2031 (Major).')
    expect(text).to.not.contain('特别约定')
  })

  it('stands in the journal once, with a sentence', async () => {
    const id = await deal('chinese')
    const file = await made(id)
    const run = await admin.get(`/api/flows/runs/${(await runOf(id))!.id}`)
    const [step] = run.record.journal as { sentence: string; output: unknown }[]
    expect(step!.output).to.deep.equal({ file })
    expect(step!.sentence).to.contain('PDF')
    const files = (await admin.get(`/api/records/deal/${id}/files`)).records
    expect(files.map((one) => one.id)).to.deep.equal([file])
  })
    expect(rows.rows.length).to.equal(1)
  })

  it('is told by a simulation and leaves nothing', async () => {
    const id = await deal('nothing')
    const run = await admin.post('/api/flows/on_chinese/simulate', { record: id })
    const journal = run.record.journal as { state: string }[]
    expect(journal.map(({ state }) => state)).to.deep.equal(['done', 'done'])
    expect((await lily.get(`/api/records/deal/${id}/files`)).records).to.deep.equal([])
  })

  it('is previewed with labels or a record, and printed when asked', async () => {
    const preview = (body: object, client = admin) => client.post('/api/meta/documents/preview', body)
    const sample = await preview({ name: 'sheet', language: 'en' })
    expect(sample.record).to.deep.include({ title: 'Contract [name]', pdf: null })
    const id = await deal('nothing')
    const shown = await preview({ name: 'sheet', language: 'zh-CN', record: id, pdf: true })
    const bytes = Buffer.from(String(shown.record.pdf), 'base64')
    expect(readPdf(bytes).text).to.contain('设备采购合同')
    expect((await preview({ name: 'sheet' }, lily)).status).to.equal(403)
    expect(wrong(await preview({ name: 'shet' }))).to.deep.equal(['META_DEFINITION_UNKNOWN /name'])
    expect((await preview({ name: 'sheet', record: customer })).status).to.equal(404)
    expect((await preview({ name: 'sheet', pdf: 'yes' })).status).to.equal(422)
  })

  const faults = [
    {
      what: 'a field that there is not',
      change: { body: '{{nmae}}' },
      fault: 'META_REFERENCE_UNKNOWN /body',
    },
    {
      what: 'a way to the prototype',
      change: { body: '{{name.constructor}}' },
      fault: 'META_VALUE_INVALID /body',
    },
    {
      what: 'a helper that there is not',
      change: { title: '{{lookup name}}' },
      fault: 'META_VALUE_INVALID /title',
    },
    { what: 'a secret', change: { body: '{{owner.password}}' }, fault: 'META_VALUE_INVALID /body' },
  ]
  for (const { what, change, fault } of faults) {
    it(`is refused with ${what}, saved and in a preview`, async () => {
      const document = { ...SHEET, ...change }
      expect(wrong(await admin.put('/api/meta/content/document/sheet', document))).to.deep.equal([fault])
      const shown = await admin.post('/api/meta/documents/preview', { document })
      expect(wrong(shown)).to.deep.equal([fault.replace(' ', ' /document')])
    })
  }

  it('is refused of records that keep no files', async () => {
    const document = { ...SHEET, name: 'other', entity: 'customer', title: 'x', body: 'x' }
    expect(wrong(await admin.put('/api/meta/content/document/other', document))).to.deep.equal([
      'META_VALUE_INVALID /entity',
    ])
  })

  it('follows a renamed field, and tells where it is used', async () => {
    const uses = await admin.get('/api/meta/definitions/document/sheet/uses')
    const paths = (uses.records as unknown as { definition: { name: string }; path: string }[]).map(
      ({ definition, path }) => `${definition.name} ${path}`,
    )
    expect(paths).to.have.members(['on_chinese /steps/0/document', 'on_english /steps/0/document'])
    const fields = await admin.get('/api/meta/definitions/entity/deal/uses?item=terms')
    expect(fields.text).to.contain('/body/zh-CN')
  })
})
