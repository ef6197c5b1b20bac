import { expect } from 'chai'
import { fitPlace, isInChina, loadRegions, pathOf, placeAt } from '../../../runtime-ui/widgets/regions.ts'

describe('the regions of an address', () => {
  const places = [
    {
      path: ['广东省', '广州市', '天河区'],
      place: { province: '广东省', city: '广州市', district: '天河区' },
    },
    { path: ['北京市', '朝阳区'], place: { province: '北京市', city: '北京市', district: '朝阳区' } },
    { path: ['北京市'], place: { province: '北京市', city: '北京市' } },
    { path: ['湖北省', '仙桃市'], place: { province: '湖北省', city: '仙桃市' } },
    { path: [], place: {} },
  ]
  for (const { path, place } of places) {
    it(`${path.join(' › ') || 'nothing'}: there and back`, async () => {
      expect(placeAt(path, await loadRegions())).to.deep.equal(place)
      expect(pathOf(place)).to.deep.equal(path)
    })
  }

  const said = [
    {
      parts: { province: '广东', city: '深圳市', district: '南山区' },
      fits: { province: '广东省', city: '深圳市', district: '南山区' },
    },
    {
      parts: { city: '杭州市', street: '文三路' },
      fits: { province: '浙江省', city: '杭州市', street: '文三路' },
    },
    {
      parts: { province: '上海市', city: '上海市', district: '浦东新区' },
      fits: { province: '上海市', city: '上海市', district: '浦东新区' },
    },
    { parts: { province: '台北', city: '某市' }, fits: { province: '台北', city: '某市' } },
  ]
  for (const { parts, fits } of said) {
    it(`knows ${Object.values(parts).join(' ')}`, async () => {
      expect(fitPlace(parts, await loadRegions())).to.deep.equal(fits)
    })
  }

  const countries = [
    { address: { country: 'CN' }, reads: false, is: true },
    { address: { country: '中国' }, reads: false, is: true },
    { address: { country: 'Germany', province: '广东' }, reads: true, is: false },
    { address: {}, reads: true, is: true },
    { address: {}, reads: false, is: false },
    { address: { city: '杭州市' }, reads: false, is: true },
    { address: { city: 'Berlin' }, reads: true, is: false },
  ]
  for (const { address, reads, is } of countries) {
    it(`${JSON.stringify(address)} read in ${reads ? 'Chinese' : 'English'} is ${is ? '' : 'not '}in China`, () => {
      expect(isInChina(address, reads)).to.equal(is)
    })
  }
})
