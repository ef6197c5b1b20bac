import { expect } from 'chai'
import excel from 'exceljs'
import { startEngine, type TestEngine } from '../support/engine.ts'
import type { Client } from '../support/http.ts'
import { httpTemplate, loginAs } from '../support/http-model.ts'

interface Proposed {
  readonly name: string
  readonly label: string
  readonly rows: number
  readonly preview: readonly (readonly string[])[]
  readonly fields: readonly {
    readonly name: string
    readonly header: string
    readonly type: string
    readonly to?: string
    readonly options?: readonly { readonly name: string; readonly label: string }[]
  }[]
}

describe('an entity from a spreadsheet', () => {
  let engine: TestEngine
  let admin: Client

  before(async () => {
    engine = await startEngine({ template: httpTemplate })
    admin = await engine.loginAdmin()
    for (const name of ['Acme', 'Birch', '华兴机械']) await admin.post('/api/records/company', { name })
  })
  after(() => engine.stop())

  const send = (content: BlobPart, name = '培训课程.csv', client = admin) => {
    const form = new FormData()
    form.set('file', new File([content], name))
    return client.post('/api/meta/proposals', form)
  }
  const propose = async (content: BlobPart, name?: string) =>
    (await send(content, name)).record as unknown as Proposed

  it('has a field for each column, named by its reading, of a type that takes its cells', async () => {
    const rows = [
      '课程名称,公司,学费,开课日期,级别',
      ...['Acme', 'Birch', '华兴机械', 'Acme', 'Acme', 'Birch'].map(
        (company, at) =>
          `课${at},${company},"1,${at}00",2026-0${at + 1}-03,${at % 2 === 0 ? '初级' : '高级'}`,
      ),
    ]
    const told = await propose(rows.join('\n'))
    expect([told.name, told.label, told.rows]).to.deep.equal(['pei_xun_ke_cheng', '培训课程', 6])
    expect(told.fields.map(({ name, type, to }) => [name, type, to])).to.deep.equal([
      ['ke_cheng_ming_cheng', 'text', undefined],
      ['gong_si', 'lookup', 'company'],
      ['xue_fei', 'currency', undefined],
      ['kai_ke_ri_qi', 'date', undefined],
      ['level', 'select', undefined],
    ])
    expect(told.fields[4]!.options).to.deep.equal([
      { name: 'chu_ji', label: '初级' },
      { name: 'gao_ji', label: '高级' },
    ])
    expect(told.preview[0]).to.deep.equal(['课0', 'Acme', '1,000', '2026-01-03', '初级'])
  })

  it('tells the cell that is something else by the row that the import tells it by', async () => {
    const rows = Array.from({ length: 40 }, (_, at) => `R${at},${at === 17 ? 'unknown' : '2026-03-04'}`)
    const told = await propose(['Code,Day', ...rows].join('\n'), 'visit.csv')
    expect(told.fields[1]).to.deep.include({
      ...{ type: 'date', misfits: { count: 1, row: 19, value: 'unknown' } },
    })
  })

  it('takes headings that are the same, empty, or no words, and formulas as text', async () => {
    const told = await propose("名称,名称,,📞,=1+1,id\na,b,c,d,=SUM(A1),1\n'=x,b,c,d,@e,2\n")
    expect(told.fields.map(({ name }) => name)).to.deep.equal([
      'name',
      'ming_cheng_2',
      'field_3',
      'field_4',
      'field_5',
      'id_field',
    ])
    expect(told.fields.map(({ type }) => type).slice(0, 5)).to.deep.equal(Array(5).fill('text'))
    expect(told.preview[1]![0]).to.equal('=x')
  })

  it('is read from a workbook as well, by its first sheet with cells', async () => {
    const book = new excel.Workbook()
    const sheet = book.addWorksheet('Kurse')
    sheet.addRow(['Course', 'Fee', 'Day'])
    for (let at = 1; at <= 6; at++) sheet.addRow([`C${at}`, at * 100.5, new Date(Date.UTC(2026, at, 3))])
    const bytes = new Uint8Array(await book.xlsx.writeBuffer())
    const told = await propose(bytes, 'course.xlsx')
    // It is called as its sheet is.
    expect([told.name, told.rows]).to.deep.equal(['kurse', 6])
    expect(told.fields.map(({ header, type }) => [header, type])).to.deep.equal([
      ['Course', 'text'],
      ['Fee', 'currency'],
      ['Day', 'date'],
    ])
    expect(told.preview[0]![0]).to.equal('C1')
  })

  const bad: readonly (readonly [string, BlobPart, string])[] = [
    ['no byte', '', 'IMPORT_FILE_EMPTY'],
    ['a heading of nothing', ',,,\n', 'IMPORT_FILE_EMPTY'],
    [
      'a thousand columns',
      Array.from({ length: 1000 }, (_, at) => `c${at}`).join(','),
      'IMPORT_FILE_UNREADABLE',
    ],
    ['half a workbook', new Uint8Array([0x50, 0x4b, 3, 4, 1, 2, 3]), 'IMPORT_FILE_UNREADABLE'],
    ['an old workbook', new Uint8Array([0xd0, 0xcf, 0x11, 0xe0, 1]), 'IMPORT_FILE_UNREADABLE'],
  ]
  for (const [what, content, code] of bad) {
    it(`is refused for ${what}: ${code}`, async () => {
      const answer = await send(content)
      expect([answer.status, answer.problems.map((one) => one.code)]).to.deep.equal([422, [code]])
    })
  }

  it('is proposed to who edits entities alone', async () => {
    const clerk = await loginAs(admin, 'clerk', ['clerk'])
    expect((await send('a\n1\n', 'a.csv', clerk)).status).to.equal(403)
    expect((await admin.post('/api/meta/proposals', {})).status).to.equal(415)
  })
})
