import { expect } from 'chai'
import fc from 'fast-check'
import { boxKey, closeBox, openBox } from '../../../engine/ops/box.ts'
import { addSecretKey, openSecretKeys, removeSecretKey } from '../../../engine/ops/secret-key.ts'
import { createVault, newSecretRow } from '../../../engine/ops/vaults.ts'
import { scratchFolder } from '../../support/scratch.ts'

const PLACE = { field: 'f', record: 'r' }

function world() {
  const folder = scratchFolder('vault')
  const keys = openSecretKeys(folder, { current: undefined })
  const row = newSecretRow(keys.active())
  return { folder, keys, row, vault: createVault(keys, row) }
}

describe('a vault', () => {
  it('opens what it sealed, whatever the text', () => {
    const { vault } = world()
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(vault.open(vault.seal(text, PLACE), PLACE)).to.equal(text)
      }),
      { numRuns: 200 },
    )
  })

  it('uses a fresh nonce for each value', () => {
    const { vault } = world()
    const nonces = Array.from({ length: 500 }, () =>
      vault.seal('same', PLACE).subarray(5, 17).toString('hex'),
    )
    expect(new Set(nonces).size).to.equal(500)
  })

  it('refuses a box of which a single bit was altered', () => {
    const { vault, keys } = world()
    const box = vault.seal('6222021234567890', PLACE)
    for (let at = 0; at < box.length; at++) {
      const altered = Buffer.from(box)
      altered[at]! ^= 1
      const code = at >= 1 && at < 5 ? 'SECRET_KEY_MISSING' : 'SECRET_VALUE_DAMAGED'
      expect(() => vault.open(altered, PLACE), `byte ${at}`).to.throw(code)
    }
    expect(openBox(Buffer.alloc(0), keys.active(), '', '')).to.equal(undefined)
    expect(openBox(box.subarray(0, 20), keys.active(), '', '')).to.equal(undefined)
  })

  it('opens nothing of another workspace, record or field', () => {
    const { vault, keys } = world()
    const other = createVault(keys, newSecretRow(keys.active()))
    const box = vault.seal('secret', PLACE)
    expect(() => other.open(box, PLACE)).to.throw('SECRET_VALUE_DAMAGED')
    expect(() => vault.open(box, { ...PLACE, record: 'x' })).to.throw('SECRET_VALUE_DAMAGED')
    expect(() => vault.open(box, { ...PLACE, field: 'x' })).to.throw('SECRET_VALUE_DAMAGED')
  })

  it('gives digests that stay for a text and a purpose, and differ otherwise', () => {
    const { vault, keys } = world()
    const other = createVault(keys, newSecretRow(keys.active()))
    const digests = [
      vault.blind('a', 'whole f'),
      vault.blind('b', 'whole f'),
      vault.blind('a', 'whole g'),
      other.blind('a', 'whole f'),
    ]
    expect(new Set(digests).size).to.equal(4)
    expect(digests[0])
      .to.match(/^[0-9a-f]{64}$/)
      .and.to.equal(vault.blind('a', 'whole f'))
  })

  it('reads with both keys while it changes from one to the other, and with the new one alone afterwards', () => {
    const { folder, keys, row, vault } = world()
    const before = vault.seal('kept', PLACE)
    const digest = vault.blind('kept', 'whole')
    const first = keys.active().id
    addSecretKey(folder)
    const fresh = openSecretKeys(folder, { current: undefined }).active().id
    const after = vault.reseal(before, PLACE, fresh)!
    expect([boxKey(before), boxKey(after)]).to.deep.equal([first, fresh])
    expect([vault.open(before, PLACE), vault.open(after, PLACE)]).to.deep.equal(['kept', 'kept'])
    expect(vault.reseal(after, PLACE, fresh)).to.equal(undefined)
    const digestKey = vault.reseal(
      Buffer.from(row.digest_key, 'hex'),
      { field: 'digest key', record: '' },
      fresh,
    )!
    removeSecretKey(folder, first)
    const later = createVault(openSecretKeys(folder, { current: undefined }), {
      ...row,
      digest_key: digestKey.toString('hex'),
    })
    expect(later.blind('kept', 'whole')).to.equal(digest)
    expect(later.open(after, PLACE)).to.equal('kept')
    expect(() => later.open(before, PLACE)).to.throw('SECRET_KEY_MISSING')
  })

  it('binds the id of the key to the box', () => {
    const { keys } = world()
    const box = closeBox(Buffer.from('x'), keys.active(), 's', 'c')
    expect(openBox(box, keys.active(), 's', 'c')?.toString()).to.equal('x')
  })
})
