import { expect } from 'chai'
import { startEngine, type TestEngine } from '../support/engine.ts'

describe('health', () => {
  let engine: TestEngine
  before(async () => {
    engine = await startEngine()
  })
  after(() => engine.stop())

  for (const path of ['/healthz', '/readyz']) {
    it(`${path} answers 200 while all is well`, async () => {
      const { status, body } = await engine.client.get(path)
      expect(status).to.equal(200)
      expect(body).to.include({ status: 'ok' })
    })
  }
})
