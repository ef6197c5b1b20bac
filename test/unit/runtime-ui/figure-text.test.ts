import { expect } from 'chai'
import {
  changeOf,
  figureText,
  shortFigure,
  shortText,
} from '../../../runtime-ui/screens/reports/figure-text.ts'

const EN = { language: 'en', currency: 'GBP' } as const
const ZH = { language: 'zh-CN', currency: 'CNY' } as const

describe('figures as people read them', () => {
  it('are told in full in a table', () => {
    expect(figureText(1286000, 'money', ZH)).to.equal('¥1,286,000')
    expect(figureText(0.1234, 'percent', EN)).to.equal('12.3 %')
    expect(figureText(47.52, 'hours', ZH)).to.equal('47.5 小时')
    expect(figureText(null, 'number', EN)).to.equal('–')
    expect(figureText('12345678901234567', 'money', EN)).to.match(/^£12,345,678,901,234,56/)
  })

  it('are shortened in a tile, each language in its own steps', () => {
    expect(shortFigure(1286000, 'money', ZH)).to.deep.equal({ sign: '¥', digits: '129', unit: '万' })
    expect(shortFigure(1190000, 'money', EN)).to.deep.equal({ sign: '£', digits: '1.19', unit: 'm' })
    expect(shortText(12500, 'number', EN)).to.equal('12.5k')
    expect(shortText(250, 'number', ZH)).to.equal('250')
  })

  it('are compared with those of before: in points where they are parts', () => {
    expect(changeOf(120, 100, 'money', 'en')).to.deep.equal({ text: '+20 %', isUp: true })
    expect(changeOf(0.5, 0.55, 'percent', 'zh-CN')).to.deep.equal({ text: '−5 个百分点', isUp: false })
    expect(changeOf(5, 0, 'number', 'en')).to.equal(undefined)
    expect(changeOf(null, 3, 'number', 'en')).to.equal(undefined)
  })
})
