import { expect } from 'chai'
import { FRAME_HEAD, placeGroups } from '../../../designer/model/group-layout.ts'
import { cardOf, linksOf, neighbours } from '../../../designer/model/model-graph.ts'
import { foldLinks, groupsOf } from '../../../designer/model/model-groups.ts'
import { CARD_WIDTH, heightOf, lineOf, placeEntities } from '../../../designer/model/model-layout.ts'

const field = (name: string, rest: object = { type: 'text' }) => ({ name, id: `id-${name}`, ...rest })
const lookup = (to: string) => field(to, { type: 'lookup', to })
const entity = (name: string, ...fields: object[]) =>
  cardOf(name, { name, fields }, { name, fields }, undefined)

const account = entity('account', field('name'), field('parent', { type: 'lookup', to: 'account' }))
const deal = entity('deal', ...['a', 'b', 'c', 'd', 'e', 'f'].map((name) => field(name)), lookup('account'))
const task = entity('task', field('about', { type: 'dynamic_lookup', to: ['deal', 'account', 'nowhere'] }))
const alone = entity('alone', field('name'))
const cards = [task, alone, deal, account]
const links = linksOf(cards)

/** As many entities as a large workspace has, linked at random but always alike. */
function many(count: number) {
  let seed = 7
  const next = (below: number): number => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648
    return seed % below
  }
  return Array.from({ length: count }, (_one, at) =>
    entity(
      `e${at}`,
      ...Array.from({ length: 6 }, (_f, n) => field(`f${n}`)),
      lookup(`e${next(count)}`),
      lookup(`e${next(count)}`),
    ),
  )
}

function overlaps(list: readonly ReturnType<typeof entity>[]): string[] {
  const places = placeEntities(list, linksOf(list))
  const boxes = list.map((card) => ({ ...places.get(card.name)!, name: card.name, height: heightOf(card) }))
  return boxes.flatMap((one, at) =>
    boxes
      .slice(at + 1)
      .filter(
        (other) =>
          Math.abs(one.x - other.x) < CARD_WIDTH &&
          one.y < other.y + other.height &&
          other.y < one.y + one.height,
      )
      .map((other) => `${one.name} ${other.name}`),
  )
}

describe('the model as cards and links', () => {
  it('shows the first fields of an entity, and those further down that lead elsewhere', () => {
    expect(deal.rows.map(({ name }) => name)).to.deep.equal(['a', 'b', 'c', 'd', 'e', 'account'])
    expect(deal.more).to.equal(1)
  })

  it('marks fields that the draft makes or changes, wherever they stand', () => {
    const before = { fields: [...'abcdefgh'].map((name) => field(name)) }
    const now = {
      fields: [
        ...before.fields.map((one) => (one.name === 'h' ? { ...one, type: 'url' } : one)),
        field('new'),
      ],
    }
    const card = cardOf('x', now, before, 'changed')
    expect(
      card.rows.filter(({ fate }) => fate !== undefined).map(({ name, fate }) => [name, fate]),
    ).to.deep.equal([
      ['h', 'changed'],
      ['new', 'new'],
    ])
    expect(cardOf('y', before, undefined, 'new').rows.every(({ fate }) => fate === 'new')).to.equal(true)
  })

  it('links entities that are there', () => {
    expect(links.map(({ id }) => id).sort()).to.deep.equal([
      'account.parent account',
      'deal.account account',
      'task.about account',
      'task.about deal',
    ])
    expect([...neighbours(links, 'deal')].sort()).to.deep.equal(['account', 'deal', 'task'])
  })
})

describe('the layout of the model', () => {
  const places = placeEntities(cards, links)

  it('puts each right of what it leads to, and what is alone below', () => {
    const x = (name: string) => places.get(name)!.x
    expect(x('account')).to.be.below(x('deal'))
    expect(x('deal')).to.be.below(x('task'))
    for (const one of [account, deal, task])
      expect(places.get('alone')!.y).to.be.at.least(places.get(one.name)!.y + heightOf(one))
  })

  it('lets no card lie on another, also of 300 in circles', () => {
    expect(overlaps(cards)).to.deep.equal([])
    const list = many(300)
    expect(overlaps(list)).to.deep.equal([])
  })

  it('draws from the row of a field to the side that is near', () => {
    expect(lineOf({ x: 400, y: 0 }, 0, { x: 0, y: 100 }).end.x).to.equal(CARD_WIDTH)
    expect(lineOf({ x: 0, y: 0 }, 0, { x: 400, y: 100 }).end.x).to.equal(400)
    expect(lineOf({ x: 0, y: 0 }, 2, { x: 0, y: 0 }).end.x).to.equal(0)
  })
})

describe('groups in the model', () => {
  const within = (card: ReturnType<typeof entity>, group: unknown) => ({
    ...card,
    definition: { ...card.definition, group },
  })
  const sales = { en: 'Sales', 'zh-CN': '销售' }
  const grouped = [within(task, 'Work'), alone, within(deal, sales), within(account, { en: ' Sales ' })]

  it('are what is called the same to the reader', () => {
    const names = (language: string) => groupsOf(grouped, language).map((one) => [one.label, one.names])
    expect(names('en')).to.deep.equal([
      ['Sales', ['deal', 'account']],
      ['Work', ['task']],
    ])
    expect(names('zh-CN')).to.deep.include(['销售', ['deal']])
    expect(groupsOf([within(alone, { en: '  ' })], 'en')).to.deep.equal([])
  })

  it('leave of their lookups one line each way when they are folded, and none within', () => {
    const groups = groupsOf(grouped, 'en')
    const none = foldLinks(links, groups, new Set())
    expect([none.links, none.bundles]).to.deep.equal([links, []])
    const { links: seen, bundles } = foldLinks(links, groups, new Set(['Sales']))
    expect(seen).to.deep.equal([])
    const id = 'task group:Sales'
    expect(bundles).to.deep.equal([{ id, from: 'task', to: 'group:Sales', count: 2, isNew: false }])
  })

  for (const folded of [[], ['g1', 'g5'], Array.from({ length: 12 }, (_one, at) => `g${at}`)])
    it(`stand apart with their cards in them, also of 300 entities (${folded.length} folded)`, () => {
      const list = many(300).map((card, at) => (at % 13 === 12 ? card : within(card, `g${at % 13}`)))
      const groups = groupsOf(list, 'en')
      const { places, frames } = placeGroups(list, linksOf(list), groups, new Set(folded))
      const boxes = list.flatMap((card) => {
        const place = places.get(card.name)
        return place === undefined ? [] : [{ ...place, width: CARD_WIDTH, height: heightOf(card), card }]
      })
      const unfolded = frames.filter(({ isFolded }) => !isFolded)
      expect(boxes.length).to.equal(
        300 - groups.filter(({ label }) => folded.includes(label)).flatMap(({ names }) => names).length,
      )
      for (const { card, x, y, width, height } of boxes) {
        const home = unfolded.find(({ group }) => group.names.includes(card.name))
        const isInside = (frame: (typeof frames)[number]): boolean =>
          x < frame.x + frame.width &&
          frame.x < x + width &&
          y < frame.y + frame.height &&
          frame.y < y + height
        expect(frames.filter(isInside)).to.deep.equal(home === undefined ? [] : [home])
        if (home === undefined) continue
        expect(y).to.be.at.least(home.y + FRAME_HEAD)
        expect([
          x > home.x,
          x + width < home.x + home.width,
          y + height < home.y + home.height,
        ]).to.deep.equal([true, true, true])
      }
      const apart = frames.flatMap((one, at) =>
        frames
          .slice(at + 1)
          .filter(
            (other) =>
              one.x < other.x + other.width &&
              other.x < one.x + one.width &&
              one.y < other.y + other.height &&
              other.y < one.y + one.height,
          ),
      )
      expect([frames.length, apart]).to.deep.equal([12, []])
    })

  it('stand as everything stands where there is none', () => {
    const { places, frames } = placeGroups(cards, links, [], new Set())
    const [least] = [...placeEntities(cards, links).values()].map(({ y }) => y).sort((a, b) => a - b)
    const flat = [...placeEntities(cards, links)].map(([name, { x, y }]) => [name, { x, y: y - least! }])
    expect([[...places], frames]).to.deep.equal([flat, []])
  })
})
