import { mkdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import { deviceOf, encryptionOf, volumeEncryption } from '../../../engine/ops/volume.ts'
import { scratchFolder } from '../../support/scratch.ts'

/** A sysfs with a disk, LUKS on a partition of it, LVM on that, and RAID over an encrypted and a plain disk. */
function fakeSys(): string {
  const sys = scratchFolder('sys')
  const devices: Record<string, { uuid?: string; slaves?: string[] }> = {
    '8:1': {},
    '8:2': {},
    '254:0': { uuid: 'CRYPT-LUKS2-0123', slaves: ['8:2'] },
    '254:1': { uuid: 'LVM-4567', slaves: ['254:0'] },
    '254:2': { uuid: 'LVM-89ab', slaves: ['8:1'] },
    '9:0': { slaves: ['254:0', '8:1'] },
    '9:1': { slaves: ['254:0', '254:1'] },
  }
  for (const [device, { uuid, slaves }] of Object.entries(devices)) {
    const folder = join(sys, 'dev/block', device)
    mkdirSync(join(folder, 'slaves'), { recursive: true })
    writeFileSync(join(folder, 'size'), '1')
    if (uuid !== undefined) {
      mkdirSync(join(folder, 'dm'))
      writeFileSync(join(folder, 'dm/uuid'), `${uuid}\n`)
    }
    for (const slave of slaves ?? [])
      symlinkSync(join(sys, 'dev/block', slave), join(folder, 'slaves', slave))
  }
  return sys
}

const MOUNTS = [
  '/dev/sda1 / ext4 rw 0 0',
  'tmpfs /run tmpfs rw 0 0',
  '/home/.ecrypt /home/li\\040na ecryptfs rw 0 0',
  'overlay /app overlay rw 0 0',
].join('\n')

describe('the encryption of a volume', () => {
  const sys = fakeSys()
  const cases = [
    { folder: '/data', device: '8:1', is: 'plain' },
    { folder: '/data', device: '254:0', is: 'encrypted' },
    { folder: '/data', device: '254:1', is: 'encrypted' },
    { folder: '/data', device: '254:2', is: 'plain' },
    { folder: '/data', device: '9:0', is: 'plain' },
    { folder: '/data', device: '9:1', is: 'encrypted' },
    { folder: '/home/li na/data', device: '0:50', is: 'encrypted' },
    { folder: '/home/li', device: '8:1', is: 'plain' },
    { folder: '/app/data', device: '0:60', is: 'unknown' },
    { folder: '/run/data', device: '0:22', is: 'unknown' },
    { folder: '/data', device: '7:7', is: 'unknown' },
  ] as const
  for (const { folder, device, is } of cases) {
    it(`is ${is} for ${folder} on ${device}`, () => {
      expect(encryptionOf({ folder, device }, MOUNTS, sys)).to.equal(is)
    })
  }

  it('takes device numbers apart as the system does', () => {
    expect([deviceOf(0x801n), deviceOf(0x10300n), deviceOf(0xfe00n)]).to.deep.equal(['8:1', '259:0', '254:0'])
  })

  it('says something of every folder of this machine', () => {
    const folder = scratchFolder('volume')
    expect(statSync(folder).isDirectory()).to.equal(true)
    expect(volumeEncryption(folder)).to.be.oneOf(['encrypted', 'plain', 'unknown'])
  })
})
