import { expect } from 'chai'
import { type Topic, topicOf } from '../../../runtime-ui/screens/help/topic.ts'
import { recordIn } from '../../../runtime-ui/screens/requests/record-in.ts'

const ID = '01a201bc-1b64-7020-937d-6bec84cb8c15'

describe('what help is about', () => {
  const cases: Readonly<Record<string, Topic>> = {
    '/records/account': 'list',
    '/records/account/new': 'newRecord',
    '/records/account/bin': 'bin',
    '/records/account/calls': 'calls',
    '/records/account/duplicates': 'duplicates',
    [`/records/account/${ID}`]: 'record',
    [`/records/account/${ID}/edit`]: 'editRecord',
    '/dashboards/my_sales': 'dashboard',
    '/reports': 'reports',
    '/reports/pipeline': 'reports',
    '/who-sees': 'whoSees',
    '/': 'anywhere',
    '/nowhere': 'anywhere',
  }
  for (const [address, topic] of Object.entries(cases)) {
    it(`${address}: ${topic}`, () => {
      expect(topicOf(address)).to.equal(topic)
    })
  }
})

describe('the record that a page shows', () => {
  const record = { entity: 'account', id: ID }
  const cases: readonly (readonly [string, object | undefined])[] = [
    [`/records/account/${ID}`, record],
    [`/records/account/${ID}/edit?x=1`, record],
    [`/records/account/${ID}?tab=files`, record],
    ['/records/account/new', undefined],
    ['/records/account', undefined],
    [`/records/account/${ID}/nothing`, undefined],
  ]
  for (const [address, expected] of cases) {
    it(`${address}: ${expected === undefined ? 'none' : 'found'}`, () => {
      expect(recordIn(address)).to.deep.equal(expected)
    })
  }
})
