import { expect } from 'chai'
import { toDefinitionSet } from '../../../engine/model/definition-set.ts'
import { assignmentKind } from '../../../engine/model/kinds/assignment.ts'
import { calendarKind } from '../../../engine/model/kinds/calendar.ts'
import { poolKind } from '../../../engine/model/kinds/pool.ts'
import { takeTurn } from '../../../engine/process/assignment/turn.ts'
import { registry, SAMPLE } from './sample.ts'

const hours = [{ days: ['monday' as const], from: '09:00', to: '17:00' }]
const context = {
  registry,
  definitions: toDefinitionSet([
    ...SAMPLE,
    { kind: 'calendar', name: 'office', default: true, hours },
    { kind: 'entity', name: 'plain', fields: [{ name: 'name', type: 'text' }] },
  ]),
}
const paths = (problems: readonly { path: string }[]) => problems.map(({ path }) => path)

describe('the check of calendars', () => {
  const faults = (more: object) =>
    paths(calendarKind.check({ kind: 'calendar', name: 'own', hours, ...more }, context))

  for (const [title, more, path] of [
    ['a second calendar of the workspace', { default: true }, '/default'],
    ['a time zone that is none', { timeZone: 'Mars/North' }, '/timeZone'],
    [
      'spans that overlap',
      { hours: [...hours, { days: ['monday'], from: '16:00', to: '20:00' }] },
      '/hours/1',
    ],
    ['a day that is none', { holidays: [{ from: '2026-02-30' }] }, '/holidays/0/from'],
    [
      'an end before the beginning',
      { holidays: [{ from: '2026-02-03', to: '2026-02-01' }] },
      '/holidays/0/to',
    ],
    ['a weekday without hours', { workdays: [{ day: '2026-02-14', as: 'sunday' }] }, '/workdays/0/as'],
    [
      'a day both off and worked',
      { holidays: [{ from: '2026-02-14' }], workdays: [{ day: '2026-02-14' }] },
      '/workdays/0/day',
    ],
  ] as const) {
    it(`refuses ${title}`, () => expect(faults(more)).to.deep.equal([path]))
  }
  it('takes one that is sound', () => expect(faults({})).to.deep.equal([]))
})

describe('the check of assignments', () => {
  const rule = { name: 'all', to: { role: 'sales' } }
  const faults = (more: object) =>
    paths(
      assignmentKind.check(
        { kind: 'assignment', name: 'own', entity: 'plain', on: ['created'], rules: [rule], ...more },
        context,
      ),
    )

  it('refuses an entity without owners, changes without fields, and a wait that never ends', () => {
    expect(faults({})).to.deep.equal(['/entity'])
    expect(faults({ on: ['changed'] })).to.deep.equal(['/entity', '/fields'])
    expect(faults({ rules: [{ ...rule, full: 'wait' }] })).to.deep.equal(['/entity', '/rules/0/full'])
    expect(
      faults({ rules: [{ ...rule, candidates: { '>': [{ var: 'candidate.nothing' }, 1] } }] }),
    ).to.include('/rules/0/candidates/>/0/var')
  })
})

describe('the turn', () => {
  const people = ['a', 'b', 'c'].map((id, index) => ({ id, open: index, weight: index }))
  const begin = { last: null, weights: {} }
  const run = (by: 'round_robin' | 'least_open' | 'weighted', times: number, last: string | null = null) => {
    let turn: Parameters<typeof takeTurn>[2] = { ...begin, last }
    return Array.from({ length: times }, () => {
      const taken = takeTurn(by, people, turn)!
      turn = taken.turn
      return taken.chosen
    }).join('')
  }
  it('goes round, also past one who has left', () => {
    expect(run('round_robin', 4)).to.equal('abca')
    expect(run('round_robin', 2, 'bb')).to.equal('ca')
  })
  it('gives to the fewest, and by weight', () => {
    expect(run('least_open', 2)).to.equal('aa')
    expect(run('weighted', 6)).to.equal('cbccbc')
  })
  it('finds nobody among nobody', () => expect(takeTurn('round_robin', [], begin)).to.equal(undefined))
})

describe('the check of pools', () => {
  const owned = {
    kind: 'entity' as const,
    name: 'visitor',
    owned: true,
    fields: [
      { name: 'name', type: 'text' },
      { name: 'met_on', type: 'date' },
    ],
  }
  const definitions = toDefinitionSet([...SAMPLE, owned])
  const faults = (more: object) =>
    paths(
      poolKind.check(
        { kind: 'pool', name: 'open', entity: 'visitor', members: [{ role: 'sales' }], ...more },
        { registry, definitions },
      ),
    )
  const rule = (limit: object, warn?: string) => ({
    recycle: [{ name: 'idle', limit: { after: 'P3D', ...limit }, ...(warn === undefined ? {} : { warn }) }],
  })

  for (const [title, more, found] of [
    ['takes one that is sound', { hide: ['name'], ...rule({ since: 'met_on' }, 'P1D') }, []],
    ['refuses to hide what the engine keeps', { hide: ['created_at'] }, ['/hide/0']],
    ['refuses to count from what is no time', rule({ since: 'name' }), ['/recycle/0/limit/since']],
    ['refuses to count from any change', rule({ since: 'updated_at' }), ['/recycle/0/limit/since']],
    ['refuses no time at all', rule({ after: 'PT0S' }), ['/recycle/0/limit/after']],
    ['refuses a warning before the beginning', rule({}, 'P3D'), ['/recycle/0/warn']],
  ] as const) {
    it(title, () => expect(faults(more)).to.deep.equal(found))
  }
})
