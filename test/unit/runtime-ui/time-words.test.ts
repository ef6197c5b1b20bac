import { expect } from 'chai'
import { formatSpoken } from '../../../runtime-ui/kit/format.ts'
import { readTimeWords } from '../../../runtime-ui/times/time-words.ts'

/** A Saturday. */
const NOW = { date: '2026-11-28', time: '10:20:00' }

/** Words, the day, the time where one is said, and what is left. */
const cases: readonly (readonly [words: string, date: string, time?: string, rest?: string])[] = [
  ['后天下午3点', '2026-11-30', '15:00'],
  ['下周二 10点', '2026-12-01', '10:00'],
  ['下周二上午十点半', '2026-12-01', '10:30'],
  ['周五下午三点三刻', '2026-12-04', '15:45'],
  ['周六', '2026-11-28'],
  ['周四', '2026-12-03'],
  ['这周四', '2026-11-26'],
  ['三天后', '2026-12-01'],
  ['3天后下午2点', '2026-12-01', '14:00'],
  ['两周后', '2026-12-12'],
  ['下个月5号', '2026-12-05'],
  ['月底', '2026-11-30'],
  ['12月5日下午3点', '2026-12-05', '15:00'],
  ['5号', '2026-12-05'],
  ['明早9点', '2026-11-29', '09:00'],
  ['今晚8点', '2026-11-28', '20:00'],
  ['明晚', '2026-11-29', '19:00'],
  ['后天上午', '2026-11-30', '09:00'],
  ['两小时后', '2026-11-28', '12:20'],
  ['半小时后', '2026-11-28', '10:50'],
  ['一刻钟后', '2026-11-28', '10:35'],
  ['后天下午3点 给他报价', '2026-11-30', '15:00', '给他报价'],
  ['三天后回访', '2026-12-01', undefined, '回访'],
  ['next Tuesday 10am', '2026-12-01', '10:00'],
  ['in 3 days', '2026-12-01'],
  ['in two hours', '2026-11-28', '12:20'],
  ['tomorrow morning', '2026-11-29', '09:00'],
  ['tonight', '2026-11-28', '19:00'],
  ['3pm', '2026-11-28', '15:00'],
  ['9:30', '2026-11-29', '09:30'],
  ['5/12', '2026-12-05'],
  ['tomorrow at 3pm send the quote', '2026-11-29', '15:00', 'send the quote'],
  ['in 3 days: call 13800138000', '2026-12-01', undefined, 'call 13800138000'],
  ['2026-12-05 14:00', '2026-12-05', '14:00'],
]

describe('times in words', () => {
  for (const [words, date, time, rest = ''] of cases)
    it(`understand “${words}” as ${date} ${time ?? ''} ${rest}`, () => {
      expect(readTimeWords(words, NOW)).to.deep.equal({
        ...{ date, rest },
        time: time === undefined ? undefined : `${time}:00`,
      })
    })

  for (const words of ['', '你好', 'hello', '晚上十二点', '明天上午9点到10点', `明天${'好'.repeat(200)}`])
    it(`say nothing in “${words.slice(0, 12)}”`, () => {
      expect(readTimeWords(words, NOW)).to.equal(undefined)
    })

  it('count weeks from Monday, on a Sunday too', () => {
    const sunday = { date: '2026-11-29', time: '08:00:00' }
    expect(readTimeWords('下周二', sunday)?.date).to.equal('2026-12-01')
    expect(readTimeWords('周日', sunday)?.date).to.equal('2026-11-29')
  })

  it('end in the last day of a shorter month', () => {
    expect(readTimeWords('一个月后', { date: '2026-01-31', time: '08:00:00' })?.date).to.equal('2026-02-28')
  })

  it('are repeated with the weekday in both languages', () => {
    expect(formatSpoken('2026-11-30', '15:00:00', 'en')).to.equal('Mon 30 Nov 2026, 15:00')
    expect(formatSpoken('2026-11-30', undefined, 'en')).to.equal('Mon 30 Nov 2026')
    expect(formatSpoken('2026-11-30', '15:00:00', 'zh-CN')).to.equal('2026 年 11 月 30 日 周一 15:00')
  })
})
