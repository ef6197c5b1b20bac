import { expect } from 'chai'
import fc from 'fast-check'
import { digitsOf, hasAtMostGraphemes, isExact } from '../../../engine/fields/parts/keywords.ts'
import { numberFromCell, plainNumber, shiftPoint } from '../../../engine/fields/parts/number.ts'
import { percentField } from '../../../engine/fields/percent.ts'
import { ValueFaultError } from '../../../engine/registry/field-type.ts'

/** A decimal of at most 15 digits, as text without superfluous zeros, and how many digits stand after its point. */
const decimals = fc
  .record({
    digits: fc.bigInt({ min: 1n, max: 999_999_999_999_999n }).filter((digits) => digits % 10n !== 0n),
    scale: fc.integer({ min: 0, max: 10 }),
    negative: fc.boolean(),
  })
  .map(({ digits, scale, negative }) => ({
    text: shiftPoint(`${negative ? '-' : ''}${digits}`, -scale),
    scale,
  }))

describe('exact numbers', () => {
  it('keeps every decimal of 15 digits through a float', () => {
    fc.assert(
      fc.property(decimals, ({ text, scale }) => {
        const value = Number(text)
        expect(plainNumber(value)).to.equal(text)
        expect(digitsOf(value).scale).to.equal(scale)
        expect(isExact(value, scale)).to.equal(true)
        if (scale > 0) expect(isExact(value, scale - 1)).to.equal(false)
      }),
    )
  })

  const digits = [
    { value: 0, significant: 0, scale: 0 },
    { value: 0.1 + 0.2, significant: 17, scale: 17 },
    { value: 1e21, significant: 1, scale: 0 },
    { value: 1.5e-7, significant: 2, scale: 8 },
    { value: -123_000, significant: 3, scale: 0 },
    { value: 5e-324, significant: 1, scale: 324 },
  ]
  for (const { value, ...expected } of digits) {
    it(`counts the digits of ${value}`, () => expect(digitsOf(value)).to.deep.equal(expected))
  }

  const shifts = [
    { text: '0.3', places: 2, shifted: '30' },
    { text: '30', places: -2, shifted: '0.3' },
    { text: '-0.0725', places: 2, shifted: '-7.25' },
    { text: '1e-7', places: 0, shifted: '0.0000001' },
    { text: '1.5e+21', places: 0, shifted: '1500000000000000000000' },
    { text: '-0', places: 2, shifted: '0' },
  ]
  for (const { text, places, shifted } of shifts) {
    it(`moves the point of ${text} by ${places}`, () => expect(shiftPoint(text, places)).to.equal(shifted))
  }
})

describe('numbers in cells', () => {
  const cells: readonly { cell: string; value?: number; code?: string }[] = [
    { cell: '1,234.50', value: 1234.5 },
    { cell: '￥1,234,567', value: 1234567 },
    { cell: '-$5', value: -5 },
    { cell: 'CNY 12', value: 12 },
    { cell: ' 7. ', value: 7 },
    { cell: '.5', value: 0.5 },
    { cell: '1e3', value: 1000 },
    { cell: '000000000000000000001', value: 1 },
    { cell: '100000000000000000000', value: 1e20 },
    { cell: '1234567890.1234567', code: 'FIELD_NUMBER_TOO_PRECISE' },
    { cell: '12,34', code: 'FIELD_TYPE_WRONG' },
    { cell: '1.2.3', code: 'FIELD_TYPE_WRONG' },
    { cell: 'twelve', code: 'FIELD_TYPE_WRONG' },
    { cell: '-', code: 'FIELD_TYPE_WRONG' },
    { cell: '0x10', code: 'FIELD_TYPE_WRONG' },
  ]
  for (const { cell, value, code } of cells) {
    it(`reads “${cell}” as ${value ?? code}`, () => {
      if (code === undefined) expect(numberFromCell(cell, 2)).to.equal(value)
      else expect(() => numberFromCell(cell, 2)).to.throw(ValueFaultError, code)
    })
  }

  it('reads a percent by its sign', () => {
    const field = { name: 'discount', type: 'percent' }
    const cells = ['30%', '0.3', '7.25 %', '12.5％', '0.0001%']
    expect(cells.map((cell) => percentField.csv.parse(cell, field))).to.deep.equal([
      0.3, 0.3, 0.0725, 0.125, 0.000001,
    ])
  })
})

describe('characters as people count them', () => {
  const counts = [
    { text: '👨‍👩‍👧‍👦👩🏽‍💻🇨🇳', limit: 3, fits: true },
    { text: '👨‍👩‍👧‍👦👩🏽‍💻🇨🇳', limit: 2, fits: false },
    { text: '二十个字', limit: 4, fits: true },
    { text: `a${'\u0301'.repeat(1_000_000)}`, limit: 20, fits: false },
  ]
  for (const { text, limit, fits } of counts) {
    it(`${text.slice(0, 30)} ${fits ? 'fits' : 'does not fit'} into ${limit}`, () => {
      expect(hasAtMostGraphemes(text, limit)).to.equal(fits)
    })
  }
})
