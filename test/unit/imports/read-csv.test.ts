import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import { AppError } from '../../../engine/errors.ts'
import { inspectCsv, readRows } from '../../../engine/imports/read-csv.ts'
import { scratchFolder } from '../../support/scratch.ts'

const SUITES = join(import.meta.dirname, '../../../../shared/data/csv')

const folder = scratchFolder('csv')

function write(content: string | Uint8Array): string {
  const path = join(folder, 'file.csv')
  writeFileSync(path, content)
  return path
}

async function readAll(path: string): Promise<string[][]> {
  const file = await inspectCsv(path)
  const rows: string[][] = [[...file.headers]]
  for await (const row of readRows(file)) rows.push([...row.cells])
  expect(rows.length - 1).to.equal(file.rowCount)
  return rows
}

async function refusalOf(path: string): Promise<readonly [string, unknown]> {
  const fault: unknown = await readAll(path).catch((error: unknown) => error)
  if (!(fault instanceof AppError)) throw fault
  return [fault.code, fault.problems[0]?.params?.reason]
}

describe('a CSV file', () => {
  const texts: { title: string; content: string | Uint8Array; encoding: string; delimiter: string }[] = [
    { title: 'in UTF-8', content: '名称,城市\n华兴机械,苏州\n', encoding: 'utf-8', delimiter: ',' },
    {
      title: 'with a byte order mark',
      content: '\ufeff名称,城市\n华兴机械,苏州\n',
      encoding: 'utf-8',
      delimiter: ',',
    },
    { title: 'in GB18030', content: gb18030(), encoding: 'gb18030', delimiter: ',' },
    {
      title: 'in UTF-16',
      content: utf16('名称\t城市\n华兴机械\t苏州\n'),
      encoding: 'utf-16le',
      delimiter: '\t',
    },
    {
      title: 'with semicolons',
      content: '名称;城市\r\n华兴机械;苏州\r\n',
      encoding: 'utf-8',
      delimiter: ';',
    },
    { title: 'with bars', content: '名称|城市\n"华兴机械"|苏州', encoding: 'utf-8', delimiter: '|' },
    {
      title: 'with blank lines',
      content: '\n\n名称,城市\n\n华兴机械,苏州\n\n\n',
      encoding: 'utf-8',
      delimiter: ',',
    },
  ]
  for (const { title, content, encoding, delimiter } of texts) {
    it(`is read ${title}`, async () => {
      const path = write(content)
      const file = await inspectCsv(path)
      expect([file.encoding, file.delimiter, file.rowCount]).to.eql([encoding, delimiter, 1])
      expect(await readAll(path)).to.eql([
        ['名称', '城市'],
        ['华兴机械', '苏州'],
      ])
    })
  }

  it('is read in an encoding that a person names', async () => {
    const file = await inspectCsv(write(Buffer.from('name\ncaf\xe9\n', 'latin1')), {
      encoding: 'windows-1252',
    })
    const rows = []
    for await (const row of readRows(file)) rows.push(row)
    expect(rows).to.eql([{ index: 0, line: 2, cells: ['café'] }])
  })

  it('tells the line on which each row begins', async () => {
    const file = await inspectCsv(write('a,b\n1,"two\nlines"\n\n3,4\n'))
    const lines = []
    for await (const row of readRows(file)) lines.push([row.index, row.line])
    expect(lines).to.eql([
      [0, 2],
      [1, 5],
    ])
  })

  it('keeps what spreadsheets keep: spaces, quotes inside a cell, short and long rows', async () => {
    const rows = await readAll(write('a,b\n  x , say "hi"\n1\n1,2,3\n'))
    expect(rows.slice(1)).to.eql([['  x ', ' say "hi"'], ['1'], ['1', '2', '3']])
  })

  it('keeps the line ends inside a cell', async () => {
    expect(await readAll(write('a,b\r\n"x\r\ny",1\r\n"x\ny",2\r\n'))).to.eql([
      ['a', 'b'],
      ['x\r\ny', '1'],
      ['x\ny', '2'],
    ])
  })

  it('has the same digest as long as its bytes are the same', async () => {
    const one = await inspectCsv(write('a\n1\n'))
    const same = await inspectCsv(write('a\n1\n'))
    const other = await inspectCsv(write('a\n2\n'))
    expect([one.digest.equals(same.digest), one.digest.equals(other.digest)]).to.eql([true, false])
  })

  const refusals: { title: string; content: string | Uint8Array; code: string; reason?: string }[] = [
    { title: 'empty', content: '', code: 'IMPORT_FILE_EMPTY' },
    { title: 'of blank lines', content: '\n \n'.replace(' ', ''), code: 'IMPORT_FILE_EMPTY' },
    {
      title: 'in no known encoding',
      content: Buffer.from([0x61, 0x0a, 0xff, 0xff, 0x0a]),
      code: 'IMPORT_ENCODING_UNKNOWN',
    },
    {
      title: 'with a quote left open',
      content: 'a,b\n1,2\n3,"4\n5,6\n',
      code: 'IMPORT_FILE_UNREADABLE',
      reason: 'a quote that opens on line 3 is never closed',
    },
  ]
  for (const { title, content, code, reason } of refusals) {
    it(`is refused when it is ${title}`, async () => {
      const [found, why] = await refusalOf(write(content))
      expect([found, (why as { en: string } | undefined)?.en]).to.eql([code, reason])
    })
  }

  it('is refused when it is not there, a folder, or named with an unknown encoding', async () => {
    const missing = await refusalOf(join(folder, 'missing.csv'))
    const isFolder = await refusalOf(folder)
    expect([missing[0], isFolder[0]]).to.eql(['IMPORT_FILE_UNREADABLE', 'IMPORT_FILE_UNREADABLE'])
    const fault: unknown = await inspectCsv(write('a\n'), { encoding: 'klingon' }).catch(
      (error: unknown) => error,
    )
    expect((fault as AppError).code).to.equal('IMPORT_FILE_UNREADABLE')
  })
})

if (existsSync(SUITES)) describe('the public CSV suites', publicSuites)
else console.log('the public CSV suites: ../shared/data/csv is not here')

function publicSuites(): void {
  const spectrum = join(SUITES, 'csv-spectrum')
  // Copies that are not what they were: one lost its encoding, the other the line ends that it is about.
  const damaged = new Set(['location_coordinates', 'newlines_crlf'])
  for (const file of readdirSync(join(spectrum, 'csvs'))) {
    const name = file.replace('.csv', '')
    if (damaged.has(name)) continue
    it(`reads csv-spectrum/${name}`, async () => {
      const expected = JSON.parse(readFileSync(join(spectrum, 'json', `${name}.json`), 'utf8')) as unknown
      const [headers = [], ...rows] = await readAll(join(spectrum, 'csvs', file))
      expect(rows.map((cells) => asObject(headers, cells))).to.eql(expected)
    })
  }

  const data = join(SUITES, 'csv-test-data')
  // A file whose first row is empty has no header, so an import has nothing to go by.
  const headless = new Set(['all-empty'])
  for (const file of readdirSync(join(data, 'json'))) {
    const name = file.replace('.json', '')
    it(`reads csv-test-data/${name}`, async () => {
      const path = join(data, 'csv', `${name}.csv`)
      if (headless.has(name)) {
        expect(await refusalOf(path)).to.eql(['IMPORT_FILE_EMPTY', undefined])
        return
      }
      const expected = JSON.parse(readFileSync(join(data, 'json', file), 'utf8')) as unknown
      const [headers = [], ...rows] = await readAll(path)
      const found = name.startsWith('header-')
        ? rows.map((cells) => asObject(headers, cells))
        : [headers, ...rows]
      expect(found).to.eql(expected)
    })
  }

  it('reads or refuses with a problem every other file', async () => {
    const others = readdirSync(SUITES, { recursive: true, encoding: 'utf8' }).filter((file) =>
      /\.(csv|tsv)$/.test(file),
    )
    const strange: string[] = []
    for (const file of others) {
      await readAll(join(SUITES, file)).catch((fault: unknown) => {
        if (!(fault instanceof AppError)) strange.push(`${file}: ${String(fault)}`)
      })
    }
    expect([others.length > 60, strange]).to.eql([true, []])
  })
}

function asObject(headers: readonly string[], cells: readonly string[]): Record<string, string> {
  return Object.fromEntries(headers.map((header, index) => [header, cells[index] ?? '']))
}

/** 名称,城市 / 华兴机械,苏州 */
function gb18030(): Uint8Array {
  return Buffer.from('c3fbb3c62cb3c7cad00abbaad0cbbbfad0b52ccbd5d6dd0a', 'hex')
}

function utf16(text: string): Uint8Array {
  return Buffer.from(`\ufeff${text}`, 'utf16le')
}
