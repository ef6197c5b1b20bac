import { expect } from 'chai'
import {
  bare,
  isShownTo,
  movedPlace,
  openedFirst,
  placesIn,
  takesPlace,
  withoutPlace,
  withPlace,
} from '../../../designer/apps/app-edit.ts'

const [home, boss] = [{ dashboard: 'home' }, { dashboard: 'boss' }]
const deals = { entity: 'deal', view: 'open' }
const app = { kind: 'app', name: 'sales', nav: [deals, home] }

describe('an app in a draft', () => {
  it('opens first nothing, one place by itself, or several in their order', () => {
    const one = withPlace(app, 'home', home, 0)
    expect(one).to.deep.equal({ ...app, home })
    const two = withPlace(one, 'home', boss, 0)
    expect(two).to.deep.equal({ ...app, home: [boss, home] })
    expect(movedPlace(two, 'home', 0, 2)).to.deep.equal({ ...app, home: [home, boss] })
    expect(withoutPlace(withoutPlace(two, 'home', 1), 'home', 0)).to.deep.equal(app)
    expect(placesIn(one, 'home')).to.deep.equal([home])
  })

  it('opens no list first, and nothing twice', () => {
    expect(takesPlace('home', deals)).to.equal(false)
    expect(withPlace(app, 'home', deals, 0)).to.equal(app)
    const one = withPlace(app, 'home', home, 0)
    expect(withPlace(one, 'home', { dashboard: 'home' }, 1)).to.equal(one)
  })

  const seller = {
    ...{ name: 'seller', default: { read: 'none' } },
    entities: { deal: { read: 'own' }, bill: { create: true } },
  }
  const forBoss = { for: [{ role: 'boss' }] }
  const shown = [
    ['a list that it reads', deals, undefined, true],
    ['no list that it does not read', { entity: 'bill' }, undefined, false],
    ['no list of which nothing is said', { entity: 'plan' }, undefined, false],
    ['a dashboard of everybody', home, { tiles: [] }, true],
    ['no dashboard of others', boss, forBoss, false],
    ['a report on what it reads', { report: 'won' }, { entity: 'deal' }, true],
    ['no report on what it does not read', { report: 'won' }, { entity: 'bill' }, false],
    ['figures that are not read yet', { report: 'won' }, undefined, true],
  ] as const
  for (const [what, place, led, expected] of shown) {
    it(`shows a role ${what}`, () => expect(isShownTo(place, seller, led)).to.equal(expected))
  }
  it('shows everything to whoever looks at it as everybody', () => {
    expect(isShownTo({ entity: 'bill' }, undefined, undefined)).to.equal(true)
  })

  it('leads wherever it is told to, in its order', () => {
    const more = withPlace(app, 'nav', { report: 'won' }, 1)
    expect(more.nav).to.deep.equal([deals, { report: 'won' }, home])
    expect(withoutPlace(more, 'nav', 0).nav).to.deep.equal([{ report: 'won' }, home])
    expect(movedPlace(app, 'nav', 0, 1)).to.equal(app)
  })

  it('takes of a place where it leads alone', () => {
    expect(bare({ ...home, icon: 'users', label: 'Home' })).to.deep.equal(home)
  })

  const people = (place: object) =>
    'dashboard' in place && place.dashboard === 'boss' ? [{ role: 'boss' }, { role: 'owner' }] : undefined
  const first = [
    { homes: [boss, home], role: 'boss', gives: boss },
    { homes: [boss, home], role: 'sales', gives: home },
    { homes: [boss, home], role: undefined, gives: boss },
    { homes: [boss], role: 'sales', gives: undefined },
    { homes: [], role: undefined, gives: undefined },
  ]
  for (const { homes, role, gives } of first) {
    it(`opens ${JSON.stringify(gives) ?? 'its first entry'} for ${role ?? 'anybody'} of ${homes.length}`, () => {
      expect(openedFirst(homes, role, people)).to.deep.equal(gives)
    })
  }
})
