import { expect } from 'chai'
import { registerBuiltInFields } from '../../../engine/fields/built-in.ts'
import { type ProposalSource, proposeFields } from '../../../engine/imports/propose-fields.ts'
import { createValueAjv } from '../../../engine/model/validate-value.ts'
import type { FieldContext } from '../../../engine/registry/field-type.ts'
import { createRegistry } from '../../../engine/registry/registry.ts'

const registry = createRegistry()
registerBuiltInFields(registry)
const ajv = createValueAjv()

const SOURCE: Omit<ProposalSource, 'columns'> = {
  typeOf: (name) => registry.fieldType(name),
  isValid: (name, value) =>
    ajv.validate(
      registry.fieldType(name)!.valueSchema({ name, type: name }, { currency: 'CNY' } as FieldContext),
      value,
    ) === true,
  entityOf: () => undefined,
}

const propose = (header: string, cells: readonly string[], known: readonly string[] = []) =>
  proposeFields({
    ...SOURCE,
    columns: [{ header, cells }],
    entityOf: (names) =>
      known.length > 0 && names.every((name) => known.includes(name)) ? 'account' : undefined,
  })[0]!

const cases: readonly (readonly [string, readonly string[], string])[] = [
  ['数量', ['1', '22', '3,000'], 'integer'],
  ['重量', ['1.5', '22'], 'decimal'],
  ['合同金额', ['1200', '33.5'], 'currency'],
  ['Worth', ['¥1,200.00', '￥3'], 'currency'],
  ['折扣', ['10%', '12.5%'], 'percent'],
  ['签约日期', ['2026-03-02', '2026/4/1', '2026年5月6日'], 'date'],
  ['Met', ['2026-03-02 09:30', '2026-03-02 10:00:00'], 'date_time'],
  ['启用', ['是', '否', '', '是'], 'boolean'],
  ['Flag', ['0', '1', '1'], 'integer'],
  ['邮箱', ['li.wei@example.com', 'a@b.co'], 'email'],
  ['网址', ['https://example.com', 'http://a.cn/x'], 'url'],
  ['Site', ['https://example.com', 'javascript:alert(1)'], 'text'],
  ['手机', ['13800138000', '139 0013 8000'], 'phone'],
  ['Number to call', ['13800138000', '010-65529988'], 'phone'],
  ['统一代码', ['001', '002', '003'], 'text'],
  ['证件', ['110101199003071234', '110101199003071235'], 'text'],
  ['备注', ['一行', ''], 'long_text'],
  ['Story', ['one\ntwo', 'x'], 'long_text'],
  ['Formula', ['=SUM(A1)', '=1+1', '@x'], 'text'],
  ['Empty', ['', ' ', ''], 'text'],
  ['Mixed', ['12', 'twelve'], 'text'],
  ['Day', ['2026-02-30', '2026-01-01'], 'text'],
]

describe('the fields that a spreadsheet would have', () => {
  for (const [header, cells, type] of cases) {
    it(`${header}: ${JSON.stringify(cells)} → ${type}`, () => {
      expect(propose(header, cells).type).to.equal(type)
    })
  }

  it('are a choice where a few values come back, the most frequent first', () => {
    const told = propose('城市', ['上海', '北京', '上海', '上海', '北京', '上海', '深圳', '深圳'])
    expect([told.type, told.options]).to.deep.equal(['select', ['上海', '北京', '深圳']])
    expect(propose('城市', ['上海', '北京', '上海']).type).to.equal('text')
  })

  it('are meant for dates, money and phones though a cell in twenty is something else, which is told', () => {
    const many = (cell: (at: number) => string, wrong: readonly string[]): string[] => [
      ...Array.from({ length: 40 - wrong.length }, (_, at) => cell(at)),
      ...wrong,
    ]
    const day = (at: number): string => `2026-03-${String((at % 28) + 1).padStart(2, '0')}`
    expect(propose('报修日期', many(day, ['不知道']))).to.deep.include({
      ...{ type: 'date', misfits: { count: 1, at: 39, value: '不知道' } },
    })
    expect(
      propose(
        '金额',
        many((at) => String(at * 10), ['面议', '待定']),
      ),
    ).to.deep.include({
      ...{ type: 'currency', misfits: { count: 2, at: 38, value: '面议' } },
    })
    expect(
      propose(
        '手机',
        many(() => '13800138000', ['无']),
      ).type,
    ).to.equal('phone')
    // Too many, or numbers that may be names: text takes them all.
    expect(propose('报修日期', many(day, ['a', 'b', 'c'])).type).to.equal('text')
    expect(
      propose(
        '房间',
        many((at) => String(100 + at), ['A12']),
      ).type,
    ).to.equal('text')
  })

  it('are no choice where the same remark comes back', () => {
    const cells = Array.from({ length: 20 }, () => '客户要求周末上门，需要提前一天电话确认')
    expect(propose('备注', cells).type).to.equal('long_text')
  })

  it('are no choice where people are named: others come with the next file', () => {
    const cells = Array.from({ length: 20 }, (_, at) => ['王芳', '李强', '赵敏'][at % 3]!)
    for (const header of ['联系人', '客户姓名', 'Contact'])
      expect(propose(header, cells).type).to.equal('text')
    expect(propose('片区', cells).type).to.equal('select')
  })

  it('lead to records that have these names', () => {
    const told = propose('客户', ['Acme', 'Birch', 'Acme', ''], ['Acme', 'Birch'])
    expect([told.type, told.to]).to.deep.equal(['lookup', 'account'])
  })

  it('are unique where a code never comes back, and required where they name each record', () => {
    const codes = ['A-1', 'A-2', 'A-3', 'A-4', 'A-5']
    expect(propose('编号', codes)).to.deep.include({ type: 'text', unique: true, required: false })
    expect(propose('编号', [...codes, 'A-5'])).to.deep.include({ unique: false })
    expect(propose('名称', codes)).to.deep.include({ unique: false, required: true })
    expect(propose('名称', [...codes, ''])).to.deep.include({ filled: 5, required: false })
    expect(propose('编号', [...codes, ''])).to.deep.include({ unique: false, required: false })
    const two = {
      ...SOURCE,
      columns: ['级别', '姓名', '公司名称'].map((header) => ({ header, cells: codes })),
    }
    expect(proposeFields(two).map(({ required }) => required)).to.deep.equal([false, true, false])
  })
})
