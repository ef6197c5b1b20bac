import { expect } from 'chai'
import { areFaults, isValue } from '../../../engine/quality/compare.ts'
import { later } from '../../../engine/quality/later.ts'

describe('isValue', () => {
  const cases: readonly { found: unknown; expected: unknown; is: boolean }[] = [
    { found: 'a', expected: 'a', is: true },
    { found: '1', expected: 1, is: false },
    { found: undefined, expected: null, is: true },
    { found: [], expected: null, is: true },
    { found: null, expected: [], is: true },
    { found: 0, expected: null, is: false },
    { found: ['b', 'a'], expected: ['a', 'b'], is: true },
    { found: ['a', 'a'], expected: ['a', 'b'], is: false },
    { found: ['a', 'b', 'c'], expected: ['a', 'b'], is: false },
    { found: { id: null, hidden: true }, expected: { hidden: true }, is: true },
    { found: null, expected: { hidden: true }, is: false },
    { found: ['a'], expected: { 0: 'a' }, is: false },
  ]
  for (const { found, expected, is } of cases) {
    it(`${JSON.stringify(found)} ${is ? 'is' : 'is not'} ${JSON.stringify(expected)}`, () => {
      expect(isValue(found, expected)).to.equal(is)
    })
  }
})

describe('areFaults', () => {
  const a = { code: 'A', path: '/x' }
  const b = { code: 'A', path: '/y' }
  const cases = [
    { title: 'in any order', found: [a, b], expected: [b, a], is: true },
    {
      title: 'one without a place takes what is left',
      found: [a, b],
      expected: [{ code: 'A' }, a],
      is: true,
    },
    { title: 'one more was found', found: [a, b], expected: [a], is: false },
    { title: 'one of them is another', found: [a, b], expected: [a, { code: 'B' }], is: false },
    { title: 'twice the same', found: [a, b], expected: [a, a], is: false },
  ]
  for (const { title, found, expected, is } of cases) {
    it(`${title}: ${is}`, () => {
      expect(areFaults(found, expected)).to.equal(is)
    })
  }
})

describe('later', () => {
  const cases = [
    {
      from: '2024-01-31T01:00:00.000Z',
      duration: 'P1M',
      zone: 'Asia/Shanghai',
      to: '2024-02-29T01:00:00.000Z',
    },
    {
      from: '2024-02-28T01:00:00.000Z',
      duration: 'P1DT2H',
      zone: 'Asia/Shanghai',
      to: '2024-02-29T03:00:00.000Z',
    },
    // A day is a day on the wall, an hour is an hour: clocks go forward in between.
    {
      from: '2024-03-30T11:00:00.000Z',
      duration: 'P1D',
      zone: 'Europe/Berlin',
      to: '2024-03-31T10:00:00.000Z',
    },
    {
      from: '2024-03-30T11:00:00.000Z',
      duration: 'PT24H',
      zone: 'Europe/Berlin',
      to: '2024-03-31T11:00:00.000Z',
    },
  ]
  for (const { from, duration, zone, to } of cases) {
    it(`${duration} after ${from} in ${zone} is ${to}`, () => {
      expect(later(new Date(from), duration, zone).toISOString()).to.equal(to)
    })
  }
})
