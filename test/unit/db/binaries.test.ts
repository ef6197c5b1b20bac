import { mkdirSync, readlinkSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import { completeLinks, mirror } from '../../../engine/db/embedded/binaries.ts'
import { removeFolder, scratchFolder } from '../../support/scratch.ts'

const LINK = 'libicuuc.so.60'
const FILE = 'libicuuc.so.60.2'

/** A package of programs whose link leads, by its whole path, into the folder that it was copied from. */
function copiedPackage(scratch: string): { native: string; origin: string } {
  const [origin, native] = [join(scratch, 'origin', 'lib'), join(scratch, 'copy', 'native')]
  mkdirSync(origin, { recursive: true })
  mkdirSync(join(native, 'lib'), { recursive: true })
  writeFileSync(join(origin, FILE), 'a library')
  writeFileSync(join(native, 'lib', FILE), 'a library')
  symlinkSync(join(origin, FILE), join(native, 'lib', LINK))
  const list = [{ source: `native/lib/${FILE}`, target: `native/lib/${LINK}` }]
  writeFileSync(join(native, 'pg-symlinks.json'), JSON.stringify(list))
  return { native, origin }
}

describe('the programs of the database', () => {
  it('are kept without a way back into the checkout that they came from', () => {
    const scratch = scratchFolder('programs')
    const { native } = copiedPackage(scratch)
    const kept = join(scratch, 'cache', 'native')
    mirror(native, kept)
    expect(completeLinks(kept)).to.equal(true)
    expect(readlinkSync(join(kept, 'lib', LINK))).to.equal(FILE)
  })

  it('are made whole where a link leads into a checkout that is gone', () => {
    const scratch = scratchFolder('programs')
    const { native, origin } = copiedPackage(scratch)
    removeFolder(origin)
    expect(completeLinks(native)).to.equal(true)
    expect(readlinkSync(join(native, 'lib', LINK))).to.equal(FILE)
  })
})
