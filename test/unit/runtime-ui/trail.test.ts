import { expect } from 'chai'
import { placeIn, readTrail } from '../../../runtime-ui/screens/trail/trail.ts'

const trail = { entity: 'account', search: '?sort=name', ids: ['a', 'b', 'c'] }

describe('the list that one came from', () => {
  it('says who is before and behind a record', () => {
    expect(placeIn(trail, 'b')).to.deep.equal({ at: 2, total: 3, before: 'a', after: 'c' })
    expect(placeIn(trail, 'a')).to.deep.equal({ at: 1, total: 3, after: 'b' })
    expect(placeIn(trail, 'c')).to.deep.equal({ at: 3, total: 3, before: 'b' })
    expect(placeIn(trail, 'd')).to.equal(undefined)
  })

  it('is read for its own entity alone, and not where it is none', () => {
    expect(readTrail(JSON.stringify(trail), 'account')).to.deep.equal(trail)
    for (const text of [JSON.stringify(trail), null, '{', '{"entity":"lead","search":"","ids":[1]}'])
      expect(readTrail(text, 'lead')).to.equal(undefined)
  })
})
