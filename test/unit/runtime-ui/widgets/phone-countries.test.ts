import { expect } from 'chai'
import { phoneCountries, readPhone, withCountry } from '../../../../runtime-ui/widgets/phone-countries.ts'

describe('the country of a phone number', () => {
  const reads: [string, string | undefined, boolean][] = [
    ['13800138000', 'CN', true],
    ['+86 138 0013 8000', 'CN', true],
    ['0086 13800138000', 'CN', true],
    ['+1 415 555 2671', 'US', true],
    ['+44 20 7946 0958', 'GB', true],
    ['＋８１ 3-3224-9999', 'JP', true],
    ['021-5555 0100 转 801', 'CN', true],
    ['95588', 'CN', false],
    ['+1 415', undefined, false],
    ['call me', undefined, false],
    ['', undefined, false],
  ]
  for (const [text, country, isLikely] of reads) {
    it(`of “${text}”: ${country ?? 'none'}, ${isLikely ? 'likely' : 'unlikely'}`, () => {
      const read = readPhone(text)
      expect(read.isLikely).to.equal(isLikely)
      if (isLikely) expect(read.country).to.equal(country)
    })
  }

  const changes: [string, string, string][] = [
    ['4155552671', 'US', '+1 415 555 2671'],
    ['+1 415 555 2671', 'CN', '0415 555 2671'],
    ['+86 138 0013 8000', 'CN', '138 0013 8000'],
    ['13800138000', 'HK', '+852 13800138000'],
    ['', 'US', '+1 '],
    ['', 'CN', ''],
    ['+1 ', 'GB', '+44 '],
    ['020 7946 0958 ext. 12', 'GB', '+44 20 7946 0958 ext. 12'],
    ['123', 'XX', '123'],
  ]
  for (const [text, country, gives] of changes) {
    it(`“${text}” in ${country} is “${gives}”`, () => expect(withCountry(text, country)).to.equal(gives))
  }

  it('is one of all, ours first, called in the language of the page', () => {
    const [en, zh] = [phoneCountries('en'), phoneCountries('zh-CN')]
    expect(en[0]).to.eql({ code: 'CN', calling: '+86', name: 'China' })
    expect(zh[0]?.name).to.equal('中国')
    expect(en.length).to.equal(zh.length).and.to.be.greaterThan(200)
    expect(new Set(en.map(({ code }) => code)).size).to.equal(en.length)
  })
})
