import { createHash } from 'node:crypto'
import { crc32, deflateSync } from 'node:zlib'
import { expect } from 'chai'
import { publishAll } from '../../support/drafts.ts'
import { startEngine, type TestEngine } from '../../support/engine.ts'
import { ESIGN_SECRET, ESIGN_TOKEN, type FakeEsign, sendEvent, startEsign } from '../../support/fake-esign.ts'
import type { Answer, Client } from '../../support/http.ts'
import { eventually, loginAs } from '../../support/http-model.ts'
import { readPdf } from '../../support/pdf.ts'

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
    { name: 'phone', type: 'text' },
    { name: 'signed', type: 'file' },
    { name: 'state', type: 'text' },
    { name: 'pieces', type: 'child_list', of: 'part', by: 'deal' },
  ],
} as const
const CUSTOMER = {
  ...{ kind: 'entity', name: 'customer', title: 'name' },
  fields: [{ name: 'name', type: 'text', required: true }],
} as const
/** What a deal is made of. */
const PART = {
  ...{ kind: 'entity', name: 'part', title: 'name' },
  fields: [
    { name: 'name', type: 'text', required: true },
    { name: 'price', type: 'currency' },
    { name: 'deal', type: 'lookup', to: 'deal', inverse: 'parts', onDelete: 'cascade' },
    { name: 'maker', type: 'lookup', to: 'customer', onDelete: 'clear' },
    { name: 'code', type: 'encrypted' },
  ],
} as const
/** Who writes documents and sees no parts. */
const WRITER = {
  ...{ kind: 'role', name: 'writer', default: { read: 'all' }, administration: ['definitions'] },
  entities: { part: { read: 'none' } },
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

const E_SIGN = {
  ...{ kind: 'connection', name: 'e_sign', connector: 'http' },
  settings: {
    ...{ url: '', needs: ['token', 'hook_secret'] },
    operations: [{ name: 'send', path: '/contracts', files: ['file'] }],
  },
} as const
const SIGNING = [
  { name: 'pdf', do: 'document', document: 'sheet', language: 'zh-CN' },
  {
    ...{ name: 'sent', do: 'call', connection: 'e_sign', operation: 'send', retry: { for: 'P1D' } },
    with: {
      ...{ title: { var: 'name' }, file: { var: 'steps.pdf.file' } },
      signers: [{ name: { var: 'customer.name' }, phone: { var: 'phone' } }],
    },
    onError: { SIGNER_UNKNOWN: [{ do: 'update', set: { state: 'nobody' } }, { do: 'stop' }] },
  },
  { do: 'update', set: { state: 'sent' } },
  {
    ...{ name: 'signed', do: 'wait', event: 'e_sign.finished', gives: { file: 'id' } },
    match: { reference: { var: 'steps.sent.reference' } },
  },
  { do: 'update', set: { state: 'signed', signed: { var: 'steps.signed.file' } } },
]

/** A red picture of so many pixels, as an address. */
function pngOf(width: number, height: number): string {
  const chunk = (kind: string, data: Buffer) => {
    const body = Buffer.concat([Buffer.from(kind), data])
    const frame = Buffer.alloc(8)
    frame.writeUInt32BE(data.length)
    frame.writeUInt32BE(crc32(body), 4)
    return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)])
  }
  const head = Buffer.from([0, 0, 0, 0, 0, 0, 0, 0, 8, 2, 0, 0, 0])
  head.writeUInt32BE(width)
  head.writeUInt32BE(height, 4)
  const row = Buffer.concat([Buffer.from([0]), Buffer.alloc(width * 3).fill(Buffer.from([200, 30, 30]))])
  const pixels = deflateSync(Buffer.concat(Array.from({ length: height }, () => row)))
  const begin = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  const parts = [begin, chunk('IHDR', head), chunk('IDAT', pixels), chunk('IEND', Buffer.alloc(0))]
  return `data:image/png;base64,${Buffer.concat(parts).toString('base64')}`
}

describe('a document', () => {
  let engine: TestEngine
  let admin: Client
  let lily: Client & { readonly id: string }
  let customer: string
  let esign: FakeEsign

  before(async () => {
    esign = await startEsign((phone) => phone === '13800138000')
    engine = await startEngine({ env: { TENON_ALLOWED_HOSTS: 'e_sign=127.0.0.1' } })
    admin = await engine.loginAdmin()
    await publishAll(admin, [
      ...[CUSTOMER, DEAL, PART, SELLER, WRITER],
      ...[flowOn('nothing', [{ do: 'stop' }])],
    ])
    expect((await admin.put('/api/meta/content/document/sheet', SHEET)).status).to.equal(200)
    const keep = { do: 'update', set: { pdf: { var: 'steps.made.file' } } }
    await publishAll(admin, [
      flowOn('chinese', [{ name: 'made', do: 'document', document: 'sheet', language: 'zh-CN' }, keep]),
      { ...E_SIGN, settings: { ...E_SIGN.settings, url: esign.url } },
      flowOn('sign', SIGNING),
      flowOn('english', [{ name: 'made', do: 'document', document: 'sheet', language: 'en' }, keep]),
    ])
    lily = await loginAs(admin, 'lily', ['seller'])
    customer = (await admin.post('/api/records/customer', { name: '上海华兴机械有限公司（喆）' })).record.id
  })
  after(async () => {
    await engine.stop()
    await esign.stop()
  })

  const deal = async (step: string, more: object = {}) => {
    const body = { name: '产线改造', step, amount: 80000.5, signed_on: '2031-03-05', level: 'a', customer }
    const made = await admin.post('/api/records/deal', { ...body, owner: lily.id, ...more })
    return made.record.id
  }
  const runOf = async (id: string) => (await admin.get(`/api/flows/runs?record=${id}`)).records[0]
  const made = async (id: string) => {
    await eventually(async () => (await runOf(id))?.state === 'done')
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

  it('is told by a simulation and leaves nothing', async () => {
    const id = await deal('nothing')
    const run = await admin.post('/api/flows/on_chinese/simulate', { record: id })
    const journal = run.record.journal as { state: string }[]
    expect(journal.map(({ state }) => state)).to.deep.equal(['done', 'done'])
    expect((await lily.get(`/api/records/deal/${id}/files`)).records).to.deep.equal([])
  })

  describe('that goes to be signed', () => {
    const stateOf = async (id: string) => (await lily.get(`/api/records/deal/${id}`)).record.state
    const secrets = (body: object) => admin.put('/api/connections/e_sign/secrets', body)

    it('waits for the secrets that the connection needs, then goes out whole, once', async () => {
      const id = await deal('sign', { phone: '13800138000' })
      const waiting = async () => (await admin.get('/api/connections/e_sign/calls')).records[0]
      await eventually(async () => JSON.stringify((await waiting()) ?? '').includes('CALL_SECRET_MISSING'))
      expect(esign.contracts).to.deep.equal([])
      const [connection] = (await admin.get('/api/connections')).records
      expect(connection).to.include({ name: 'e_sign', ready: false })
      await secrets({ token: ESIGN_TOKEN, hook_secret: ESIGN_SECRET })
      await eventually(async () => (await stateOf(id)) === 'sent')
      const [sent] = esign.contracts
      expect(sent).to.deep.include({
        ...{ title: '产线改造', name: '合同 产线改造.pdf' },
        signers: [{ name: '上海华兴机械有限公司（喆）', phone: '13800138000' }],
      })
      expect(readPdf(sent!.content).text).to.contain('设备采购合同')
      expect([esign.contracts.length, esign.faults]).to.deep.equal([1, []])
      expect(JSON.stringify((await waiting())!.input)).to.have.length.below(400)
    })

    it('comes back signed: its event carries the file, which the record has from then on', async () => {
      const id = await deal('sign', { phone: '13800138000', name: '二期' })
      await eventually(async () => (await stateOf(id)) === 'sent')
      const { reference, content } = esign.contracts.at(-1)!
      const signed = Buffer.concat([content, Buffer.from('% signed')])
      expect(await esign.sign(reference, engine.url, signed)).to.equal(202)
      await eventually(async () => (await stateOf(id)) === 'signed')
      expect(await esign.sign(reference, engine.url, signed)).to.equal(202)
      const record = (await lily.get(`/api/records/deal/${id}?expand=signed`)).record
      const file = record.signed as { readonly id: string; readonly label: string }
      expect(file.label).to.equal(`已签 ${reference}.pdf`)
      expect((await download(file.id)).bytes.equals(signed)).to.equal(true)
      const all = await admin.get(
        `/api/records/file?limit=200&filter=${JSON.stringify({ '==': [{ var: 'name' }, file.label] })}`,
      )
      expect(all.records.length).to.equal(1)
    })

    it('takes the steps for a signer that the other side does not know', async () => {
      const id = await deal('sign', { phone: '13900139000' })
      await eventually(async () => (await stateOf(id)) === 'nobody')
    })

    const file = (more: object) => ({
      file: { name: 'a.pdf', media_type: 'application/pdf', content: 'YQ==', ...more },
    })
    const bad = [
      { what: 'no base64', files: file({ content: 'Y?==' }) },
      { what: 'nothing in it', files: file({ content: '' }) },
      { what: 'no name', files: file({ name: 7 }) },
      { what: 'a key of its own', files: file({ path: '/etc' }) },
      { what: 'a bad key', files: { 'a b': file({}).file } },
      { what: 'a list', files: [file({}).file] },
    ]
    for (const { what, files } of bad) {
      it(`refuses an event whose file has ${what}, and keeps nothing`, async () => {
        const count = (await admin.get('/api/records/file?count=exact')).body as { count: number }
        const body = JSON.stringify({ id: `bad ${what}`, event: 'finished', data: {}, files })
        expect(await sendEvent(`${engine.url}/api/hooks/e_sign`, body)).to.equal(422)
        expect(await sendEvent(`${engine.url}/api/hooks/e_sign`, body, 'guess')).to.equal(401)
        expect(((await admin.get('/api/records/file?count=exact')).body as { count: number }).count).to.equal(
          count.count,
        )
      })
    }
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

  it('bears the logo of the workspace on the pages that it says, and is printed without one that is broken', async () => {
    const setting = (value: string) =>
      admin.put('/api/meta/content/setting/logo', { kind: 'setting', name: 'logo', value })
    const pictures = async (logo?: string) => {
      const body = `# Long\n\n${'A line of a contract.\n\n'.repeat(60)}`
      const own = { kind: 'document', name: 'long', entity: 'deal', title: 'x', body }
      const document = logo === undefined ? own : { ...own, logo }
      const shown = await admin.post('/api/meta/documents/preview', { document, language: 'en', pdf: true })
      const pdf = readPdf(Buffer.from(String(shown.record.pdf), 'base64'))
      expect(pdf.text).to.contain('A line of a contract.')
      return { on: pdf.pictures, shown: shown.record.logo }
    }
    expect(await pictures()).to.deep.equal({ on: [0, 0, 0], shown: null })
    const logo = pngOf(48, 16)
    expect((await setting(logo)).status).to.equal(200)
    expect(await pictures()).to.deep.equal({ on: [1, 1, 1], shown: logo })
    expect(await pictures('first_page')).to.deep.equal({ on: [1, 0, 0], shown: logo })
    expect(await pictures('none')).to.deep.equal({ on: [0, 0, 0], shown: null })
    const broken = `${logo.slice(0, 66)}AAAAAAAA`
    expect((await setting(broken)).status).to.equal(200)
    expect((await pictures()).on).to.deep.equal([0, 0, 0])
    expect((await setting(pngOf(5000, 1))).status).to.equal(200)
    expect(await pictures()).to.deep.equal({ on: [0, 0, 0], shown: null })
    expect((await admin.delete('/api/meta/content/setting/logo')).status).to.be.below(300)
  })

  it('goes through related records as far as who makes it sees them, and never leaves some out', async () => {
    const body =
      '| Part | Price |\n| --- | ---: |\n{{#each parts}}\n| {{name}} of {{maker.name}} | {{price}} |\n{{else}}\n| none | |\n{{/each}}\n'
    const document = { kind: 'document', name: 'parts', entity: 'deal', title: 'x', body }
    const id = await deal('nothing')
    await deal('nothing')
    const rowsFor = async (client: Client, more: object = { record: id }) => {
      const shown = await client.post('/api/meta/documents/preview', { document, language: 'en', ...more })
      if (shown.status !== 200) return wrong(shown)
      const [table] = shown.record.blocks as { rows: { words: { text: string }[] }[][] }[]
      return table!.rows.slice(1).map((row) => row.map(({ words }) => words[0]?.text ?? ''))
    }
    expect(await rowsFor(admin)).to.deep.equal([['none', '']])
    const part = (name: string, more: object = {}) => ({ name, deal: id, ...more })
    const create = [part('Bed', { price: 1200, maker: customer }), part('**Motor** | x'), { name: 'Other' }]
    expect((await admin.post('/api/records/part/bulk', { create })).status).to.be.below(300)
    const rows = [
      ['Bed of 上海华兴机械有限公司（喆）', 'CN¥1,200.00'],
      ['**Motor** | x of', ''],
    ]
    expect(await rowsFor(admin)).to.deep.equal(rows)
    const pieces = { ...document, body: body.replace('each parts', 'each pieces') }
    expect(await rowsFor(admin, { record: id, document: pieces })).to.deep.equal(rows)
    expect(await rowsFor(admin, {})).to.deep.equal([
      ['[name] of [name]', '[price]'],
      ['[name] of [name]', '[price]'],
    ])
    const writer = await loginAs(admin, 'wendy', ['writer'])
    expect(await rowsFor(writer)).to.deep.equal([['none', '']])
    for (let made = 0; made < 499; made += 250) {
      const many = Array.from({ length: Math.min(250, 499 - made) }, (_, index) => part(`P${made + index}`))
      expect((await admin.post('/api/records/part/bulk', { create: many })).status).to.be.below(300)
    }
    expect(await rowsFor(admin)).to.deep.equal(['DOCUMENT_TOO_LONG '])
  })

  const faults = [
    {
      what: 'a list that there is not',
      change: { body: '{{#each partz}}{{name}}{{/each}}' },
      fault: 'META_VALUE_INVALID /body',
    },
    {
      what: 'a field that related records have not',
      change: { body: '{{#each parts}}{{nmae}}{{/each}}' },
      fault: 'META_REFERENCE_UNKNOWN /body',
    },
    {
      what: 'a secret of related records',
      change: { body: '{{#each parts}}{{code}}{{/each}}' },
      fault: 'META_VALUE_INVALID /body',
    },
    {
      what: 'a list in its title',
      change: { title: '{{#each parts}}{{name}}{{/each}}' },
      fault: 'META_VALUE_INVALID /title',
    },
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
    expect(paths).to.have.members(
      ['on_chinese', 'on_english', 'on_sign'].map((name) => `${name} /steps/0/document`),
    )
    const fields = await admin.get('/api/meta/definitions/entity/deal/uses?item=terms')
    expect(fields.text).to.contain('/body/zh-CN')
  })
})
