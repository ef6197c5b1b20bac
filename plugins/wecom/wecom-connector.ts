import {
  type ChannelMessage,
  type ConnectorCall,
  defineConnector,
  type FreshToken,
} from '../../engine/registry/connector.ts'
import { cut, cutBytes, objectIn, type Tried, withToken } from '../../engine/registry/connector-answer.ts'
import { connectorFault } from '../../engine/registry/connector-fault.ts'

type Values = Readonly<Record<string, unknown>>

interface WecomSettings {
  readonly corpId: string
  readonly agentId: number
  readonly format?: 'textcard' | 'template_card' | 'text'
  readonly url?: string
}

const HOME = 'https://qyapi.weixin.qq.com'
/** The documented limit: what goes beyond it within a minute is dropped in silence. */
const PER_MINUTE = 30
const LIMITED_MS = 60_000
/** Seconds within which the same message to the same person is taken for a repetition; for a later try the most there is. */
const REPEATED_WITHIN = { first: 120, later: 14_400 } as const

/** Error codes of WeCom (developer.work.weixin.qq.com/document/path/90313) that mean something to the queue. */
const TOKEN_REFUSED: ReadonlySet<number> = new Set([40014, 42001, 41001])
const LIMITED: ReadonlySet<number> = new Set([45009, 45033, 45011])
const BUSY: ReadonlySet<number> = new Set([-1, 50001, 50002])

export const wecomConnector = defineConnector({
  name: 'wecom',
  label: { en: 'WeCom', 'zh-CN': '企业微信' },
  description: {
    en: 'Text and card messages to members of a WeCom, from an application of its own.',
    'zh-CN': '由企业微信自建应用向成员发送文本与卡片消息。',
  },
  settings: {
    type: 'object',
    additionalProperties: false,
    required: ['corpId', 'agentId'],
    properties: {
      corpId: {
        ...{ title: 'Corp id', description: 'The company’s id (ww…).' },
        'x-zh': { title: '企业 ID', description: '企业 ID（ww 开头）。' },
        ...{ type: 'string', pattern: '^[A-Za-z0-9_-]{4,64}$' },
      },
      agentId: {
        ...{ title: 'Agent id', description: 'The application that sends.' },
        'x-zh': { title: '应用 ID', description: '发送消息的应用 AgentId。' },
        ...{ type: 'integer', minimum: 1 },
      },
      format: {
        ...{ title: 'Format', description: 'How messages about a record look; those about none are texts.' },
        'x-zh': { title: '样式', description: '关于记录的消息的样式；不涉及记录的消息为文本。' },
        ...{ enum: ['textcard', 'template_card', 'text'], default: 'textcard' },
      },
      url: {
        ...{ title: 'Address', description: 'Of a private deployment; the public one when absent.' },
        'x-zh': { title: '接口地址', description: '私有部署的接口地址；不写则为公有云。' },
        ...{ type: 'string', pattern: '^https?://[^\\s?#@/]+$', maxLength: 200 },
      },
    },
  },
  secrets: {
    corp_secret: {
      label: { en: 'Secret', 'zh-CN': '应用密钥' },
      description: { en: 'The application’s secret.', 'zh-CN': '应用的 Secret。' },
      required: true,
    },
  },
  operations: {
    send: {
      label: { en: 'Send a message', 'zh-CN': '发送消息' },
      input: {
        ...{ type: 'object', additionalProperties: false, required: ['to', 'text'] },
        properties: {
          to: { type: 'string' },
          title: { type: 'string' },
          text: { type: 'string' },
          url: { type: 'string' },
        },
      },
      output: { type: 'object', properties: { msgid: { type: 'string' } } },
      errors: ['WECOM_USER_UNKNOWN'],
      run: (call, input) => send(call, input as unknown as Sent),
    },
  },
  channel: {
    name: 'wecom',
    address: 'wecom_id',
    perMinute: PER_MINUTE,
    send: (call, message) => send(call, message),
  },
  examples: {
    valid: [
      { corpId: 'ww1234567890abcdef', agentId: 1000002 },
      { corpId: 'ww12', agentId: 1, format: 'text' },
    ],
    invalid: [
      {},
      { corpId: 'ww1234567890abcdef' },
      { corpId: 'ww12', agentId: 1, secret: 'x' },
      { corpId: 'ww12', agentId: 1, url: 'https://host/path' },
    ],
  },
})

type Sent = Pick<ChannelMessage, 'to' | 'text'> & Partial<Pick<ChannelMessage, 'title' | 'url' | 'language'>>

async function send(call: ConnectorCall, message: Sent): Promise<Values> {
  const settings = call.settings as unknown as WecomSettings
  const home = settings.url ?? HOME
  const body = JSON.stringify({
    ...{ touser: message.to, agentid: settings.agentId, ...contentOf(settings, message) },
    enable_duplicate_check: 1,
    duplicate_check_interval: call.isRepeated ? REPEATED_WITHIN.later : REPEATED_WITHIN.first,
  })
  return await withToken(
    call,
    () => fetchToken(call, home, settings),
    async (token): Promise<Tried<Values>> => {
      const answer = objectIn(
        await call.request({
          method: 'POST',
          url: `${home}/cgi-bin/message/send?access_token=${encodeURIComponent(token)}`,
          headers: { 'content-type': 'application/json' },
          body,
        }),
      )
      if (TOKEN_REFUSED.has(Number(answer.errcode))) return { kind: 'renew' }
      assertTaken(answer)
      if (typeof answer.invaliduser === 'string' && answer.invaliduser !== '')
        throw connectorFault('WECOM_USER_UNKNOWN', `no member ${answer.invaliduser}`)
      return { kind: 'done', value: { msgid: String(answer.msgid ?? '') } }
    },
  )
}

async function fetchToken(call: ConnectorCall, home: string, { corpId }: WecomSettings): Promise<FreshToken> {
  const question = new URLSearchParams({ corpid: corpId, corpsecret: call.secrets.corp_secret ?? '' })
  const answer = objectIn(
    await call.request({ method: 'GET', url: `${home}/cgi-bin/gettoken?${question.toString()}` }),
  )
  assertTaken(answer)
  return { value: String(answer.access_token), seconds: Number(answer.expires_in ?? 7200) }
}

function assertTaken({ errcode, errmsg }: Values): void {
  const code = Number(errcode ?? 0)
  if (code === 0) return
  const text = `${code} ${String(errmsg ?? '')}`
  if (LIMITED.has(code)) throw connectorFault(`WECOM_${code}`, text, { kind: 'limited', afterMs: LIMITED_MS })
  if (BUSY.has(code)) throw connectorFault(`WECOM_BUSY`, text, { kind: 'again' })
  throw connectorFault(code === 81013 || code === 82001 ? 'WECOM_USER_UNKNOWN' : `WECOM_${code}`, text)
}

/** The limits are those of the documents: a title of 128, a description of 512 characters, a text of 2,048 bytes. */
function contentOf(
  { format = 'textcard' }: WecomSettings,
  { title = '', text, url, language }: Sent,
): Values {
  const button = language === 'en' ? 'Open' : '查看'
  if (format === 'text' || url === undefined) {
    const content = cutBytes([title, text, url].filter(Boolean).join('\n'), 2_048)
    return { msgtype: 'text', text: { content } }
  }
  if (format === 'textcard') {
    const textcard = { title: cut(title, 128), description: cut(text || title, 512), url, btntxt: button }
    return { msgtype: 'textcard', textcard }
  }
  return {
    msgtype: 'template_card',
    template_card: {
      card_type: 'text_notice',
      main_title: { title: cut(title, 36) },
      ...(text === '' ? {} : { sub_title_text: cut(text, 112) }),
      jump_list: [{ type: 1, title: button, url }],
      card_action: { type: 1, url },
    },
  }
}
