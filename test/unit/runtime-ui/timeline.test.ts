import { expect } from 'chai'
import { isTouched } from '../../../runtime-ui/api/live.ts'
import type { TimelineEntry } from '../../../runtime-ui/api/timeline.ts'
import { byDay, shownEntries } from '../../../runtime-ui/screens/record/timeline/shown-entries.ts'

const base = { actor: null, via: 'api', id: '1', version: 2 } as const
const changed = (field: string) => ({ field, label: field, before: 1, after: 2 })
const change = (fields: readonly string[], more: object = {}) =>
  ({
    ...{ type: 'change', at: '2026-03-02T00:00:00.000Z', ...base, action: 'update' },
    changes: fields.map(changed),
    ...more,
  }) as unknown as TimelineEntry
const move = (from: string | null) =>
  ({
    ...{ type: 'stage', at: '2026-03-02T00:00:00.000Z', ...base, field: 'stage' },
    from: from === null ? null : { name: from, label: from },
    to: { name: 'won', label: 'Won' },
  }) as unknown as TimelineEntry

const deal = { pipelines: { stage: [] }, timeline: ['assignment', 'stage', 'change'] }

describe('what a timeline shows of what it was answered', () => {
  const cases: readonly {
    what: string
    entry: TimelineEntry
    types?: readonly string[]
    fields: readonly string[] | undefined
  }[] = [
    { what: 'a change', entry: change(['name']), fields: ['name'] },
    { what: 'a change but for the move beside it', entry: change(['name', 'stage']), fields: ['name'] },
    { what: 'no change that was a move alone', entry: change(['stage']), fields: undefined },
    {
      what: 'a move as a change where moves are not asked for',
      entry: change(['stage']),
      types: ['change'],
      fields: ['stage'],
    },
    {
      what: 'no change that was an assignment alone',
      entry: change(['owner'], { via: 'assignment' }),
      fields: undefined,
    },
    { what: 'an owner whom somebody changed', entry: change(['owner']), fields: ['owner'] },
    {
      what: 'a making whole, with where it begins',
      entry: change(['name', 'stage'], { action: 'create' }),
      fields: ['name', 'stage'],
    },
    { what: 'a move', entry: move('fresh'), fields: [] },
    { what: 'no move into the first stage beside the making', entry: move(null), fields: undefined },
    { what: 'it where moves alone are asked for', entry: move(null), types: ['stage'], fields: [] },
  ]
  for (const { what, entry, types = [], fields } of cases)
    it(what, () => {
      const [shown] = shownEntries(deal, [entry], types)
      const names = shown?.type === 'change' ? shown.changes.map(({ field }) => field) : shown && []
      expect(names).to.deep.equal(fields)
    })

  it('a change of stages where there are no moves to be told', () => {
    const entry = change(['stage'])
    expect(shownEntries({ ...deal, timeline: ['change'] }, [entry], [])).to.deep.equal([entry])
  })

  it('day by day, in its order', () => {
    const at = (instant: string) => change(['name'], { at: instant })
    const entries = [
      at('2026-03-02T08:00:00.000Z'),
      at('2026-03-02T01:00:00.000Z'),
      at('2026-03-01T23:00:00.000Z'),
    ]
    const days = byDay(entries, (instant) => instant.slice(0, 10))
    expect(days.map(({ date, entries: ofDay }) => [date, ofDay.length])).to.deep.equal([
      ['2026-03-02', 2],
      ['2026-03-01', 1],
    ])
  })
})

describe('what a query shows that joins other entities', () => {
  const key = ['records', 'deal', 'one', '1', 'timeline', { joins: ['call'] }]
  const cases: readonly { entity: string; touched: boolean }[] = [
    { entity: 'call', touched: true },
    { entity: 'lead', touched: false },
    { entity: 'deal', touched: false },
  ]
  for (const { entity, touched } of cases)
    it(`is ${touched ? '' : 'not '}touched by another ${entity}`, () => {
      expect(isTouched(key, new Map([[entity, new Set(['2'])]]))).to.equal(touched)
    })
})

describe('what waits for somebody’s approval', () => {
  for (const { entity, touched } of [
    { entity: 'notification', touched: true },
    { entity: 'deal', touched: false },
  ])
    it(`is ${touched ? '' : 'not '}looked up again with a ${entity} that is heard of`, () => {
      expect(isTouched(['approvals', 'count'], new Map([[entity, new Set(['2'])]]))).to.equal(touched)
    })
})
