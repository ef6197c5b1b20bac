import { expect } from 'chai'
import { createIdSource } from '../../../engine/model/uuid.ts'

const V7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/

describe('createIdSource', () => {
  it('makes UUIDs of version 7 that carry the millisecond', () => {
    const now = Date.UTC(2099, 0, 1) + 123
    const id = createIdSource()(now)
    expect(id).to.match(V7)
    expect(Number.parseInt(id.replace('-', '').slice(0, 12), 16)).to.equal(now)
  })

  it('makes ids that differ and sort as they were made, also when the clock steps back', () => {
    const start = Date.UTC(2099, 0, 2)
    const clock = (index: number) => start + (index % 7) - (index % 1000 === 0 ? 5000 : 0)
    const newId = createIdSource()
    const ids = Array.from({ length: 50_000 }, (_, index) => newId(clock(index)))
    expect(ids.toSorted()).to.deep.equal(ids)
    expect(new Set(ids).size).to.equal(ids.length)
    expect(ids.every((id) => V7.test(id))).to.equal(true)
  })
})
