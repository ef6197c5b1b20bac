import { expect } from 'chai'
import fc from 'fast-check'
import {
  formatDate,
  formatDuration,
  formatFileSize,
  formatInstant,
  formatMoney,
  formatNumber,
  formatPercent,
} from '../../../runtime-ui/kit/format.ts'
import { instantOf, wallClockOf } from '../../../runtime-ui/kit/zoned.ts'

const TODAY = '2026-11-22'

describe('dates as people read them', () => {
  const cases = [
    { date: '2026-11-22', en: 'Today', zh: '今天' },
    { date: '2026-11-21', en: 'Yesterday', zh: '昨天' },
    { date: '2026-11-23', en: 'Tomorrow', zh: '明天' },
    { date: '2026-03-02', en: '2 Mar', zh: '3 月 2 日' },
    { date: '2027-12-04', en: '4 Dec 2027', zh: '2027-12-04' },
    { date: '2025-11-22', en: '22 Nov 2025', zh: '2025-11-22' },
  ]
  for (const { date, en, zh } of cases) {
    it(`writes ${date} as ${en} and ${zh}`, () => {
      expect(formatDate(date, 'en', TODAY)).to.equal(en)
      expect(formatDate(date, 'zh-CN', TODAY)).to.equal(zh)
    })
  }

  it('shows an instant on the workspace’s clock', () => {
    const now = new Date('2026-11-22T03:00:00Z')
    expect(formatInstant('2026-11-21T16:30:00.000Z', 'zh-CN', 'Asia/Shanghai', now)).to.equal('今天 00:30')
    expect(formatInstant('2026-11-21T16:30:00.000Z', 'en', 'Europe/London', now)).to.equal('Yesterday 16:30')
    expect(formatInstant('2024-01-05T16:30:00.000Z', 'en', 'UTC', now)).to.equal('5 Jan 2024')
  })
})

describe('numbers as people read them', () => {
  it('parts thousands and keeps every digit', () => {
    expect(formatNumber(1234567.891, 'en')).to.equal('1,234,567.891')
    expect(formatNumber(999999999999999, 'en')).to.equal('999,999,999,999,999')
    expect(formatNumber(5, 'en', 2)).to.equal('5.00')
  })

  const amounts = [
    { value: 1286000, currency: 'CNY', parts: { minus: '', sign: '¥', digits: '1,286,000' } },
    { value: -12.5, currency: 'GBP', parts: { minus: '-', sign: '£', digits: '12.50' } },
    { value: '10005534', currency: 'USD', parts: { minus: '', sign: '$', digits: '10,005,534' } },
  ]
  for (const { value, currency, parts } of amounts) {
    it(`writes ${value} ${currency} with the sign apart`, () => {
      expect(formatMoney(value, currency, 'en')).to.deep.equal(parts)
    })
  }

  it('writes fractions as percentages without the errors of binary', () => {
    expect(formatPercent(0.07, 'zh-CN')).to.equal('7%')
    expect(formatPercent(0.125, 'en')).to.equal('12.5 %')
  })

  it('writes sizes', () => {
    expect(formatFileSize(0, 'en')).to.equal('0 B')
    expect(formatFileSize(88_064, 'en')).to.equal('86 KB')
    expect(formatFileSize(1_258_291, 'en')).to.equal('1.2 MB')
  })
})

describe('durations', () => {
  const cases = [
    { value: 'PT2H30M', en: '2 h 30 min', zh: '2 小时 30 分' },
    { value: 'P1DT1S', en: '1 d 1 s', zh: '1 天 1 秒' },
    { value: 'PT0S', en: '0 min', zh: '0 分' },
    { value: 'no duration', en: 'no duration', zh: 'no duration' },
  ]
  for (const { value, en, zh } of cases) {
    it(`writes ${value} as ${en}`, () => {
      expect([formatDuration(value, 'en'), formatDuration(value, 'zh-CN')]).to.deep.equal([en, zh])
    })
  }
})

describe('the workspace’s clock', () => {
  it('gives every instant back, in any zone (property)', () => {
    const zone = fc.constantFrom('Asia/Shanghai', 'Europe/London', 'America/New_York', 'UTC', 'Asia/Kolkata')
    const second = fc.integer({ min: 0, max: 4_000_000_000 })
    fc.assert(
      fc.property(zone, second, (name, at) => {
        const instant = new Date(at * 1000).toISOString()
        const back = instantOf(wallClockOf(instant, name), name)
        // In the hour that a change of clocks repeats, two instants read alike.
        expect(wallClockOf(back, name)).to.deep.equal(wallClockOf(instant, name))
      }),
    )
  })

  it('reads a time in Shanghai as its instant', () => {
    expect(instantOf({ date: '2026-03-02', time: '09:00:00' }, 'Asia/Shanghai')).to.equal(
      '2026-03-02T01:00:00.000Z',
    )
  })
})
