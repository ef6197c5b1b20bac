import { expect } from 'chai'
import { nameOf } from '../../../engine/search/name-for.ts'
import { takenNames } from '../../../metadata/name-for.ts'

const cases: readonly (readonly [string, string | undefined])[] = [
  ['Contract amount (¥)', 'contract_amount'],
  ['客户名称', 'ke_hu_ming_cheng'],
  ['电话', 'phone'],
  ['重庆 office', 'chong_qing_office'],
  ['Größe', 'grosse'],
  ['2026 plan', 'plan'],
  ['📞', undefined],
  ['123', undefined],
  ['', undefined],
  ['Owner', 'owner_field'],
  ['ID', 'id_field'],
  ['Ｆｕｌｌ　ｗｉｄｔｈ', 'full_width'],
  ['x'.repeat(60), 'x'.repeat(40)],
]

describe('a name for what people call something', () => {
  for (const [label, name] of cases) {
    it(`${label} → ${String(name)}`, () => {
      expect(nameOf(label)).to.equal(name)
    })
  }

  it('is given once', () => {
    const take = takenNames()
    const long = 'y'.repeat(40)
    expect([take('a'), take('a'), take('a'), take(long), take(long)]).to.deep.equal([
      'a',
      'a_2',
      'a_3',
      long,
      `${'y'.repeat(38)}_2`,
    ])
  })
})
