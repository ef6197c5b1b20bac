import { expect } from 'chai'
import { matchRecords } from '../../../engine/http/routes/match-records.ts'

const ID = '0192f0c0-0000-7000-8000-000000000001'

describe('matchRecords', () => {
  const cases = [
    { path: 'account', route: 'collection', entity: 'account', first: '', second: '' },
    { path: 'account/', route: 'collection', entity: 'account', first: '', second: '' },
    { path: 'account/query', route: 'query', entity: 'account', first: 'query', second: '' },
    { path: 'account/aggregate', route: 'aggregate', entity: 'account', first: 'aggregate', second: '' },
    { path: 'account/bulk', route: 'bulk', entity: 'account', first: 'bulk', second: '' },
    { path: `account/${ID}`, route: 'record', entity: 'account', first: ID, second: '' },
    { path: `account/${ID}/restore`, route: 'restore', entity: 'account', first: ID, second: '' },
    { path: `account/${ID}/history`, route: 'history', entity: 'account', first: ID, second: '' },
    { path: `account/${ID}/comments`, route: 'comments', entity: 'account', first: ID, second: '' },
    { path: `account/${ID}/files`, route: 'files', entity: 'account', first: ID, second: '' },
    {
      path: `account/${ID}/related/contacts`,
      route: 'related',
      entity: 'account',
      first: ID,
      second: 'contacts',
    },
    {
      path: 'account/by/code/A%2FB%20%E5%8D%8E',
      route: 'unique',
      entity: 'account',
      first: 'code',
      second: 'A/B 华',
    },
  ]
  for (const { path, ...expected } of cases) {
    it(`takes ${path} for ${expected.route}`, () => expect(matchRecords(path)).to.deep.equal(expected))
  }

  for (const path of [
    '',
    '/',
    'account//x',
    `account/${ID}/nothing`,
    `account/${ID}/related`,
    'a/by/c',
    'a/b/c/d/e',
  ]) {
    it(`knows no “${path}”`, () => expect(matchRecords(path)).to.equal(undefined))
  }
})
