import { expect } from 'chai'
import { escapeMarkup, parseMarkup, type Words } from '../../../../engine/notify/documents/markup.ts'

const plain = (text: string): Words => (text === '' ? [] : [{ text, isStrong: false }])
const cell = (text: string, align: 'left' | 'center' | 'right' = 'left') => ({ words: plain(text), align })

describe('the markup of documents', () => {
  const cases = [
    { what: 'nothing', text: '', blocks: [] },
    {
      what: 'headings and paragraphs',
      text: '# 合同\n\n甲方\n乙方\n\n## 第一条\n正文',
      blocks: [
        { kind: 'heading', level: 1, words: plain('合同') },
        { kind: 'paragraph', words: plain('甲方\n乙方') },
        { kind: 'heading', level: 2, words: plain('第一条') },
        { kind: 'paragraph', words: plain('正文') },
      ],
    },
    {
      what: 'a list, a line, and strong words',
      text: '- one\n- **two** and\n---\n**a** b',
      blocks: [
        { kind: 'list', items: [plain('one'), [{ text: 'two', isStrong: true }, ...plain(' and')]] },
        { kind: 'line' },
        { kind: 'paragraph', words: [{ text: 'a', isStrong: true }, ...plain(' b')] },
      ],
    },
    {
      what: 'a table with a header, rows filled up',
      text: '| 名称 | 金额 | 备注 |\n| --- | ---: | :-: |\n| 机床 | 1 |',
      blocks: [],
      table: [
        [cell('名称'), cell('金额', 'right'), cell('备注', 'center')],
        [cell('机床'), cell('1', 'right'), cell('', 'center')],
      ],
    },
    {
      what: 'cells beside one another',
      text: '| 甲方： | 乙方： |',
      blocks: [{ kind: 'table', hasHeader: false, rows: [[cell('甲方：'), cell('乙方：')]] }],
    },
    {
      what: 'signs that are none',
      text: '#no\n-no\n2 * 3\n\\*\\*x\\*\\*',
      blocks: [{ kind: 'paragraph', words: plain('#no\n-no\n2 * 3\n**x**') }],
    },
  ]
  for (const { what, text, blocks, table } of cases) {
    it(`reads ${what}`, () => {
      const wanted = table === undefined ? blocks : [{ kind: 'table', hasHeader: true, rows: table }]
      expect(parseMarkup(text)).to.deep.equal(wanted)
    })
  }

  const values = [
    '# x',
    '- x',
    '---',
    '| a | b |',
    'a | b',
    '**x**',
    '\\',
    '\\*',
    '\\|',
    'a\n\n# b',
    'a\r\nb',
  ]
  for (const value of values) {
    it(`takes ${JSON.stringify(value)} for text, wherever it stands`, () => {
      const seen = value.replace(/\r\n/g, '\n')
      expect(parseMarkup(escapeMarkup(value))).to.deep.equal([{ kind: 'paragraph', words: plain(seen) }])
      const [table] = parseMarkup(`| ${escapeMarkup(value)} | b |`)
      expect(table).to.deep.equal({ kind: 'table', hasHeader: false, rows: [[cell(seen), cell('b')]] })
    })
  }
})
