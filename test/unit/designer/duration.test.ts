import { expect } from 'chai'
import fc from 'fast-check'
import {
  DURATION_UNITS,
  durationText,
  inOneUnit,
  unitsOf,
} from '../../../designer/inspector/controls/duration.ts'
import { parseDuration } from '../../../metadata/rules/durations.ts'

describe('a length of time in the designer', () => {
  it('is a number and a unit, and comes back as it was written', () => {
    const counts = fc.integer({ min: 0, max: 2_000 })
    fc.assert(
      fc.property(counts, fc.constantFrom(...DURATION_UNITS), (count, unit) => {
        const text = durationText(count, unit)
        expect(inOneUnit(text)).to.deep.equal({ count, unit })
        expect(parseDuration(text), text).to.not.equal(undefined)
      }),
    )
  })

  for (const text of ['P1DT12H', 'P1Y', 'PT30S', '-P3D', 'P', 'PT', '3', '', 'P99999D']) {
    it(`stays as it is written where it is none of one unit: ${JSON.stringify(text)}`, () => {
      expect(inOneUnit(text)).to.equal(undefined)
    })
  }

  it('is offered in the units that a property takes', () => {
    expect(unitsOf('^P[1-9][0-9]{0,3}[DW]$')).to.deep.equal(['days', 'weeks'])
    expect(unitsOf(undefined)).to.deep.equal([...DURATION_UNITS])
  })

  it('means minutes behind the T, months before it', () => {
    expect([inOneUnit('PT5M'), inOneUnit('P5M')]).to.deep.equal([
      { count: 5, unit: 'minutes' },
      { count: 5, unit: 'months' },
    ])
  })
})
