import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import type { AppError } from '../../../engine/errors.ts'
import { addSecretKey, openSecretKeys, removeSecretKey } from '../../../engine/ops/secret-key.ts'
import { scratchFolder } from '../../support/scratch.ts'

const NONE = { current: undefined }
const GIVEN = 'a key of thirty-two characters or more'
const FORMER = 'the key before, of thirty-two and more'

function keyIds(folder: string, given: Parameters<typeof openSecretKeys>[1] = NONE): readonly string[] {
  return openSecretKeys(folder, given)
    .all()
    .map((key) => key.id)
}

describe('the secret keys', () => {
  it('are one at the first start, for its owner only, and found again later', () => {
    const folder = scratchFolder('key')
    const [made] = openSecretKeys(folder, NONE).all()
    const file = join(folder, 'secret.key')
    expect(made!.id).to.match(/^[0-9a-f]{8}$/)
    expect(readFileSync(file, 'utf8')).to.match(/^[0-9a-f]{64}\n$/)
    expect({
      files: readdirSync(folder),
      mode: statSync(file).mode & 0o777,
      isGiven: made!.isGiven,
      again: keyIds(folder),
    }).to.deep.equal({ files: ['secret.key'], mode: 0o600, isGiven: false, again: [made!.id] })
  })

  it('differ from folder to folder', () => {
    expect(keyIds(scratchFolder('key'))).to.not.deep.equal(keyIds(scratchFolder('key')))
  })

  it('are those that were set, and then none is made', () => {
    const folder = scratchFolder('key')
    const keys = openSecretKeys(folder, { current: GIVEN, former: FORMER })
    expect({
      ids: keys.all().map((key) => key.id),
      files: readdirSync(folder),
      active: keys.active().isGiven,
    }).to.deep.equal({
      ids: [...keyIds(folder, { current: GIVEN }), ...keyIds(folder, { current: FORMER })],
      files: [],
      active: true,
    })
  })

  it('read on with those of the data folder where one was set later', () => {
    const folder = scratchFolder('key')
    const [made] = keyIds(folder)
    const [given] = keyIds(scratchFolder('key'), { current: GIVEN })
    expect(keyIds(folder, { current: GIVEN })).to.deep.equal([given, made])
  })

  it('never say themselves, and give each purpose and each salt a key of its own', () => {
    const [key] = openSecretKeys(scratchFolder('key'), { current: GIVEN }).all()
    const derived = [
      key!.derive('encryption', 'a'),
      key!.derive('encryption', 'b'),
      key!.derive('audit seal', 'a'),
    ].map((bytes) => bytes.toString('hex'))
    expect(JSON.stringify(key)).not.to.include(GIVEN)
    expect(new Set(derived).size).to.equal(3)
    expect(derived[0]).to.have.length(64).and.to.equal(key!.derive('encryption', 'a').toString('hex'))
  })

  it('take up a new one that another process puts in front, and let one go', () => {
    const folder = scratchFolder('key')
    const keys = openSecretKeys(folder, NONE)
    const first = keys.active().id
    addSecretKey(folder)
    const [second] = keyIds(folder)
    expect(keys.find(second!)?.id, 'at once where it is asked for').to.equal(second)
    expect(keys.active().id).to.equal(second)
    expect([removeSecretKey(folder, first), removeSecretKey(folder, 'ffffffff')]).to.deep.equal([true, false])
    expect([keys.all().map((key) => key.id), keys.find(first)]).to.deep.equal([[second], undefined])
    expect(readdirSync(folder)).to.deep.equal(['secret.key'])
  })

  for (const text of ['', 'cut off', '0'.repeat(63), `${'0'.repeat(64)}\nstray`]) {
    it(`are not replaced where their file holds ${JSON.stringify(text.slice(-10))}`, () => {
      const folder = scratchFolder('key')
      const file = join(folder, 'secret.key')
      writeFileSync(file, text)
      let fault: AppError | undefined
      try {
        openSecretKeys(folder, NONE)
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
