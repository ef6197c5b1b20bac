import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { deflateRawSync } from 'node:zlib'
import { expect } from 'chai'
import excel from 'exceljs'
import { refuse } from '../../../engine/errors.ts'
import { convertWorkbook } from '../../../engine/imports/read-workbook.ts'
import { scratchFolder } from '../../support/scratch.ts'

const SHEET = 'xl/worksheets/sheet1.xml'
const BOOK = '<workbook xmlns:r="r"><sheets><sheet name="S" r:id="a"/></sheets></workbook>'
const LINKS = '<Relationships><Relationship Id="a" Target="worksheets/sheet1.xml"/></Relationships>'

describe('a workbook as CSV', function () {
  this.timeout(180_000)
  let folder: string
  let serial = 0

  before(() => {
    folder = scratchFolder('workbooks')
  })

  async function read(bytes: Uint8Array, most = 100) {
    const path = join(folder, `${++serial}.xlsx`)
    writeFileSync(path, bytes)
    const fault = (why: string) => refuse('IMPORT_FILE_UNREADABLE', '/file', { params: { reason: why } })
    const told = await convertWorkbook(path, `${path}.csv`, most, fault)
    return { ...told, lines: readFileSync(`${path}.csv`, 'utf8').split('\r\n').slice(0, -1) }
  }
  const faultOf = async (bytes: Uint8Array, most?: number) => {
    try {
      await read(bytes, most)
    } catch (error) {
      return (error as { problems: readonly { params: { reason: string } }[] }).problems[0]!.params.reason
    }
    return 'none'
  }

  it('says what people see: texts, days, clocks, numbers, answers of formulas', async () => {
    const book = new excel.Workbook()
    const hidden = book.addWorksheet('Notes', { state: 'hidden' })
    hidden.addRow(['not this one'])
    const sheet = book.addWorksheet('客户')
    sheet.addRow([])
    sheet.addRow(['名称', 'Day', 'At', 'Clock', 'Sum', 'Yes', 'Phone'])
    const row = sheet.addRow([
      '华兴 "A" & <B>\nline',
      new Date('2026-03-02T00:00:00Z'),
      new Date('2026-03-02T09:30:00Z'),
    ])
    row.getCell(2).numFmt = 'yyyy"年"m"月"d"日"'
    row.getCell(3).numFmt = 'yyyy-mm-dd hh:mm'
    row.getCell(4).value = 0.375
    row.getCell(4).numFmt = 'h:mm'
    row.getCell(5).value = { formula: '0.1+0.2', result: 0.1 + 0.2 }
    row.getCell(6).value = true
    row.getCell(7).value = 13800138000
    sheet.addRow([])
    sheet.addRow([{ richText: [{ text: 'Rich ' }, { text: 'text' }] }, undefined, undefined, undefined, 1e21])
    const { lines, numbers, sheet: name } = await read(new Uint8Array(await book.xlsx.writeBuffer()))
    expect({ lines: lines.join('\r\n'), numbers, name }).to.deep.equal({
      lines: [
        '"名称","Day","At","Clock","Sum","Yes","Phone"',
        '"华兴 ""A"" & <B>\nline","2026-03-02","2026-03-02 09:30:00","09:00:00","0.3","true","13800138000"',
        '"Rich text","","","","1000000000000000000000","",""',
      ].join('\r\n'),
      numbers: [3, 5],
      name: '客户',
    })
  })

  it('counts days as the first spreadsheets did, and from 1904 where the workbook does', async () => {
    const cell = (serial: number) => `<c s="0"><v>${serial}</v></c>`
    const sheet = `<worksheet><sheetData><row>${[1, 59, 61, 46083].map(cell).join('')}</row></sheetData></worksheet>`
    const styles = '<styleSheet><cellXfs><xf numFmtId="14"/></cellXfs></styleSheet>'
    const parts = {
      'xl/workbook.xml': BOOK,
      'xl/_rels/workbook.xml.rels': LINKS,
      [SHEET]: sheet,
      'xl/styles.xml': styles,
    }
    expect((await read(zip(parts))).lines).to.deep.equal([
      '"1900-01-01","1900-02-28","1900-03-01","2026-03-02"',
    ])
    const since1904 = BOOK.replace('<sheets>', '<workbookPr date1904="1"/><sheets>')
    expect((await read(zip({ ...parts, 'xl/workbook.xml': since1904 }))).lines).to.deep.equal([
      '"1904-01-02","1904-02-29","1904-03-02","2030-03-03"',
    ])
  })

  const parts = { 'xl/workbook.xml': BOOK, 'xl/_rels/workbook.xml.rels': LINKS }
  const rows = (count: number) =>
    `<worksheet><sheetData>${'<row><c><v>1</v></c></row>'.repeat(count)}</sheetData></worksheet>`
  const wide = '<worksheet><sheetData><row><c r="XFD1"><v>1</v></c></row></sheetData></worksheet>'
  const doctype = '<!DOCTYPE a [<!ENTITY b "c">]><worksheet/>'
  const faults: readonly (readonly [string, () => Uint8Array, string])[] = [
    ['noise', () => Buffer.concat([Buffer.from('PK\x03\x04'), randomBytes(5000)]), 'broken'],
    ['another archive', () => zip({ 'a.txt': 'b' }), 'broken'],
    ['a sheet that ends early', () => zip({ ...parts, [SHEET]: '<worksheet><sheetData><row><c' }), 'broken'],
    ['entities of its own', () => zip({ ...parts, [SHEET]: doctype }), 'broken'],
    ['too many rows', () => zip({ ...parts, [SHEET]: rows(200) }), 'long'],
    ['too many columns', () => zip({ ...parts, [SHEET]: wide }), 'wide'],
    [
      'a part that unpacks to more than fits',
      () => zip({ ...parts, [SHEET]: Buffer.alloc(130 * 1024 * 1024, 32) }),
      'large',
    ],
  ]
  for (const [what, bytes, why] of faults)
    it(`refuses ${what}`, async () => {
      expect(await faultOf(bytes())).to.equal(why)
      expect(existsSync(join(folder, `${serial}.xlsx.csv`))).to.equal(false)
    })
})

/** An archive of parts, whose lengths and places are all that its reader goes by. */
function zip(parts: Readonly<Record<string, string | Buffer>>): Uint8Array {
  const files: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const [name, content] of Object.entries(parts)) {
    const packed = deflateRawSync(content)
    const title = Buffer.from(name)
    const local = Buffer.alloc(30)
    local.writeUInt32LE(0x04034b50, 0)
    local.writeUInt16LE(title.length, 26)
    const entry = Buffer.alloc(46)
    entry.writeUInt32LE(0x02014b50, 0)
    entry.writeUInt16LE(8, 10)
    entry.writeUInt32LE(packed.length, 20)
    entry.writeUInt16LE(title.length, 28)
    entry.writeUInt32LE(offset, 42)
    files.push(local, title, packed)
    directory.push(entry, title)
    offset += 30 + title.length + packed.length
  }
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(Object.keys(parts).length, 10)
  end.writeUInt32LE(offset, 16)
  return Buffer.concat([...files, ...directory, end])
}
