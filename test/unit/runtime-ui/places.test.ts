import { expect } from 'chai'
import type { Model } from '../../../runtime-ui/api/types.ts'
import { placesOf } from '../../../runtime-ui/screens/frame/places.ts'

const entity = (name: string, more: object = {}) => ({
  ...{ name, label: name, plural: `${name}s`, rights: { read: true } },
  ...more,
})

const placesIn = (...entities: readonly object[]): readonly string[] =>
  placesOf({ apps: [], entities } as unknown as Model).flatMap(({ places }) =>
    places.map(({ label }) => label),
  )

describe('the places of a workspace without an app', () => {
  it('are the lists of what somebody made, as far as they may be read', () => {
    const closed = entity('secret', { rights: { read: false } })
    expect(placesIn(entity('file', { builtIn: true }), entity('room'), closed)).to.deep.equal(['rooms'])
  })

  it('are none before anything is made: comments and files stand at records', () => {
    expect(placesIn(entity('comment', { builtIn: true }), entity('file', { builtIn: true }))).to.deep.equal(
      [],
    )
  })
})
