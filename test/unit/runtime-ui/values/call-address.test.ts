import { expect } from 'chai'
import { callAddress } from '../../../../runtime-ui/values/call-address.ts'

describe('the address by which a number is called', () => {
  const cases: [string, string][] = [
    ['13800138000', 'tel:13800138000'],
    ['+86 138 0013 8000', 'tel:+8613800138000'],
    ['(415) 555-2671 ext. 12', 'tel:4155552671,12'],
    ['010-65529988 转 801', 'tel:01065529988,801'],
    ['021-5555 0100/0101', 'tel:02155550100'],
    ['＋８６ １３８００１３８０００', 'tel:+8613800138000'],
  ]
  for (const [number, address] of cases)
    it(`${number}: ${address}`, () => expect(callAddress(number)).to.equal(address))
})
