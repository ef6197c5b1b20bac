import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import { readEnvironment } from '../../engine/environment.ts'
import { scratchFolder } from '../support/scratch.ts'

describe('the environment', () => {
  it('stands above the file .env', () => {
    const folder = scratchFolder('env')
    writeFileSync(join(folder, '.env'), '# settings\nPORT=4000\nHOST="0.0.0.0"\nTENON_TEMPLATE=学校\n')
    expect(readEnvironment(folder, { PORT: '5000' })).to.deep.equal({
      PORT: '5000',
      HOST: '0.0.0.0',
      TENON_TEMPLATE: '学校',
    })
  })

  it('is enough where there is no file', () => {
    expect(readEnvironment(scratchFolder('env'), { PORT: '1' })).to.deep.equal({ PORT: '1' })
  })
})
