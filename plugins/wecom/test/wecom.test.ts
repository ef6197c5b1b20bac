import { expect } from 'chai'
import { parseAllowedHosts } from '../../../engine/allowed-hosts.ts'
import { createGuard } from '../../../engine/connectors/guard.ts'
import { guardedRequest } from '../../../engine/connectors/request.ts'
import type { ConnectorCall } from '../../../engine/registry/connector.ts'
import { type FakeSystem, startSystem } from '../../../test/support/fake-systems.ts'
import { wecomConnector } from '../wecom-connector.ts'

const URL = 'https://crm.example.com/records/deal/1'

describe('the forms of WeCom messages', () => {
  let server: FakeSystem
  const guard = createGuard({ allowed: parseAllowedHosts('x=127.0.0.1') })
  before(async () => {
    server = await startSystem()
  })
  after(() => server.stop())

  const call = (format: string): ConnectorCall => ({
    settings: { corpId: 'ww12', agentId: 42, format, url: server.url },
    ...{ secrets: { corp_secret: 's' }, key: 'k', isRepeated: false, now: () => new Date() },
    request: (request) => guardedRequest(guard, request),
    addressOf: (host, port) => guard.addressOf(host, port),
    file: () => Promise.reject(new Error('nothing is sent but messages')),
    token: async () => 't1',
  })
  const sent = async (format: string, message: object) => {
    server.answerNext({ json: { errcode: 0, msgid: 'm' } })
    const whole = {
      to: 'lin',
      title: 'A deal',
      text: 'Look',
      html: '',
      url: URL,
      language: 'en' as const,
      ...message,
    }
    expect(await wecomConnector.channel!.send(call(format), whole)).to.deep.equal({ msgid: 'm' })
    const {
      touser,
      agentid,
      enable_duplicate_check: checks,
      duplicate_check_interval: _within,
      ...content
    } = server.asked.at(-1)!.json as Record<string, unknown>
    expect([touser, agentid, checks]).to.deep.equal(['lin', 42, 1])
    return content
  }

  it('are a card of a template where that is set', async () => {
    expect(await sent('template_card', {})).to.deep.equal({
      msgtype: 'template_card',
      template_card: {
        ...{ card_type: 'text_notice', main_title: { title: 'A deal' }, sub_title_text: 'Look' },
        ...{ jump_list: [{ type: 1, title: 'Open', url: URL }], card_action: { type: 1, url: URL } },
      },
    })
  })

  it('keep a card’s words within the limits of the documents, without halving a character', async () => {
    const long = '𠮷'.repeat(600)
    const { template_card: card } = (await sent('template_card', { title: long, text: long })) as {
      template_card: { main_title: { title: string }; sub_title_text: string }
    }
    for (const [text, most] of [
      [card.main_title.title, 36],
      [card.sub_title_text, 112],
    ] as const) {
      expect([...text].length).to.be.at.most(most)
      expect(text.isWellFormed()).to.equal(true)
    }
    const { textcard } = (await sent('textcard', { title: long, text: long })) as {
      textcard: { title: string; description: string }
    }
    expect([...textcard.title].length).to.be.at.most(128)
    expect([...textcard.description].length).to.be.at.most(512)
    const { text } = (await sent('text', { title: long, text: long })) as { text: { content: string } }
    expect(Buffer.byteLength(text.content)).to.be.at.most(2048)
  })

  it('have no empty line where there are no words', async () => {
    const { template_card: card } = (await sent('template_card', { text: '' })) as { template_card: object }
    expect(card).not.to.have.property('sub_title_text')
  })

  it('are a text where there is nothing to lead to', async () => {
    expect(await sent('template_card', { url: undefined })).to.deep.equal({
      ...{ msgtype: 'text', text: { content: 'A deal\nLook' } },
    })
  })
})
