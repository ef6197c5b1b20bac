import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import type { AppError } from '../../../engine/errors.ts'
import { keepSecretKey } from '../../../engine/ops/secret-key.ts'
import { scratchFolder } from '../../support/scratch.ts'

describe('the secret key', () => {
  it('is made at the first start, for its owner only, and found again later', () => {
    const folder = scratchFolder('key')
    const made = keepSecretKey(folder, undefined)
    const file = join(folder, 'secret.key')
    expect(made).to.match(/^[0-9a-f]{64}$/)
    expect({
      files: readdirSync(folder),
      mode: statSync(file).mode & 0o777,
      text: readFileSync(file, 'utf8'),
      again: keepSecretKey(folder, undefined),
    }).to.deep.equal({ files: ['secret.key'], mode: 0o600, text: `${made}\n`, again: made })
  })

  it('is another one in each folder', () => {
    expect(keepSecretKey(scratchFolder('key'), undefined)).to.not.equal(
      keepSecretKey(scratchFolder('key'), undefined),
    )
  })

  it('is the one that was set, and then none is made', () => {
    const folder = scratchFolder('key')
    const given = 'a key of thirty-two characters or more'
    expect([keepSecretKey(folder, given), readdirSync(folder)]).to.deep.equal([given, []])
  })

  for (const text of ['', 'cut off', '0'.repeat(63)]) {
    it(`is not replaced where its file holds ${JSON.stringify(text.slice(0, 10))}`, () => {
      const folder = scratchFolder('key')
      const file = join(folder, 'secret.key')
      writeFileSync(file, text)
      let fault: AppError | undefined
      try {
        keepSecretKey(folder, undefined)
      } catch (error) {
        fault = error as AppError
      }
      expect({
        code: fault?.code,
        path: fault?.problems[0]?.path,
        kept: readFileSync(file, 'utf8'),
      }).to.deep.equal({
        code: 'START_VARIABLE_INVALID',
        path: '/TENON_SECRET_KEY',
        kept: text,
      })
    })
  }
})
