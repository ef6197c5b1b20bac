import { expect } from 'chai'
import {
  asChoice,
  beginMaking,
  definitionsOf,
  faultsOf,
  type Proposal,
  withTitle,
} from '../../../designer/from-file/proposal.ts'

const field = (header: string, name: string, type: string, more: object = {}) => ({
  ...{ header, name, type, filled: 3, distinct: 3, required: false, unique: false },
  ...more,
})

const proposal: Proposal = {
  ...{ name: 'courses', label: '课程', file: '课程.xlsx', rows: 3, looked: 3, preview: [] },
  fields: [
    field('编号', 'code', 'text', { unique: true }),
    field('课程名称', 'title', 'text', { required: true }),
    field('Customer', 'customer', 'lookup', { to: 'account', filled: 2 }),
    field('级别', 'level', 'select', { options: [{ name: 'low', label: '初级' }] }),
    field('备注', 'remark', 'long_text'),
    field('#6', 'field_6', 'text', { filled: 0 }),
  ],
}

describe('an entity that is made of a file', () => {
  const making = beginMaking(proposal)

  it('is called by the column that looks like a name, and leaves out what is empty', () => {
    expect([making.title, making.label]).to.deep.equal([1, { 'zh-CN': '课程' }])
    expect(making.columns.map(({ isTaken }) => isTaken)).to.deep.equal([true, true, true, true, true, false])
    expect(making.columns[2]!.label).to.deep.equal({ en: 'Customer' })
  })

  it('comes with a list and a form', () => {
    const [entity, view, layout] = definitionsOf(making)
    expect(entity).to.deep.include({ kind: 'entity', name: 'courses', title: 'title', owned: true })
    expect(entity!.fields).to.deep.equal([
      { name: 'code', type: 'text', label: { 'zh-CN': '编号' }, unique: true },
      { name: 'title', type: 'text', label: { 'zh-CN': '课程名称' }, required: true, searchable: true },
      { name: 'customer', type: 'lookup', label: { en: 'Customer' }, to: 'account' },
      {
        ...{ name: 'level', type: 'select', label: { 'zh-CN': '级别' } },
        options: [{ name: 'low', label: { 'zh-CN': '初级' } }],
      },
      { name: 'remark', type: 'long_text', label: { 'zh-CN': '备注' } },
    ])
    expect(view).to.deep.include({
      name: 'courses_all',
      columns: ['title', 'code', 'customer', 'level', 'owner'],
    })
    expect(layout!.form).to.deep.equal([
      {
        name: 'details',
        label: { en: 'Details', 'zh-CN': '资料' },
        columns: 2,
        fields: ['title', 'code', 'customer', 'level', 'owner'],
      },
      { name: 'more', label: { en: 'More', 'zh-CN': '其他' }, fields: ['remark'] },
    ])
    expect(layout!.page).to.deep.equal({ highlights: ['customer', 'level', 'owner'] })
  })

  it('asks for what is full where that names it, and for nothing else', () => {
    const asked = (title: number) =>
      withTitle(making, title, proposal.looked).columns.flatMap(({ required }, at) => (required ? [at] : []))
    expect(asked(1)).to.deep.equal([1])
    expect(asked(0)).to.deep.equal([0, 1])
    expect(asked(2)).to.deep.equal([1])
    const unclear = beginMaking({ ...proposal, fields: [proposal.fields[0]!, proposal.fields[2]!] })
    expect(unclear.columns.some(({ required }) => required)).to.equal(false)
    expect(definitionsOf(unclear)[0]!.fields).to.deep.include({
      ...{ name: 'code', type: 'text', label: { 'zh-CN': '编号' }, unique: true, searchable: true },
    })
  })

  it('says what keeps it from being made', () => {
    const change = (at: number, more: object) => ({
      ...making,
      columns: making.columns.with(at, { ...making.columns[at]!, ...more }),
    })
    const isTaken = (name: string) => name === 'account'
    expect(faultsOf(making, isTaken)).to.deep.equal([])
    expect(faultsOf({ ...making, name: 'account' }, isTaken)).to.deep.equal([{ fault: 'taken' }])
    expect(faultsOf({ ...making, name: 'A' }, isTaken)).to.deep.equal([{ fault: 'name' }])
    expect(faultsOf(change(1, { name: 'code' }), isTaken)).to.deep.equal([{ fault: 'twice', at: 1 }])
    expect(faultsOf(change(1, { name: 'é' }), isTaken)).to.deep.equal([{ fault: 'name', at: 1 }])
    expect(faultsOf(change(2, { to: undefined }), isTaken)).to.deep.equal([{ fault: 'to', at: 2 }])
    const none = { ...making, columns: making.columns.map((one) => ({ ...one, isTaken: false })) }
    expect(faultsOf(none, isTaken)).to.deep.equal([{ fault: 'columns' }])
  })

  it('has the options that are seen where a column becomes a choice', () => {
    const read = (run: string) => [...run].map((one) => (one === '甲' ? 'jia' : 'yi'))
    const changed = asChoice(making.columns[0]!, ['甲', ' b', '', '甲', '★'], read)
    expect(changed).to.deep.include({
      type: 'select',
      unique: false,
      options: [
        { name: 'jia', label: '甲' },
        { name: 'b', label: 'b' },
        { name: 'option_3', label: '★' },
      ],
    })
    expect(asChoice(making.columns[3]!, ['x'], read).options).to.deep.equal([{ name: 'low', label: '初级' }])
  })
})
