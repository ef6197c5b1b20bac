import { expect } from 'chai'
import { addressText } from '../../../runtime-ui/values/address-text.ts'

describe('an address in one line', () => {
  const chengdu = {
    country: 'CN',
    province: '四川省',
    city: '成都市',
    district: '高新区',
    street: '合作路454号',
    postcode: '611731',
  }

  it('goes from large to small without signs in Chinese, without the country at home', () => {
    expect(addressText(chengdu, 'zh-CN')).to.equal('四川省成都市高新区合作路454号')
  })

  it('goes from small to large in English, with the name of the country', () => {
    expect(addressText(chengdu, 'en')).to.equal('合作路454号, 高新区, 成都市, 四川省, 611731, China')
  })

  it('keeps a country that is abroad, and one that is no code', () => {
    expect(addressText({ country: 'DE', city: 'Berlin' }, 'zh-CN')).to.equal('德国, Berlin')
    expect(addressText({ country: 'Deutschland', city: 'Berlin' }, 'en')).to.equal('Berlin, Deutschland')
    expect(addressText({ country: 'ZZ9', city: null }, 'en')).to.equal('ZZ9')
  })
})
