import { expect } from 'chai'
import { choiceOfBoard } from '../../../designer/begin/first-steps.ts'
import { NEW, placed } from '../../../designer/from-file/placed.ts'
import { beginMaking } from '../../../designer/from-file/proposal.ts'

const field = (header: string, name: string, type: string) => ({
  ...{ header, name, type, filled: 1, distinct: 1, required: false, unique: false, options: [] },
})
const making = beginMaking({
  ...{ name: 'repair', label: '报修单', file: '报修单.xlsx', rows: 1, looked: 1, preview: [] },
  fields: [
    field('单号', 'code', 'text'),
    field('区域', 'area', 'select'),
    field('处理状态', 'status', 'select'),
  ],
})
const of = (wanted: ReturnType<typeof placed>): string[] =>
  wanted.map(({ of: { kind, name } }) => `${kind}/${name}`)

describe('where an entity that is made of a file is found', () => {
  it('is an app, a role and a board of its own', () => {
    const wanted = placed(making, { app: NEW, people: [NEW], board: 'status' })
    expect(of(wanted)).to.deep.equal([
      ...['entity/repair', 'view/repair_all', 'layout/repair_page', 'view/repair_board'],
      ...['role/repair_team', 'app/repair'],
    ])
    const made = (key: string) => {
      const step = wanted[of(wanted).indexOf(key)]!.change(undefined)
      return step.kind === 'create' ? step.definition : undefined
    }
    expect(made('view/repair_board')).to.include({ type: 'board', group: 'status' })
    expect(made('app/repair')!.nav).to.deep.equal([{ entity: 'repair', view: 'repair_all' }])
    expect((made('role/repair_team')!.entities as Record<string, unknown>).repair).to.deep.equal({
      ...{ read: 'all', create: true, update: 'all', import: true },
    })
  })

  it('is an app that is there, at its end, and roles that are there', () => {
    const wanted = placed(making, { app: 'sales', people: ['rep'], board: undefined })
    expect(of(wanted)).to.deep.equal([
      ...['entity/repair', 'view/repair_all', 'layout/repair_page', 'role/rep', 'app/sales'],
    ])
    expect(wanted.at(-1)!.change({ nav: [{ entity: 'a' }] })).to.deep.equal({
      ...{ kind: 'set', path: ['nav'], to: [{ entity: 'a' }, { entity: 'repair', view: 'repair_all' }] },
    })
  })

  it('may be nowhere yet', () => {
    expect(of(placed(making, { app: undefined, people: [], board: undefined }))).to.have.length(3)
  })

  it('has the cards of its board stand under what says how far a record is', () => {
    expect(choiceOfBoard(making.columns)).to.equal('status')
    expect(choiceOfBoard(making.columns.slice(0, 2))).to.equal('area')
    expect(choiceOfBoard(making.columns.slice(0, 1))).to.equal(undefined)
  })
})
