import { expect } from 'chai'
import { faultCode, faultsToAdd } from '../../../designer/inspector/fault-word.ts'
import { CARD, layoutFlow } from '../../../designer/steps/step-layout.ts'
import {
  type Block,
  flat,
  inserted,
  keyOfPath,
  movedStep,
  readSteps,
  slotBeside,
  stepOfPlace,
  withoutStep,
} from '../../../designer/steps/step-tree.ts'
import { takenOf } from '../../../designer/steps/taken.ts'
import { type Json, valueAt } from '../../../designer/store/json-value.ts'

const title = { en: '', 'zh-CN': '' }
const block = (key: string, isRequired = false): Block => ({ key, title, isRequired })
const BLOCKS = new Map([
  ['branch', [block('then', true), block('else')]],
  ['for_each', [block('steps', true)]],
  ['wait', [block('late')]],
])

const flow: Json = {
  steps: [
    { name: 'a', do: 'update', id: 'a' },
    {
      name: 'b',
      do: 'branch',
      // biome-ignore lint/suspicious/noThenProperty: the word of the language
      then: [
        { name: 'c', do: 'notify', id: 'c' },
        { name: 'd', do: 'wait', late: [{ name: 'e', do: 'stop' }] },
      ],
    },
    {
      name: 'f',
      do: 'for_each',
      steps: [{ name: 'g', do: 'update', onError: { any: [{ name: 'h', do: 'stop' }] } }],
    },
  ],
}
const read = (definition: Json) => readSteps(definition.steps, ['steps'], BLOCKS)
const order = (definition: Json) => flat(read(definition)).map(({ step }) => step.name)

describe('the steps of a flow', () => {
  it('are read with the ways that they may take', () => {
    expect(flat(read(flow)).map(({ path, way }) => [keyOfPath(path), way])).to.deep.equal([
      ['steps/0', 'plain'],
      ['steps/1', 'split'],
      ['steps/1/then/0', 'plain'],
      ['steps/1/then/1', 'aside'],
      ['steps/1/then/1/late/0', 'plain'],
      ['steps/2', 'each'],
      ['steps/2/steps/0', 'aside'],
      ['steps/2/steps/0/onError/any/0', 'plain'],
    ])
    expect(read(flow)[1]!.lanes.map(({ path }) => keyOfPath(path))).to.deep.equal([
      'steps/1/then',
      'steps/1/else',
    ])
  })

  it('are put into a way that has none yet, and taken out with it', () => {
    const more = inserted(flow, { list: ['steps', '1', 'else'], at: 0 }, { name: 'x', do: 'stop' })
    expect(order(more)).to.deep.equal(['a', 'b', 'c', 'd', 'e', 'x', 'f', 'g', 'h'])
    expect(withoutStep(more, ['steps', '1', 'else', '0'])).to.deep.equal(flow)
    expect(withoutStep({ steps: [{ do: 'stop' }] }, ['steps', '0'])).to.deep.equal({ steps: [] })
  })

  it('are moved wherever they may stand, found again, and never into themselves', () => {
    const down = movedStep(flow, ['steps', '0'], { list: ['steps', '2', 'steps'], at: 1 })!
    expect(order(down.definition)).to.deep.equal(['b', 'c', 'd', 'e', 'f', 'g', 'h', 'a'])
    expect(keyOfPath(down.path)).to.equal('steps/1/steps/1')
    const out = movedStep(flow, ['steps', '1', 'then', '1', 'late', '0'], { list: ['steps'], at: 0 })!
    expect(order(out.definition)).to.deep.equal(['e', 'a', 'b', 'c', 'd', 'f', 'g', 'h'])
    expect(valueAt(out.definition, ['steps', '2', 'then', '1'])).to.deep.equal({ name: 'd', do: 'wait' })
    expect(movedStep(flow, ['steps', '1'], { list: ['steps', '1', 'then'], at: 0 })).to.equal(undefined)
  })

  it('go up and down, and at the end of a way out of it', () => {
    const next = (path: readonly string[], by: -1 | 1) => {
      const slot = slotBeside(flow, path, by)
      return slot === undefined ? undefined : order(movedStep(flow, path, slot)!.definition).join('')
    }
    expect(next(['steps', '0'], -1)).to.equal(undefined)
    expect(next(['steps', '0'], 1)).to.equal('bcdeafgh')
    expect(next(['steps', '1', 'then', '0'], -1)).to.equal('acbdefgh')
    expect(next(['steps', '1', 'then', '1'], 1)).to.equal('abcdefgh')
    expect(next(['steps', '2'], -1)).to.equal('afghbcde')
  })

  it('have the problems that are theirs, not those of steps within them', () => {
    const nodes = read(flow)
    expect(
      ['/trigger/record', '/steps/1/when', '/steps/1/then/1/late/0/do', '/steps/2/steps', '/label'].map(
        (place) => stepOfPlace(nodes, place),
      ),
    ).to.deep.equal(['trigger', 'steps/1', 'steps/1/then/1/late/0', 'steps/2', undefined])
  })

  it('are found again in a draft that has moved them', () => {
    const moved = movedStep(flow, ['steps', '0'], { list: ['steps'], at: 3 })!
    const journal = [
      { path: '/steps/0', state: 'done' },
      { path: '/steps/1/then/0', state: 'failed' },
    ] as never
    expect([...takenOf(journal, flow, read(moved.definition))]).to.deep.equal([
      ['steps/2', 'done'],
      ['steps/0/then/0', 'failed'],
    ])
  })
})

describe('the ways of a step that fails', () => {
  it('are those that it has not yet: of a call more than of others', () => {
    expect(faultsToAdd({ do: 'update' })).to.deep.equal(['any'])
    expect(faultsToAdd({ do: 'update', onError: { any: [] } })).to.deep.equal([])
    expect(faultsToAdd({ do: 'call', onError: { CALL_REFUSED: [] } }))
      .to.include('any')
      .and.not.include('CALL_REFUSED')
  })

  it('go by the code that the engine makes of what the other side writes', () => {
    expect([' signer.unknown', 'E-42', '余额不足', ''].map(faultCode)).to.deep.equal([
      'SIGNER_UNKNOWN',
      'E_42',
      ...[undefined, undefined],
    ])
  })
})

describe('the picture of a flow', () => {
  const layout = layoutFlow(read(flow))
  const cards = new Map(layout.cards.map((card) => [card.path.join('/'), card]))

  it('has every step once, with a place to add before and behind each', () => {
    expect([...cards.keys()].sort()).to.deep.equal(
      ['end', 'trigger', ...flat(read(flow)).map(({ path }) => keyOfPath(path))].sort(),
    )
    const slots = layout.pluses.map(({ slot }) => `${slot.list.join('/')}/${slot.at}`)
    expect(new Set(slots).size).to.equal(slots.length)
    expect(slots).to.include.members(['steps/0', 'steps/3', 'steps/1/then/0', 'steps/1/else/0'])
    // Behind a step that ends the flow nothing comes.
    expect(slots).to.not.include('steps/1/then/1/late/1')
  })

  it('lets no card lie on another', () => {
    const all = [...cards.values()]
    for (const [at, one] of all.entries()) {
      for (const other of all.slice(at + 1)) {
        const apart = Math.abs(one.x - other.x) >= CARD.width || Math.abs(one.y - other.y) >= CARD.height
        expect(apart, `${one.path.join('/')} and ${other.path.join('/')}`).to.equal(true)
      }
      expect(one.x >= 0 && one.x + CARD.width <= layout.width, one.path.join('/')).to.equal(true)
    }
  })

  it('keeps what follows on one line, and ways beside it', () => {
    expect(cards.get('steps/2')!.x).to.equal(cards.get('trigger')!.x)
    expect(cards.get('steps/1/then/0')!.x).to.be.below(cards.get('steps/1')!.x)
    expect(cards.get('steps/1/then/1')!.x).to.equal(cards.get('steps/1/then/0')!.x)
  })

  it('has no end behind a flow that stops', () => {
    const { cards: stopped } = layoutFlow(read({ steps: [{ do: 'stop' }] }))
    expect(stopped.map(({ path }) => path.join('/'))).to.deep.equal(['trigger', 'steps/0'])
  })
})
