import { expect } from 'chai'
import { parseAllowedHosts } from '../../../engine/allowed-hosts.ts'
import { createGuard } from '../../../engine/connectors/guard.ts'
import { guardedRequest } from '../../../engine/connectors/request.ts'
import type { ConnectorCall } from '../../../engine/registry/connector.ts'
import { faultOf } from '../../../engine/registry/connector-fault.ts'
import { type FakeSystem, startSystem } from '../../../test/support/fake-systems.ts'
import { signedUrl } from '../aliyun-signature.ts'
import { smsConnector } from '../sms-connector.ts'

const NOW = new Date('2031-03-02T01:00:00.000Z')

describe('text messages by Alibaba Cloud', () => {
  let server: FakeSystem
  const guard = createGuard({ allowed: parseAllowedHosts('x=127.0.0.1') })
  before(async () => {
    server = await startSystem()
  })
  after(() => server.stop())

  const call = (): ConnectorCall => ({
    settings: { gateway: 'aliyun', sign: '榫卯', template: 'SMS_1234', keyId: 'LTAI1234', url: server.url },
    ...{ secrets: { key: 'secret' }, key: 'once', isRepeated: false, now: () => NOW },
    request: (request) => guardedRequest(guard, request),
    addressOf: (host, port) => guard.addressOf(host, port),
    file: () => Promise.reject(new Error('nothing is sent but messages')),
    token: () => Promise.reject(new Error('there is no token')),
  })
  const message = { to: '+8613800138000', title: '回访', text: '张三 1 小时后', html: '', url: undefined }
  const send = () => smsConnector.channel!.send(call(), { ...message, language: 'zh-CN' })

  it('ask SendSms with the filled template, signed over all that is asked', async () => {
    server.answerNext({ json: { Code: 'OK', BizId: 'b1', Message: 'OK' } })
    expect(await send()).to.deep.equal({ id: 'b1' })
    const { method, path, query } = server.asked.at(-1)!
    const asked = Object.fromEntries(query)
    expect([method, path]).to.deep.equal(['GET', '/'])
    expect(asked).to.include({
      ...{ Action: 'SendSms', Version: '2017-05-25', Format: 'JSON', PhoneNumbers: '13800138000' },
      ...{ SignName: '榫卯', TemplateCode: 'SMS_1234', OutId: 'once', AccessKeyId: 'LTAI1234' },
      Timestamp: '2031-03-02T01:00:00Z',
    })
    expect(JSON.parse(asked.TemplateParam!)).to.deep.equal({ title: '回访', text: '张三 1 小时后' })
    const {
      Signature,
      AccessKeyId,
      SignatureMethod: _m,
      SignatureVersion: _v,
      SignatureNonce,
      Timestamp: _t,
      ...question
    } = asked
    const again = signedUrl(server.url, question, {
      ...{ keyId: AccessKeyId!, secret: 'secret', now: NOW, nonce: SignatureNonce! },
    })
    expect(new URL(again).searchParams.get('Signature')).to.equal(Signature)
  })

  const faults = [
    {
      answer: { status: 400, json: { Code: 'isv.MOBILE_NUMBER_ILLEGAL', Message: 'no' } },
      code: 'SMS_NUMBER_INVALID',
    },
    { answer: { json: { Code: 'isv.BUSINESS_LIMIT_CONTROL', Message: 'slow' } }, kind: 'limited' },
    { answer: { status: 503 }, kind: 'again' },
  ]
  for (const { answer, ...is } of faults) {
    it(`tell ${JSON.stringify(answer)} as ${JSON.stringify(is)}`, async () => {
      server.answerNext(answer)
      const fault = await send().then(
        () => undefined,
        (error: unknown) => faultOf(error),
      )
      expect(fault).to.include(is)
    })
  }
})
