import { expect } from 'chai'
import fc from 'fast-check'
import {
  isDate,
  isDuration,
  isEmail,
  isInstant,
  isPhone,
  isStorableText,
  isTime,
  isWebAddress,
} from '../../../engine/fields/parts/formats.ts'

describe('formats of values', () => {
  it('takes exactly the days that the calendar has', () => {
    const day = fc.record({
      y: fc.integer({ min: 0, max: 9999 }),
      m: fc.integer({ min: 0, max: 13 }),
      d: fc.integer({ min: 0, max: 32 }),
    })
    fc.assert(
      fc.property(day, ({ y, m, d }) => {
        const text = `${String(y).padStart(4, '0')}-${String(m).padStart(2, '0')}-${String(d).padStart(2, '0')}`
        const date = new Date(0)
        date.setUTCFullYear(y, m - 1, d)
        const real =
          y > 0 && date.getUTCFullYear() === y && date.getUTCMonth() === m - 1 && date.getUTCDate() === d
        expect(isDate(text), text).to.equal(real)
      }),
    )
  })

  it('takes an instant in every zone and precision that means the same', () => {
    const same = [
      '2026-03-02T09:00:00+08:00',
      '2026-03-02T01:00Z',
      '2026-03-02T01:00:00.000000000Z',
      '2026-03-01T20:00:00-05:00',
    ]
    for (const text of same) {
      expect(isInstant(text), text).to.equal(true)
      expect(Date.parse(text)).to.equal(Date.parse('2026-03-02T01:00:00.000Z'))
    }
  })

  it('takes every instant that JavaScript writes between the years 1 and 9999', () => {
    const range = {
      min: new Date('0001-01-01T00:00:00.000Z'),
      max: new Date('9999-12-31T23:59:59.999Z'),
      noInvalidDate: true,
    }
    fc.assert(fc.property(fc.date(range), (date) => isInstant(date.toISOString())))
  })

  it('takes a text exactly when it is well formed and without NUL', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(isStorableText(text)).to.equal(!text.includes('\0') && Buffer.from(text).toString() === text)
      }),
    )
  })

  const cases: readonly {
    judge: (text: string) => boolean
    takes: readonly string[]
    refuses: readonly string[]
  }[] = [
    {
      judge: isTime,
      takes: ['00:00', '23:59:59'],
      refuses: ['24:00', '1:00', '12:60', '12:00:60', '12:00Z'],
    },
    {
      judge: isDuration,
      takes: ['P1D', 'P1W2D', 'PT0S', 'PT0.000001S', 'P999999Y'],
      refuses: ['P', 'PT', 'P1DT', 'P1S', 'PT1.5H', 'P1M1Y', 'P1000000D', 'PT0.0000001S', '+P1D'],
    },
    {
      judge: isEmail,
      takes: ['a.b+c@d-e.example', '李伟@例子.中国', `${'a'.repeat(64)}@example.com`],
      refuses: [
        'a@b',
        'a..b@c.de',
        '"a b"@c.de',
        'a@[10.0.0.1]',
        'a@b.c-',
        `a@${'b'.repeat(64)}.de`,
        'a@b.12',
      ],
    },
    {
      judge: isPhone,
      takes: ['110', '+1 (415) 555-2671 x9'],
      refuses: ['11', 'abc', '1'.repeat(21), '110;DROP'],
    },
    {
      judge: isWebAddress,
      takes: ['https://a.b/c?d=e#f', 'http://[::1]:80/'],
      refuses: [
        'https:/a.b',
        'https://a b',
        'file:///etc/passwd',
        'https://a.b\\@evil.example',
        'https://[::1',
      ],
    },
  ]
  for (const { judge, takes, refuses } of cases) {
    for (const text of takes) it(`${judge.name} takes ${text}`, () => expect(judge(text)).to.equal(true))
    for (const text of refuses) it(`${judge.name} refuses ${text}`, () => expect(judge(text)).to.equal(false))
  }
})
