import { expect } from 'chai'
import { createPlaces } from '../../../engine/http/places.ts'

const places = (waitMs: number) =>
  createPlaces({ most: 2, code: 'IMPORT_BUSY', waitMs, retryAfterSeconds: 10 })

describe('places for heavy works', () => {
  it('tell the next one to come back where none becomes free in time', async () => {
    const { take, give } = places(1)
    await take()
    await take()
    const refused = await take().catch((error: unknown) => error as { code: string; status: number })
    expect(refused).to.include({ code: 'IMPORT_BUSY', status: 429 })
    give()
    await take()
  })

  it('are handed on in the order of those who wait', async () => {
    const { take, give } = places(5_000)
    await take()
    await take()
    const came: string[] = []
    const waiting = ['first', 'second'].map((name) => take().then(() => came.push(name)))
    give()
    await waiting[0]
    expect(came).to.deep.equal(['first'])
    give()
    await waiting[1]
    expect(came).to.deep.equal(['first', 'second'])
  })
})
