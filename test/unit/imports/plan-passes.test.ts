import { expect } from 'chai'
import fc from 'fast-check'
import { type Passes, planPasses } from '../../../engine/imports/plan-passes.ts'

type Rows = readonly (readonly [name: string, parent: string])[]

function planOf(rows: Rows): Promise<Passes> {
  return planPasses(async function* () {
    for (const [index, [name, parent]] of rows.entries()) yield { index, name, parent }
  })
}

describe('planPasses', () => {
  const cases: { title: string; rows: Rows; count: number; later: [number, number][]; circular: number[] }[] =
    [
      {
        title: 'rows that point to nobody',
        rows: [
          ['a', ''],
          ['b', ''],
        ],
        count: 1,
        later: [],
        circular: [],
      },
      {
        title: 'a row that points to an earlier one',
        rows: [
          ['a', ''],
          ['b', 'a'],
        ],
        count: 1,
        later: [],
        circular: [],
      },
      {
        title: 'a row that points to a later one',
        rows: [
          ['b', 'a'],
          ['a', ''],
        ],
        count: 2,
        later: [[0, 1]],
        circular: [],
      },
      {
        title: 'a chain upwards',
        rows: [
          ['c', 'b'],
          ['b', 'a'],
          ['a', ''],
        ],
        count: 3,
        later: [
          [0, 2],
          [1, 1],
        ],
        circular: [],
      },
      {
        title: 'an earlier row that must wait itself',
        rows: [
          ['b', 'a'],
          ['c', 'b'],
          ['a', ''],
        ],
        count: 2,
        later: [
          [0, 1],
          [1, 1],
        ],
        circular: [],
      },
      {
        title: 'a name that is not in the file',
        rows: [['a', 'elsewhere']],
        count: 1,
        later: [],
        circular: [],
      },
      { title: 'a row that points to itself', rows: [['a', 'a']], count: 1, later: [], circular: [0] },
      {
        title: 'a circle',
        rows: [
          ['a', 'b'],
          ['b', 'a'],
          ['c', ''],
        ],
        count: 1,
        later: [],
        circular: [0, 1],
      },
    ]
  for (const { title, rows, count, later, circular } of cases) {
    it(`plans ${title}`, async () => {
      const passes = await planOf(rows)
      const found = [passes.count, [...passes.later].sort(([a], [b]) => a - b), [...passes.circular].sort()]
      expect(found).to.eql([count, later, circular])
    })
  }

  it('stores each row after the one that it points to, circles aside', async () => {
    const rowsOf = fc.array(fc.tuple(fc.integer({ min: 0, max: 14 }), fc.boolean()), {
      minLength: 1,
      maxLength: 15,
    })
    await fc.assert(
      fc.asyncProperty(rowsOf, async (drawn) => {
        const rows = drawn.map(([parent, has], index) => [`n${index}`, has ? `n${parent}` : ''] as const)
        const passes = await planOf(rows)
        const place = (index: number) => (passes.later.get(index) ?? 0) * rows.length + index
        const wrong = rows.filter(([, parent], index) => {
          const at = rows.findIndex(([name]) => name === parent)
          return at !== -1 && !passes.circular.has(index) && place(at) >= place(index)
        })
        expect(wrong).to.eql([])
      }),
      { numRuns: 300 },
    )
  })
})
