import { expect } from 'chai'
import { ADMIN, startEngine, type TestEngine } from '../support/engine.ts'

const HSTS = 'max-age=31536000; includeSubDomains'
const PATHS = [
  '/api/records/user',
  '/api/auth/me',
  '/api/nothing',
  '/healthz',
  '/',
  '/assets/none.js',
] as const

describe('what goes with answers over TLS', () => {
  let behindProxy: TestEngine
  let open: TestEngine
  before(async () => {
    behindProxy = await startEngine({ env: { TENON_TRUST_PROXY: '1' } })
    open = await startEngine()
  })
  after(async () => {
    await behindProxy?.stop()
    await open?.stop()
  })

  const hstsOf = async (engine: TestEngine, path: string, protocol: string) => {
    const answer = await fetch(engine.url + path, {
      headers: { 'x-forwarded-proto': protocol, accept: 'text/html' },
    })
    await answer.arrayBuffer()
    return answer.headers.get('strict-transport-security')
  }

  for (const path of PATHS) {
    it(`is the wish for TLS from now on, where a trusted proxy says so: ${path}`, async () => {
      expect({
        https: await hstsOf(behindProxy, path, 'https'),
        http: await hstsOf(behindProxy, path, 'http'),
        forged: await hstsOf(open, path, 'https'),
      }).to.deep.equal({ https: HSTS, http: null, forged: null })
    })
  }

  it('is a cookie that never goes another way', async () => {
    const cookieOf = async (engine: TestEngine, protocol: string) => {
      const answer = await fetch(`${engine.url}/api/auth/login`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-forwarded-proto': protocol },
        body: JSON.stringify(ADMIN),
      })
      return answer.headers.get('set-cookie')?.split('; ').slice(1).sort()
    }
    const always = ['HttpOnly', 'Path=/', 'SameSite=Lax']
    const without = (attributes: readonly string[] | undefined) =>
      attributes?.filter((attribute) => !attribute.startsWith('Max-Age='))
    expect({
      https: without(await cookieOf(behindProxy, 'https')),
      http: without(await cookieOf(behindProxy, 'http')),
      forged: without(await cookieOf(open, 'https')),
    }).to.deep.equal({ https: [...always, 'Secure'], http: always, forged: always })
  })
})
