import { expect } from 'chai'
import { parseAllowedHosts } from '../../../engine/allowed-hosts.ts'
import { createGuard } from '../../../engine/connectors/guard.ts'
import { guardedRequest } from '../../../engine/connectors/request.ts'
import type { ConnectorCall } from '../../../engine/registry/connector.ts'
import { faultOf } from '../../../engine/registry/connector-fault.ts'
import { type FakeSystem, startSystem } from '../../../test/support/fake-systems.ts'
import { dingtalkConnector } from '../dingtalk-connector.ts'

describe('DingTalk', () => {
  let server: FakeSystem
  let kept: string | undefined
  const guard = createGuard({ allowed: parseAllowedHosts('x=127.0.0.1') })

  before(async () => {
    server = await startSystem()
  })
  beforeEach(() => {
    kept = undefined
  })
  after(() => server.stop())

  const call = (): ConnectorCall => ({
    settings: { appKey: 'ding-key', agentId: 42, url: server.url },
    ...{ secrets: { app_secret: 'ding-secret' }, key: 'k', isRepeated: false, now: () => new Date() },
    request: (request) => guardedRequest(guard, request),
    addressOf: (host, port) => guard.addressOf(host, port),
    file: () => Promise.reject(new Error('nothing is sent but messages')),
    async token(fetch, refused) {
      if (kept === undefined || kept === refused) kept = (await fetch()).value
      return kept
    },
  })
  const message = (url?: string) =>
    ({ to: 'manager1', title: 'A *deal*', text: 'Look [here](x)', html: '', url, language: 'en' }) as const
  const send = (url?: string) => dingtalkConnector.channel!.send(call(), message(url))
  const token = (value: string) => ({ json: { errcode: 0, access_token: value, expires_in: 7200 } })
  const refusal = (errcode: number) => ({ json: { errcode, errmsg: 'no' } })
  const faultOfSend = async () => {
    try {
      await send()
    } catch (error) {
      return faultOf(error)
    }
    return undefined
  }

  it('asks for a token and sends a card in which a text makes no link', async () => {
    server.answerNext(token('t1'), { json: { errcode: 0, task_id: 7 } })
    expect(await send('https://crm.example.com/records/deal/1')).to.deep.equal({ task_id: '7' })
    const [asked, sent] = server.asked.slice(-2)
    expect([asked!.method, asked!.path, Object.fromEntries(asked!.query)]).to.deep.equal([
      ...['GET', '/gettoken'],
      { appkey: 'ding-key', appsecret: 'ding-secret' },
    ])
    expect([sent!.path, sent!.query.get('access_token')]).to.deep.equal([
      ...['/topapi/message/corpconversation/asyncsend_v2', 't1'],
    ])
    expect(sent!.json).to.deep.equal({
      ...{ agent_id: 42, userid_list: 'manager1' },
      msg: {
        msgtype: 'action_card',
        action_card: {
          ...{ title: 'A *deal*', markdown: '**A \\*deal\\***\n\nLook \\[here\\]\\(x\\)' },
          ...{ single_title: 'Open', single_url: 'https://crm.example.com/records/deal/1' },
        },
      },
    })
  })

  it('sends a text where there is nothing to lead to', async () => {
    server.answerNext(token('t1'), { json: { errcode: 0, task_id: 8 } })
    await send()
    expect((server.asked.at(-1)!.json as { msg: object }).msg).to.deep.equal({
      ...{ msgtype: 'text', text: { content: 'A *deal*\nLook [here](x)' } },
    })
  })

  it('renews a token that is refused, once', async () => {
    server.answerNext(token('t1'), refusal(40014), token('t2'), { json: { errcode: 0, task_id: 9 } })
    expect(await send()).to.deep.equal({ task_id: '9' })
    server.answerNext(refusal(42001), token('t3'), refusal(42001))
    expect(await faultOfSend()).to.include({ code: 'CALL_TOKEN_REFUSED', kind: 'again' })
  })

  const faults = [
    { answer: refusal(88), is: { code: 'DINGTALK_88', kind: 'limited' } },
    { answer: refusal(-1), is: { code: 'DINGTALK_BUSY', kind: 'again' } },
    { answer: refusal(33012), is: { code: 'DINGTALK_USER_UNKNOWN', kind: 'refused' } },
    { answer: refusal(50004), is: { code: 'DINGTALK_50004', kind: 'refused' } },
    { answer: { status: 502 }, is: { code: 'CALL_FAILED', kind: 'again' } },
    { answer: { status: 200, json: [] }, is: { code: 'CALL_ANSWER_UNREADABLE', kind: 'again' } },
  ]
  for (const { answer, is } of faults) {
    it(`tells ${JSON.stringify(answer)} as ${is.code}`, async () => {
      server.answerNext(token('t1'), answer)
      expect(await faultOfSend()).to.include(is)
    })
  }
})
