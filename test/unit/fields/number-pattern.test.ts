import { expect } from 'chai'
import { checkPattern, formatNumber, periodOf, resetOf } from '../../../engine/fields/parts/number-pattern.ts'

const DAY = '2026-03-02'

describe('patterns of auto-numbers', () => {
  const numbers = [
    { pattern: 'OPP-{yyyy}-{####}', counter: 7, number: 'OPP-2026-0007' },
    { pattern: '{yy}{mm}{dd}{###}', counter: 42, number: '260302042' },
    { pattern: '合同〔{yyyy}〕{#}号', counter: 12, number: '合同〔2026〕12号' },
    { pattern: '{##}', counter: 12345, number: '12345' },
  ]
  for (const { pattern, counter, number } of numbers) {
    it(`${pattern} gives ${number}`, () => expect(formatNumber(pattern, DAY, counter)).to.equal(number))
  }

  it('counts within the year, month or day that the reset says', () => {
    const periods = (['none', 'year', 'month', 'day'] as const).map((reset) => periodOf(reset, DAY))
    expect(periods).to.deep.equal(['', '2026', '2026-03', '2026-03-02'])
    expect(resetOf({ name: 'n', type: 'auto_number' })).to.equal('none')
    expect(resetOf({ name: 'n', type: 'auto_number', reset: 'month' })).to.equal('month')
  })

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
