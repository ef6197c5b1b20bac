import { expect } from 'chai'
import { parseAllowedHosts } from '../../../engine/allowed-hosts.ts'
import { isAllowed, isOpenAddress } from '../../../engine/connectors/addresses.ts'

describe('an address', () => {
  const open = ['93.184.216.34', '8.8.8.8', '2606:4700::1111', '240e::1', '172.32.0.1', '100.128.0.1']
  const closed = [
    ...['127.0.0.1', '127.255.255.254', '0.0.0.0', '10.0.0.1', '172.16.0.1', '172.31.255.255', '192.168.1.1'],
    ...['169.254.169.254', '100.100.100.200', '168.63.129.16', '192.0.0.192', '198.18.0.1', '224.0.0.1'],
    ...['255.255.255.255', '::', '::1', 'fe80::1', 'fe80::1%eth0', 'fc00::1', 'fd00:ec2::254', 'ff02::1'],
    ...['::ffff:127.0.0.1', '::ffff:7f00:1', '::ffff:8.8.8.8', '::127.0.0.1', '64:ff9b::7f00:1'],
    ...['2002:7f00:1::', '2001::1', '2001:db8::1', '3fff::1', 'not an address', ''],
  ]
  for (const address of open) it(`${address} is open`, () => expect(isOpenAddress(address)).to.equal(true))
  for (const address of closed)
    it(`${address} is closed`, () => expect(isOpenAddress(address)).to.equal(false))
})

describe('what the operator allows', () => {
  const allowed = parseAllowedHosts(
    'a=10.1.0.0/16,a=erp.corp:8443,a=[fd00::/8]:1'.replace('[fd00::/8]:1', '[fd00::1]'),
  )
  const cases = [
    { host: 'x.corp', port: 1, address: '10.1.2.3', is: true },
    { host: '10.1.2.3', port: 1, address: '10.1.2.3', is: true },
    { host: 'x.corp', port: 1, address: '10.2.0.1', is: false },
    { host: 'x.corp', port: 1, address: '::ffff:10.1.2.3', is: false },
    { host: 'ERP.corp', port: 8443, address: '192.168.0.1', is: true },
    { host: 'erp.corp', port: 443, address: '192.168.0.1', is: false },
    { host: 'erp.corp.evil.com', port: 8443, address: '192.168.0.1', is: false },
    { host: '[fd00::1]', port: 7, address: 'fd00::1', is: true },
    { host: '[fd00::2]', port: 7, address: 'fd00::2', is: false },
  ]
  for (const { is, ...target } of cases)
    it(`${target.host}:${target.port} at ${target.address}: ${is ? 'allowed' : 'not'}`, () =>
      expect(isAllowed(allowed, target)).to.equal(is))
})
