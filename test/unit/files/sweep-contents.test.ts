import { existsSync, mkdirSync, readdirSync, renameSync, utimesSync } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { expect } from 'chai'
import { createFileStore } from '../../../engine/files/file-store.ts'
import type { Named } from '../../../engine/files/sweep-contents.ts'
import { scratchFolder } from '../../support/scratch.ts'

const NOBODY: Named = async () => new Set()

describe('the sweep of contents', () => {
  const folder = scratchFolder('sweep')
  const root = join(folder, 'default')
  const store = createFileStore(folder)

  const keep = async (text: string): Promise<string> => {
    const received = await store.receive('default', Readable.from([Buffer.from(text)]))
    await received.keep()
    return received.digest
  }
  const placeOf = (digest: string) => join(root, digest.slice(0, 2), digest)
  const kept = async (text: string): Promise<string> => {
    const digest = await keep(text)
    utimesSync(placeOf(digest), 1, 1)
    return digest
  }
  const isThere = async (digest: string) => (await store.locate('default', digest)) !== undefined

  it('takes what nobody names once it has lain there for a day', async () => {
    const [named, nameless, fresh] = [await kept('named'), await kept('nameless'), await keep('fresh')]
    const asked: (readonly string[])[] = []
    const removed = await store.sweep('default', async (digests) => {
      asked.push([...digests].sort())
      return new Set([named])
    })
    expect([removed, await isThere(named), await isThere(nameless), await isThere(fresh)]).to.deep.equal([
      ...[1, true, false, true],
    ])
    expect(asked).to.deep.equal([[named, nameless].sort(), [nameless]])
    expect(readdirSync(join(root, 'leaving'))).to.deep.equal([])
  })

  const moments = [
    { when: 'while it is asked who names it', turn: 1 },
    { when: 'while it lies aside', turn: 2 },
  ]
  for (const { when, turn } of moments) {
    it(`leaves a content that is uploaded again ${when}`, async () => {
      const digest = await kept(`again ${turn}`)
      let turns = 0
      await store.sweep('default', async () => {
        if (++turns === turn) await keep(`again ${turn}`)
        return new Set()
      })
      expect(await isThere(digest)).to.equal(true)
      // Its record may be written a moment later: the next night does not take it either.
      await store.sweep('default', NOBODY)
      expect(await isThere(digest)).to.equal(true)
    })
  }

  it('gives back what was named while it lay aside', async () => {
    const digest = await kept('named late')
    let turns = 0
    await store.sweep('default', async () => new Set(++turns === 2 ? [digest] : []))
    expect(await isThere(digest)).to.equal(true)
  })

  it('gives back what lay aside when it was cut off', async () => {
    const digest = await kept('cut off')
    mkdirSync(join(root, 'leaving'), { recursive: true })
    renameSync(placeOf(digest), join(root, 'leaving', digest))
    await store.sweep('default', NOBODY)
    expect(await isThere(digest)).to.equal(true)
  })

  it('finds nothing where nothing was ever uploaded', async () => {
    expect(await store.sweep('other', NOBODY)).to.equal(0)
    expect(existsSync(join(folder, 'other'))).to.equal(false)
  })
})
