import { join } from 'node:path'
import { expect } from 'chai'
import { checkDisk, existingPart, freeDiskMb } from '../../../engine/db/disk.ts'
import { scratchFolder } from '../../support/scratch.ts'

describe('the disk', () => {
  it('is full when less than 300 MB are free', () => {
    expect([checkDisk('/data', 300), checkDisk('/data', 299)]).to.deep.equal([
      undefined,
      { code: 'START_DISK_FULL', path: '', params: { free: 299, folder: '/data', needed: 300 } },
    ])
  })

  it('of a folder that is not there yet is that of the nearest one above', () => {
    const folder = scratchFolder('disk')
    const below = join(folder, 'not', 'there')
    expect(existingPart(below)).to.equal(folder)
    expect(freeDiskMb(below)).to.equal(freeDiskMb(folder)).and.to.be.greaterThan(0)
  })
})
