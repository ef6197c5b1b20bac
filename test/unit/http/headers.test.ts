import type { IncomingMessage } from 'node:http'
import { expect } from 'chai'
import { AppError } from '../../../engine/errors.ts'
import { readCookieToken } from '../../../engine/http/cookie.ts'
import { acceptedLanguage, readingLanguage } from '../../../engine/http/language.ts'
import { checkOrigin, clientAddress, isSecure } from '../../../engine/http/origin.ts'
import { subdomainOf } from '../../../engine/http/workspace.ts'

const message = (method: string, headers: Record<string, string>, remoteAddress = '10.0.0.9') =>
  ({ method, headers, socket: { remoteAddress } }) as unknown as IncomingMessage
const nobody = () => false
const oneProxy = (_address: string, hop: number) => hop < 1

describe('acceptedLanguage', () => {
  const cases = [
    { header: undefined, language: undefined },
    { header: 'zh-CN,zh;q=0.9,en;q=0.8', language: 'zh-CN' },
    { header: 'en-GB;q=0.8, zh-TW;q=0.9', language: 'zh-CN' },
    { header: 'fr-FR,en;q=0.5', language: 'en' },
    { header: 'de', language: undefined },
    { header: 'en;q=0', language: undefined },
    { header: '*', language: undefined },
    { header: ',;q=,en;q=x', language: undefined },
  ]
  for (const { header, language } of cases) {
    it(`hears ${language ?? 'nothing'} in ${header}`, () =>
      expect(acceptedLanguage(header)).to.equal(language))
  }
})

describe('readingLanguage', () => {
  const cases = [
    { header: 'de, en;q=0.9', language: 'de' },
    { header: 'zh-TW, zh-CN;q=0.9, en;q=0.8', language: 'zh-TW' },
    { header: 'en-GB, de;q=0.9', language: undefined },
    { header: 'zh-Hans-CN, de', language: undefined },
    { header: 'en;q=0.5, pt-BR;q=0.9', language: 'pt-BR' },
    { header: '*, de;q=0', language: undefined },
    { header: 'de{}', language: undefined },
  ]
  for (const { header, language } of cases) {
    it(`wants ${language ?? 'none but ours'} in ${header}`, () =>
      expect(readingLanguage(message('GET', { 'accept-language': header }))).to.equal(language))
  }
})

describe('checkOrigin', () => {
  const host = { host: 'crm.example.com' }
  const cases = [
    {
      what: 'a safe method of any site',
      method: 'GET',
      headers: { ...host, origin: 'https://evil.example' },
      denied: false,
    },
    {
      what: 'a page of ours',
      method: 'POST',
      headers: { ...host, origin: 'http://crm.example.com' },
      denied: false,
    },
    {
      what: 'another site',
      method: 'POST',
      headers: { ...host, origin: 'https://evil.example' },
      denied: true,
    },
    {
      what: 'another scheme',
      method: 'POST',
      headers: { ...host, origin: 'https://crm.example.com' },
      denied: true,
    },
    { what: 'a hidden origin', method: 'POST', headers: { ...host, origin: 'null' }, denied: true },
    {
      what: 'Sec-Fetch-Site cross-site alone',
      method: 'DELETE',
      headers: { ...host, 'sec-fetch-site': 'cross-site' },
      denied: true,
    },
    {
      what: 'Sec-Fetch-Site same-site',
      method: 'PUT',
      headers: { ...host, 'sec-fetch-site': 'same-site' },
      denied: true,
    },
    { what: 'no browser', method: 'PATCH', headers: host, denied: false },
  ]
  for (const { what, method, headers, denied } of cases) {
    it(`${denied ? 'refuses' : 'lets pass'} ${what}`, () => {
      const check = () => checkOrigin(message(method, headers as Record<string, string>), nobody)
      if (denied) expect(check).to.throw(AppError, 'HTTP_ORIGIN_DENIED')
      else expect(check).not.to.throw()
    })
  }

  it('believes a trusted proxy about scheme and host, and nobody else', () => {
    const headers = {
      host: 'inner:3000',
      origin: 'https://crm.example.com',
      'x-forwarded-proto': 'https',
      'x-forwarded-host': 'crm.example.com',
    }
    expect(() => checkOrigin(message('POST', headers), oneProxy)).not.to.throw()
    expect(() => checkOrigin(message('POST', headers), nobody)).to.throw(AppError, 'HTTP_ORIGIN_DENIED')
    expect([
      isSecure(message('GET', headers), oneProxy),
      isSecure(message('GET', headers), nobody),
    ]).to.deep.equal([true, false])
  })
})

describe('clientAddress', () => {
  const forwarded = message('GET', { 'x-forwarded-for': '1.1.1.1, 2.2.2.2' })
  it('is the peer where no proxy is trusted', () =>
    expect(clientAddress(forwarded, nobody)).to.equal('10.0.0.9'))
  it('is what the trusted proxy saw, not what the client claims', () =>
    expect(clientAddress(forwarded, oneProxy)).to.equal('2.2.2.2'))
  it('is the farthest hop where all are trusted', () =>
    expect(clientAddress(forwarded, () => true)).to.equal('1.1.1.1'))
})

describe('subdomainOf', () => {
  const cases = [
    { host: undefined, label: undefined },
    { host: 'localhost:3000', label: undefined },
    { host: '127.0.0.1:3000', label: undefined },
    { host: '[::1]:3000', label: undefined },
    { host: 'example.com', label: undefined },
    { host: 'Acme.example.com:443', label: 'acme' },
    { host: 'acme.localhost', label: 'acme' },
    { host: '1st.example.com', label: undefined },
  ]
  for (const { host, label } of cases) {
    it(`finds ${label ?? 'no workspace'} in ${host}`, () => expect(subdomainOf(host)).to.equal(label))
  }
})

describe('readCookieToken', () => {
  const cases = [
    { header: undefined, token: undefined },
    { header: 'a=b', token: undefined },
    { header: 'a=b; tenon_session=abc; c=d', token: 'abc' },
    { header: 'xtenon_session=abc', token: undefined },
    { header: '__Host-tenon_session=abc', token: undefined },
  ]
  for (const { header, token } of cases) {
    it(`finds ${token ?? 'nothing'} in ${header}`, () => {
      expect(readCookieToken(header, false)).to.equal(token)
    })
  }

  it('takes over TLS only a cookie that no other host can have set', () => {
    expect(readCookieToken('tenon_session=theirs; __Host-tenon_session=mine', true)).to.equal('mine')
    expect(readCookieToken('tenon_session=theirs', true)).to.equal(undefined)
  })
})
