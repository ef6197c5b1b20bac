import { expect } from 'chai'
import excel from 'exceljs'
import { openDraft } from '../support/drafts.ts'
import { startEngine, type TestEngine } from '../support/engine.ts'
import type { Client } from '../support/http.ts'
import { httpTemplate, loginAs } from '../support/http-model.ts'

const SHEET = '/api/meta/texts/sheet'
type Content = Buffer<ArrayBuffer> | string

describe('the sheet of all texts', () => {
  let engine: TestEngine
  let admin: Client
  before(async () => {
    engine = await startEngine({ template: httpTemplate })
    admin = await engine.loginAdmin()
  })
  after(() => engine.stop())

  const download = async (query = '') => {
    const response = await fetch(`${engine.url}${SHEET}${query}`, {
      headers: { authorization: `Bearer ${admin.token}` },
    })
    expect(response.headers.get('content-disposition')).to.match(/filename="texts-[\d-]+\.xlsx"/)
    const book = new excel.Workbook()
    await book.xlsx.load(await response.arrayBuffer())
    const sheet = book.worksheets[0]!
    const rows = new Map<string, readonly string[]>()
    sheet.eachRow((row) => {
      const [address = '', ...cells] = [1, 2, 3, 4].map((at) => row.getCell(at).text)
      rows.set(address, cells)
    })
    return { book, sheet, rows }
  }
  const send = (content: Content, name: string, who = admin) => {
    const form = new FormData()
    form.set('file', new File([content], name))
    return who.post(SHEET, form)
  }
  const rowsOf = async (content: Content, name: string) => (await send(content, name)).record.rows as unknown

  it('has a row for each text in force, and as a draft would have it', async () => {
    const { rows } = await download()
    expect(rows.get('Address 地址')).to.deep.equal(['Where 位置', '中文', 'English'])
    expect(rows.get('entity/company#label')?.[2]).to.equal('Company')
    const role = { kind: 'role', name: 'visitor', label: { en: '=1+1', 'zh-CN': '访客' } }
    const draft = await openDraft(admin, [role])
    const drafted = await download(`?changeset=${draft}`)
    expect(drafted.rows.get('role/visitor#label')).to.deep.equal(['访客', '访客', '=1+1'])
    expect((await download()).rows.has('role/visitor#label')).to.equal(false)
  })

  it('is read back as it was filled in, with the numbers of its rows; an empty cell says nothing', async () => {
    const { book, sheet } = await download()
    let at = 0
    sheet.eachRow((row, number) => {
      if (row.getCell(1).text === 'entity/company#label') at = number
      else if (number > 1) row.getCell(3).value = row.getCell(4).value = null
    })
    sheet.getRow(at).getCell(3).value = '往来单位'
    sheet.getRow(at).getCell(4).value = null
    const content = Buffer.from(new Uint8Array(await book.xlsx.writeBuffer()))
    expect(await rowsOf(content, 'texts.xlsx')).to.deep.equal([
      { row: at, address: 'entity/company#label', texts: { 'zh-CN': '往来单位' } },
    ])
    expect(await rowsOf('地址;en\r\nentity/company#label;"Two\r\nlines"\r\n', 'texts.csv')).to.deep.equal([
      { row: 2, address: 'entity/company#label', texts: { en: 'Two\nlines' } },
    ])
  })

  it('tells which cell holds the fault of a formula and which row has no address, and takes neither for a text', async () => {
    const { book, sheet } = await download()
    sheet.eachRow((row, number) => {
      if (number === 1) return
      const isCompany = row.getCell(1).text === 'entity/company#label'
      row.getCell(3).value = isCompany ? { error: '#REF!' } : null
      row.getCell(4).value = isCompany ? '#1 of all' : null
    })
    sheet.addRow(['', '', '无处', ''])
    const rows = await rowsOf(Buffer.from(new Uint8Array(await book.xlsx.writeBuffer())), 'texts.xlsx')
    expect((rows as Record<string, unknown>[]).map(({ row: _row, ...said }) => said)).to.deep.equal([
      { address: 'entity/company#label', texts: { en: '#1 of all' }, broken: ['zh-CN'] },
      { address: '', texts: { 'zh-CN': '无处' } },
    ])
  })

  const hostile: readonly (readonly [string, Content, string, string?])[] = [
    ['no sheet of texts', 'Name,Amount\nAcme,3\n', 'IMPORT_COLUMN_UNKNOWN'],
    [
      'a sheet without a language',
      'Address,Français\nentity/company#label,Société\n',
      'IMPORT_COLUMN_UNKNOWN',
    ],
    ['an archive that is no workbook', Buffer.from('504b030414000000', 'hex'), 'IMPORT_FILE_UNREADABLE'],
    ['a workbook of old', Buffer.from('d0cf11e0a1b11ae1', 'hex'), 'IMPORT_FILE_UNREADABLE'],
    ['nothing', '', 'IMPORT_FILE_EMPTY', ''],
    ['too many rows', `Address,English\n${'x,y\n'.repeat(20_001)}`, 'IMPORT_TOO_LONG'],
  ]
  for (const [what, content, code, path = '/file'] of hostile) {
    it(`is refused where it is ${what}`, async () => {
      const answer = await send(content, 'texts.xlsx')
      expect([answer.status, answer.problems[0]?.code, answer.problems[0]?.path]).to.deep.equal([
        422,
        code,
        path,
      ])
    })
  }

  it('is for who edits definitions', async () => {
    const clerk = await loginAs(admin, 'clerk', ['clerk'])
    expect((await clerk.get(SHEET)).status).to.equal(403)
    expect((await send('Address,English\n', 'x.csv', clerk)).status).to.equal(403)
    expect((await admin.get(`${SHEET}?changeset=x`)).problems[0]?.code).to.equal('META_CHANGESET_UNKNOWN')
  })
})
