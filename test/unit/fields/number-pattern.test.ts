import { expect } from 'chai'
import { checkPattern } from '../../../engine/fields/parts/number-pattern.ts'

describe('patterns of auto-numbers', () => {
  const checks = [
    { pattern: '{yyyy}-{####}', reset: 'year', at: undefined },
    { pattern: '{yy}-{mm}-{####}', reset: 'month', at: undefined },
    { pattern: '{yyyy}-{####}', reset: 'day', at: '/reset' },
    { pattern: '{mm}-{####}', reset: 'month', at: '/reset' },
    { pattern: 'no counter', reset: 'none', at: '/pattern' },
    { pattern: '{#}{#}', reset: 'none', at: '/pattern' },
    { pattern: '{year}-{#}', reset: 'none', at: '/pattern' },
    { pattern: '{#}}', reset: 'none', at: '/pattern' },
    { pattern: '{#############}', reset: 'none', at: '/pattern' },
  ]
  for (const { pattern, reset, at } of checks) {
    it(`${pattern} with reset ${reset} is ${at === undefined ? 'right' : `wrong at ${at}`}`, () => {
      const faults = checkPattern({ name: 'n', type: 'auto_number', pattern, reset })
      expect(faults.map((fault) => fault.path)).to.deep.equal(at === undefined ? [] : [at])
    })
  }
})
