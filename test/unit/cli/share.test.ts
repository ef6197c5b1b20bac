import { expect } from 'chai'
import { codeLines, networkAddresses } from '../../../engine/cli/share.ts'

type Interfaces = Parameters<typeof networkAddresses>[2]

const address = (given: string, internal = false) => ({
  ...{ address: given, netmask: '', mac: '', cidr: null, internal },
  family: 'IPv4' as const,
})
const INTERFACES: Interfaces = {
  lo: [address('127.0.0.1', true)],
  wlan: [address('192.168.1.20'), { ...address('fe80::1'), family: 'IPv6', scopeid: 2 }],
  lan: [address('10.0.0.5')],
}

describe('sharing on the network', () => {
  const cases = [
    { host: '127.0.0.1', reached: [] },
    { host: 'localhost', reached: [] },
    { host: '0.0.0.0', reached: ['http://192.168.1.20:3000', 'http://10.0.0.5:3000'] },
    { host: '10.0.0.5', reached: ['http://10.0.0.5:3000'] },
    { host: 'fd00::7', reached: ['http://[fd00::7]:3000'] },
  ]
  for (const { host, reached } of cases) {
    it(`tells where ${host} is reached`, () => {
      expect(networkAddresses(host, 3000, INTERFACES)).to.deep.equal(reached)
    })
  }

  it('draws a square code with its three finders and a white edge', () => {
    const lines = codeLines('http://192.168.1.20:3000')
    const width = lines[0]!.length
    expect(lines.every((line) => line.length === width)).to.equal(true)
    expect(Math.ceil(width / 2)).to.equal(lines.length)
    expect(lines[0]).to.equal('█'.repeat(width))
    // The upper edge of a finder: seven dark modules over white ones that are framed by dark.
    expect(lines[1]!.slice(2, 9)).to.equal(' ▄▄▄▄▄ ')
    expect(lines[1]!.slice(width - 9, width - 2)).to.equal(' ▄▄▄▄▄ ')
    expect(codeLines('x'.repeat(400)).length).to.be.greaterThan(lines.length)
  })
})
