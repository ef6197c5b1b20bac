import { expect } from 'chai'
import type { Entity, Field } from '../../../runtime-ui/api/types.ts'
import { cellsOf, isTable, tableOf, tsvOf } from '../../../runtime-ui/screens/list/clipboard/cells.ts'
import { readCell, takesText } from '../../../runtime-ui/screens/list/clipboard/read-cell.ts'
import { type TextSetting, valueText } from '../../../runtime-ui/values/value-text.ts'

const OPTIONS = [
  { name: 'a', label: 'Gold' },
  { name: 'b', label: 'Silver' },
]
const field = (type: string, more: object = {}) =>
  ({ name: 'f', type, label: 'F', writable: true, ...more }) as unknown as Field
const ENTITY = { name: 'e', pipelines: { f: [{ name: 'new', label: 'New' }] } } as unknown as Entity
const SETTING: TextSetting = {
  ...{ language: 'en', zone: 'Asia/Shanghai' },
  ...{ yes: 'Yes', no: 'No', hidden: 'Hidden' },
}

describe('the text of a value', () => {
  const cases: readonly (readonly [string, Field, unknown, string])[] = [
    ['nothing', field('text'), null, ''],
    ['a text as it is', field('text'), 'a\tb', 'a\tb'],
    ['money whole', field('currency'), 1286000.5, '1286000.5'],
    ['a fraction as percentage', field('percent'), 0.125, '12.5%'],
    ['no as a word', field('boolean'), false, 'No'],
    ['a day whole', field('date'), '2026-03-02', '2026-03-02'],
    ['an instant on the clock', field('date_time'), '2026-03-02T01:00:00.000Z', '2026-03-02 09:00'],
    ['a duration in words', field('duration'), 'PT2H30M', '2 h 30 min'],
    ['an option by its label', field('select', { options: OPTIONS }), 'a', 'Gold'],
    ['several options', field('multi_select', { options: OPTIONS }), ['a', 'b'], 'Gold; Silver'],
    ['a stage by its label', field('stage'), 'new', 'New'],
    ['a record by its name', field('lookup'), { id: '1', label: 'Acme' }, 'Acme'],
    ['a hidden record as hidden', field('lookup'), { id: null, label: null, hidden: true }, 'Hidden'],
    [
      'what could not be worked out as nothing',
      field('decimal', { computed: 'formula' }),
      { error: 'x' },
      '',
    ],
    ['what has no text of its own as JSON', field('json'), { a: 1 }, '{"a":1}'],
  ]
  for (const [what, one, value, text] of cases)
    it(`says ${what}`, () => expect(valueText(ENTITY, one, value, SETTING)).to.equal(text))
})

describe('cells of a spreadsheet', () => {
  const rows = [
    ['a', 'b "c"', 'd\ne'],
    ['', 'f\tg', '<h>'],
  ]

  it('come back as they went', () => expect(cellsOf(tsvOf(rows))).to.deep.equal(rows))
  it('end with the last line', () =>
    expect(cellsOf('a\tb\r\nc\td\r\n')).to.deep.equal([
      ['a', 'b'],
      ['c', 'd'],
    ]))
  it('keep a quote inside a cell', () => expect(cellsOf('5" pipe\tx')).to.deep.equal([['5" pipe', 'x']]))
  it('are a table of texts', () =>
    expect(tableOf([['a & b', '<i>']])).to.equal(
      '<table><tbody><tr><td>a &amp; b</td><td>&lt;i&gt;</td></tr></tbody></table>',
    ))
  it('are known by a tab or a second line', () =>
    expect(['a', 'a\n', 'a\tb', 'a\nb'].map(isTable)).to.deep.equal([false, false, true, true]))
})

describe('a pasted cell', () => {
  const cases: readonly (readonly [string, Field, string, unknown])[] = [
    ['empties a field', field('text'), ' ', null],
    ['is money with its signs', field('currency'), '¥1,286,000.50', 1286000.5],
    ['is no number with a word in it', field('integer'), '12 a', undefined],
    ['is no number grouped otherwise', field('decimal'), '1,28', undefined],
    ['is a percentage', field('percent'), '12.5 %', 0.125],
    ['is a yes', field('boolean'), '是', true],
    ['is a day', field('date'), '2026年3月2日', '2026-03-02'],
    ['is no day', field('date'), 'soon', undefined],
    ['is an option by label', field('select', { options: OPTIONS }), 'gold', 'a'],
    ['is several options', field('multi_select', { options: OPTIONS }), 'Gold; b', ['a', 'b']],
    ['is no option', field('select', { options: OPTIONS }), 'Bronze', undefined],
  ]
  for (const [what, one, cell, value] of cases)
    it(what, () => expect(readCell(one, cell)).to.deep.equal(value))

  it('fits no field that is not written, nor one of records', () =>
    expect([field('text', { writable: false }), field('lookup'), field('text')].map(takesText)).to.deep.equal(
      [...[false, false, true]],
    ))
})
