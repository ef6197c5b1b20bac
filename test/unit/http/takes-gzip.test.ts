import { expect } from 'chai'
import { takesGzip } from '../../../engine/http/respond.ts'

describe('takesGzip', () => {
  const cases: readonly (readonly [string | undefined, boolean])[] = [
    [undefined, false],
    ['', false],
    ['gzip', true],
    ['gzip, deflate, br', true],
    ['br;q=1.0, gzip;q=0.8', true],
    ['*', true],
    ['identity', false],
    ['gzip;q=0', false],
    ['gzip; q=0.0, br', false],
    ['gzipped', false],
    ['GZIP;q=1', true],
  ]
  for (const [written, expected] of cases) {
    it(`is ${expected} for ${JSON.stringify(written)}`, () => {
      expect(takesGzip({ headers: { 'accept-encoding': written } })).to.equal(expected)
    })
  }
})
