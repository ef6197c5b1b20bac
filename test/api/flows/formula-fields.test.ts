import { expect } from 'chai'
import { deleteRecord } from '../../../engine/records/delete.ts'
import { type FlowWorld, flowWorld } from '../../support/flow-world.ts'

const times = (...names: string[]) => ({ '*': names.map((name) => ({ var: name })) })
const flow = (name: string, trigger: object) => ({
  kind: 'flow',
  name,
  runs: 'many',
  trigger: { record: 'deal', on: ['changed'], ...trigger },
  steps: [{ do: 'stop' }],
})

const DEFINITIONS = [
  {
    kind: 'entity',
    name: 'account',
    title: 'name',
    fields: [
      { name: 'name', type: 'text' },
      { name: 'rate', type: 'decimal' },
    ],
  },
  {
    kind: 'entity',
    name: 'deal',
    title: 'name',
    fields: [
      { name: 'name', type: 'text' },
      { name: 'price', type: 'decimal' },
      { name: 'pieces', type: 'integer' },
      { name: 'account', type: 'lookup', to: 'account', inverse: 'deals', onDelete: 'clear' },
      { name: 'gross', type: 'formula', result: 'decimal', value: times('price', 'pieces') },
      { name: 'fee', type: 'formula', result: 'decimal', value: times('gross', 'account.rate') },
      { name: 'each', type: 'formula', result: 'decimal', value: { '/': [1, { var: 'pieces' }] } },
      { name: 'is_placed', type: 'formula', result: 'boolean', value: { '!!': [{ var: 'account' }] } },
    ],
  },
  flow('any', {}),
  flow('gross', { fields: ['gross'] }),
  flow('fee', { fields: ['fee'] }),
  flow('large', {
    fields: ['gross'],
    when: { and: [{ '<': [{ var: ['before.gross', 0] }, 100] }, { '>=': [{ var: 'gross' }, 100] }] },
  }),
  flow('mended', { fields: ['each'], when: { '!': [{ var: 'before.each' }] } }),
]

describe('flows that listen for a formula', () => {
  let world: FlowWorld
  let account: string
  let deal: string

  before(async () => {
    world = await flowWorld(DEFINITIONS)
    account = await world.create('account', { name: 'A', rate: 2 })
    deal = await world.create('deal', { name: 'D', price: 10, pieces: 2, account })
    await world.settle()
  })
  after(() => world.close())

  const begun = async () =>
    (await world.query<{ name: string }>('SELECT name FROM ws_default.tenon_run ORDER BY id')).map(
      ({ name }) => name,
    )

  /** The flows that a write set off, in the order of their names. */
  const setOff = async (write: () => Promise<unknown>): Promise<readonly string[]> => {
    const before = (await begun()).length
    await write()
    await world.settle()
    return (await begun()).slice(before).sort()
  }

  const cases: { it: string; body: object; gives: string[] }[] = [
    { it: 'a field that the formula looks at', body: { pieces: 3 }, gives: ['any', 'fee', 'gross'] },
    { it: 'a field that it does not look at', body: { name: 'E' }, gives: ['any'] },
    { it: 'fields that leave its value as it is', body: { price: 30, pieces: 1 }, gives: ['any'] },
    {
      it: 'a value that crosses a bound, by what was before',
      body: { price: 200 },
      gives: ['any', 'fee', 'gross', 'large'],
    },
    {
      it: 'a formula that has no value any more',
      body: { pieces: 0 },
      gives: ['any', 'fee', 'gross'],
    },
    {
      it: 'a formula that has a value again',
      body: { pieces: 4 },
      gives: ['any', 'fee', 'gross', 'large', 'mended'],
    },
  ]
  for (const { it: title, body, gives } of cases) {
    it(`hear of ${title}, once a write`, async () => {
      expect(await setOff(() => world.patch('deal', deal, body))).to.deep.equal(gives)
    })
  }

  it('hear of what a relative changed, by the formulas that it changed alone', async () => {
    const told = await setOff(() => world.patch('account', account, { rate: 5 }))
    expect(told).to.deep.equal(['any', 'fee'])
  })

  it('hear of a pointer that a delete cleared', async () => {
    const context = await world.context()
    expect(await setOff(() => deleteRecord(context, 'account', account))).to.include('fee')
    const [row] = await world.query<{ fee: string | null; is_placed: boolean }>(
      'SELECT fee, is_placed FROM ws_default.deal WHERE id = $1',
      [deal],
    )
    expect(row).to.deep.equal({ fee: null, is_placed: false })
  })
})
