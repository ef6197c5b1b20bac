import { expect } from 'chai'
import { renamedGiven } from '../../../designer/scenarios/renamed.ts'
import {
  entityAt,
  freshGiven,
  givenIn,
  namedAt,
  namesBefore,
  peopleIn,
  stepsIn,
  toldStep,
  withAct,
} from '../../../designer/scenarios/scenario-draft.ts'

const NO_MAKERS = { webform: { get: () => undefined }, entity: { get: () => undefined } }
const THEN = 'then'
const STORY = {
  given: {
    lily: { user: { roles: ['sales'] } },
    acme: { account: { name: 'lily', owner: 'lily' } },
  },
  steps: [
    {
      as: 'lily',
      create: { deal: { name: 'lily', account: 'acme' } },
      name: 'line',
      [THEN]: { owner: 'lily' },
    },
    { as: 'lily', list: 'deal', [THEN]: { visible: ['line'], count: 1 } },
    { update: 7 },
  ],
}

describe('a scenario in the making', () => {
  it('knows who and what is there, and what a step may name', () => {
    expect(givenIn(STORY).map(({ name, entity }) => [name, entity])).to.eql([
      ['lily', 'user'],
      ['acme', 'account'],
    ])
    expect(peopleIn(STORY)).to.eql(['lily'])
    expect([...namesBefore(STORY, 0, NO_MAKERS)]).to.eql([
      ['lily', 'user'],
      ['acme', 'account'],
    ])
    expect(namesBefore(STORY, 1, NO_MAKERS).get('line')).to.equal('deal')
    expect(namedAt(STORY, ['steps', '1', 'then', 'visible', '0'])).to.eql(['lily', 'acme', 'line'])
    expect(namedAt(STORY, ['steps', '1', 'as'])).to.eql(['lily'])
    expect(namedAt(STORY, ['steps', '1', 'list'])).to.equal(undefined)
    expect([
      entityAt(STORY, ['steps', '0', 'then', 'values']),
      entityAt(STORY, ['given', 'acme', 'account']),
    ]).to.eql(['deal', 'account'])
    expect([freshGiven(STORY, 'line'), freshGiven(STORY, 'max')]).to.eql(['line_2', 'max'])
  })

  it('takes anything that a draft may hold', () => {
    for (const strange of [
      {},
      { given: [], steps: {} },
      { given: { a: 1, b: {} }, steps: [1, null, { create: 'x' }] },
    ]) {
      expect(stepsIn(strange).map(toldStep)).to.satisfy((all: unknown[]) =>
        all.every((one) => one === undefined),
      )
      expect(() => namesBefore(strange, 3, NO_MAKERS)).to.not.throw()
      expect(renamedGiven(strange, 'a', 'c', () => true)).to.be.an('object')
    }
    expect(toldStep(stepsIn(STORY)[2]!)).to.equal(undefined)
  })

  it('keeps what fits where another act is chosen', () => {
    const [create, list] = STORY.steps as [object, object]
    const person = { person: 'lily', entity: 'deal' }
    expect(withAct(create as never, 'upsert', person)).to.eql({
      ...{
        as: 'lily',
        name: 'line',
        upsert: { deal: { name: 'lily', account: 'acme' } },
        [THEN]: { owner: 'lily' },
      },
    })
    expect(withAct(list as never, 'export', person)).to.eql({
      as: 'lily',
      export: 'deal',
      [THEN]: { count: 1 },
    })
    expect(withAct(list as never, 'wait', person)).to.eql({ wait: 'P1D' })
    expect(withAct({}, 'update', person)).to.eql({ as: 'lily', update: '', set: {} })
    expect(withAct(create as never, 'create', person)).to.equal(create)
  })

  it('is called otherwise wherever it is meant, and nowhere else', () => {
    const renamed = renamedGiven(STORY, 'lily', 'anna', (field) => field === 'owner')
    expect(renamed.given).to.eql({
      anna: { user: { roles: ['sales'] } },
      acme: { account: { name: 'lily', owner: 'anna' } },
    })
    const [create, list] = renamed.steps as readonly object[]
    expect(create).to.eql({
      ...{
        as: 'anna',
        create: { deal: { name: 'lily', account: 'acme' } },
        name: 'line',
        [THEN]: { owner: 'anna' },
      },
    })
    expect(list).to.eql({ ...STORY.steps[1], as: 'anna' })
  })
})
