import { expect } from 'chai'
import { startEngine, type TestEngine } from '../support/engine.ts'
import type { Client } from '../support/http.ts'
import { outcome } from '../support/http-model.ts'
import { uiTemplate } from '../ui/ui-model.ts'

/** No text can be made of it the usual way: both ways to do so are no functions. */
const ODD = '{"toString":"x","valueOf":"x"}'

describe('objects of which no text can be made', () => {
  let engine: TestEngine
  let admin: Client
  let company: string

  before(async () => {
    engine = await startEngine({ template: uiTemplate })
    admin = await engine.loginAdmin()
    company = (await admin.post('/api/records/company', { name: 'Zephyr' })).record.id
  })
  after(async () => engine?.stop())

  const places: readonly { readonly call: string; readonly body: string; readonly found: string }[] = [
    { call: 'actions/milestone', body: `{"milestone":${ODD}}`, found: 'MILESTONE_UNKNOWN /milestone' },
    {
      call: 'actions/transfer',
      body: `{"owner":"x","with":[${ODD}]}`,
      found: 'TRANSFER_RELATION_UNKNOWN /with/0',
    },
  ]
  for (const { call, body, found } of places)
    it(`are refused at their place: ${call}`, async () => {
      const answer = await admin.post(`/api/records/company/${company}/${call}`, body)
      expect([answer.status, answer.problems.map(({ code, path }) => `${code} ${path}`)]).to.deep.equal([
        422,
        [found],
      ])
    })

  it('are refused as a favourite’s kind', async () => {
    const answer = await admin.patch('/api/auth/settings', `{"favourites":[{"kind":${ODD}}]}`)
    expect(outcome(answer)).to.equal('422 META_VALUE_INVALID')
  })
})
