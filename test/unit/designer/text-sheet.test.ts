import { expect } from 'chai'
import { outcomeOf, type TextRow } from '../../../designer/labels/text-sheet.ts'
import { textsOf } from '../../../metadata/texts-of.ts'

describe('a sheet of texts', () => {
  const places = textsOf({
    kind: 'entity',
    name: 'deal',
    label: { en: 'Deal', fr: 'Affaire' },
    fields: [
      { name: 'name', label: 'Name' },
      { name: 'stage', label: { en: 'Stage', 'zh-CN': '阶段' } },
    ],
  })
  const rows: readonly TextRow[] = [
    { row: 2, address: 'entity/deal#label', texts: { 'zh-CN': '旧' } },
    { row: 3, address: 'entity/deal#fields/name/label', texts: { 'zh-CN': '名称' } },
    { row: 4, address: 'entity/deal#fields/stage/label', texts: { en: 'Stage' } },
    { row: 5, address: 'entity/deal#fields/gone/label', texts: { en: 'Gone' } },
    { row: 6, address: 'entity/deal#label', texts: { 'zh-CN': '商机' } },
  ]

  it('changes what it says otherwise, beside the languages that it does not know', () => {
    const { changes, count, lost, changed } = outcomeOf(rows, places, () => true)
    expect([...changes]).to.deep.equal([
      [
        'entity/deal',
        [
          { path: ['label'], to: { en: 'Deal', fr: 'Affaire', 'zh-CN': '商机' } },
          { path: ['fields', '0', 'label'], to: { en: 'Name', 'zh-CN': '名称' } },
        ],
      ],
    ])
    expect(count).to.equal(2)
    expect(lost.map(({ row }) => row)).to.deep.equal([5])
    expect([...changed].sort()).to.deep.equal(['entity/deal/fields/0/label', 'entity/deal/label'])
  })

  it('leaves alone what a broken cell says, names its row, and a row without an address', () => {
    const { count, lost, broken } = outcomeOf(
      [
        { row: 2, address: 'entity/deal#fields/stage/label', texts: { 'zh-CN': '阶段' }, broken: ['en'] },
        { row: 3, address: '', texts: { en: 'Nowhere' } },
      ],
      places,
      () => true,
    )
    expect([count, lost.map(({ row }) => row), broken.map(({ row }) => row)]).to.deep.equal([0, [3], [2]])
  })

  it('changes nothing of a kind that one may not edit, and says so', () => {
    const { count, lost } = outcomeOf(rows, places, (kind) => kind !== 'entity')
    expect([count, lost.length]).to.deep.equal([0, 5])
  })
})
