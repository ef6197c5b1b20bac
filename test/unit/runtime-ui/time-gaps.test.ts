import { expect } from 'chai'
import type { ReportAnswer } from '../../../runtime-ui/api/reports.ts'
import { withGaps } from '../../../runtime-ui/screens/reports/time-gaps.ts'

const span = (value: string) => ({ value, label: value, filter: { is: value } })
const row = (value: string | null, count = 1) => ({
  keys: [{ value, label: String(value) }],
  values: { count, avg: 2 },
})
const answer = (rows: readonly object[], axis: readonly object[] | null): ReportAnswer =>
  ({
    rows,
    axis,
    columns: [],
    figures: [
      { name: 'count', fn: 'count' },
      { name: 'avg', fn: 'avg' },
    ],
  }) as never

const AXIS = ['2026-01-01', '2026-02-01', '2026-03-01'].map(span)

describe('rows along time', () => {
  const cases: readonly [
    what: string,
    rows: readonly object[],
    axis: readonly object[] | null,
    values: readonly unknown[],
  ][] = [
    [
      'have the months between',
      [row('2026-01-01'), row('2026-03-01')],
      AXIS,
      ['2026-01-01', '2026-02-01', '2026-03-01'],
    ],
    [
      'keep their order where the latest stands first',
      [row('2026-03-01'), row('2026-01-01')],
      AXIS,
      ['2026-03-01', '2026-02-01', '2026-01-01'],
    ],
    [
      'keep the one without a date at the end',
      [row('2026-01-01'), row('2026-03-01'), row(null)],
      AXIS,
      ['2026-01-01', '2026-02-01', '2026-03-01', null],
    ],
    [
      'stay as they are in the order of figures',
      [row('2026-02-01'), row('2026-03-01'), row('2026-01-01')],
      [...AXIS, span('2026-04-01')],
      ['2026-02-01', '2026-03-01', '2026-01-01'],
    ],
    ['stay as they are without an axis', [row('2026-03-01')], null, ['2026-03-01']],
  ]
  for (const [what, rows, axis, values] of cases) {
    it(what, () => {
      expect(withGaps(answer(rows, axis)).rows?.map(({ keys }) => keys[0]?.value)).to.deep.equal(values)
    })
  }

  it('are nought where nothing is, lead to nothing, and have no average there', () => {
    const filled = withGaps(answer([row('2026-01-01'), row('2026-03-01')], AXIS)).rows?.[1]
    expect(filled).to.deep.include({ values: { count: 0, avg: null }, filter: { is: '2026-02-01' } })
  })
})
