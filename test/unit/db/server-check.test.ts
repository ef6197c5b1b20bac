import { expect } from 'chai'
import { checkServer } from '../../../engine/db/server-check.ts'

describe('a server', () => {
  const cases = [
    { versionNumber: 150_000, version: '15.0', encoding: 'UTF8', codes: [] },
    { versionNumber: 180_004, version: '18.4', encoding: 'UTF8', codes: [] },
    { versionNumber: 140_012, version: '14.12', encoding: 'UTF8', codes: ['START_DATABASE_TOO_OLD'] },
    { versionNumber: 160_000, version: '16.0', encoding: 'SQL_ASCII', codes: ['START_DATABASE_ENCODING'] },
    {
      versionNumber: 90_624,
      version: '9.6.24',
      encoding: 'LATIN1',
      codes: ['START_DATABASE_TOO_OLD', 'START_DATABASE_ENCODING'],
    },
  ]
  for (const { codes, ...facts } of cases) {
    it(`of ${facts.version} in ${facts.encoding}: ${codes.join(', ') || 'good'}`, () => {
      expect(checkServer(facts).map(({ code, path }) => ({ code, path }))).to.deep.equal(
        codes.map((code) => ({ code, path: '/DATABASE_URL' })),
      )
    })
  }
})
