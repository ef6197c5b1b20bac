import {
  type ChannelMessage,
  type ConnectorCall,
  defineConnector,
  type FreshToken,
} from '../../engine/registry/connector.ts'
import { cut, objectIn, type Tried, withToken } from '../../engine/registry/connector-answer.ts'
import { connectorFault } from '../../engine/registry/connector-fault.ts'

type Values = Readonly<Record<string, unknown>>

interface DingtalkSettings {
  readonly appKey: string
  readonly agentId: number
  readonly url?: string
}

const HOME = 'https://oapi.dingtalk.com'
const LIMITED_MS = 60_000
/** Error codes of DingTalk (open.dingtalk.com, work notifications) that mean something to the queue. */
const TOKEN_REFUSED: ReadonlySet<number> = new Set([40014, 42001, 41001])
const LIMITED: ReadonlySet<number> = new Set([88, 90018, 143103, 143104])
const BUSY: ReadonlySet<number> = new Set([-1, 34])
const USER_UNKNOWN: ReadonlySet<number> = new Set([33012, 40035, 400002])

export const dingtalkConnector = defineConnector({
  name: 'dingtalk',
  label: { en: 'DingTalk', 'zh-CN': '钉钉' },
  description: {
    en: 'Work notifications to members of a DingTalk, from an application of its own.',
    'zh-CN': '由钉钉企业内部应用向成员发送工作通知。',
  },
  settings: {
    type: 'object',
    additionalProperties: false,
    required: ['appKey', 'agentId'],
    properties: {
      appKey: {
        ...{ title: 'App key', description: 'The application’s key.' },
        'x-zh': { title: 'AppKey', description: '应用的 AppKey。' },
        ...{ type: 'string', pattern: '^[A-Za-z0-9_-]{4,64}$' },
      },
      agentId: {
        ...{ title: 'Agent id', description: 'The application that sends.' },
        'x-zh': { title: 'AgentId', description: '发送消息的应用 AgentId。' },
        ...{ type: 'integer', minimum: 1 },
      },
      url: {
        ...{ title: 'Address', description: 'Of a private deployment; the public one when absent.' },
        'x-zh': { title: '接口地址', description: '专属部署的接口地址；不写则为公有云。' },
        ...{ type: 'string', pattern: '^https?://[^\\s?#@/]+$', maxLength: 200 },
      },
    },
  },
  secrets: {
    app_secret: {
      label: { en: 'App secret', 'zh-CN': 'AppSecret' },
      description: { en: 'The application’s secret.', 'zh-CN': '应用的 AppSecret。' },
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
      output: { type: 'object', properties: { task_id: { type: 'string' } } },
      errors: ['DINGTALK_USER_UNKNOWN'],
      run: (call, input) => send(call, input as unknown as Sent),
    },
  },
  channel: { name: 'dingtalk', address: 'dingtalk_id', send: (call, message) => send(call, message) },
  examples: {
    valid: [{ appKey: 'ding1234567890', agentId: 123456 }],
    invalid: [{}, { appKey: 'ding1234567890' }, { appKey: 'ding1234567890', agentId: 1, appSecret: 'x' }],
  },
})

type Sent = Pick<ChannelMessage, 'to' | 'text'> & Partial<Pick<ChannelMessage, 'title' | 'url' | 'language'>>

async function send(call: ConnectorCall, message: Sent): Promise<Values> {
  const settings = call.settings as unknown as DingtalkSettings
  const home = settings.url ?? HOME
  const body = JSON.stringify({
    agent_id: settings.agentId,
    userid_list: message.to,
    msg: contentOf(message),
  })
  return await withToken(
    call,
    () => fetchToken(call, home, settings),
    async (token): Promise<Tried<Values>> => {
      const answer = objectIn(
        await call.request({
          method: 'POST',
          url: `${home}/topapi/message/corpconversation/asyncsend_v2?access_token=${encodeURIComponent(token)}`,
          headers: { 'content-type': 'application/json' },
          body,
        }),
      )
      if (TOKEN_REFUSED.has(Number(answer.errcode))) return { kind: 'renew' }
      assertTaken(answer)
      return { kind: 'done', value: { task_id: String(answer.task_id ?? '') } }
    },
  )
}

async function fetchToken(
  call: ConnectorCall,
  home: string,
  { appKey }: DingtalkSettings,
): Promise<FreshToken> {
  const question = new URLSearchParams({ appkey: appKey, appsecret: call.secrets.app_secret ?? '' })
  const answer = objectIn(
    await call.request({ method: 'GET', url: `${home}/gettoken?${question.toString()}` }),
  )
  assertTaken(answer)
  return { value: String(answer.access_token), seconds: Number(answer.expires_in ?? 7200) }
}

function assertTaken({ errcode, errmsg }: Values): void {
  const code = Number(errcode ?? 0)
  if (code === 0) return
  const text = `${code} ${String(errmsg ?? '')}`
  if (LIMITED.has(code))
    throw connectorFault(`DINGTALK_${code}`, text, { kind: 'limited', afterMs: LIMITED_MS })
  if (BUSY.has(code)) throw connectorFault('DINGTALK_BUSY', text, { kind: 'again' })
  throw connectorFault(USER_UNKNOWN.has(code) ? 'DINGTALK_USER_UNKNOWN' : `DINGTALK_${code}`, text)
}

function contentOf({ title = '', text, url, language }: Sent): Values {
  if (url === undefined) {
    const content = cut([title, text].filter(Boolean).join('\n'), 500)
    return { msgtype: 'text', text: { content } }
  }
  return {
    msgtype: 'action_card',
    action_card: {
      title: cut(title, 64),
      markdown: cut(`**${plain(title)}**\n\n${plain(text)}`, 1_000),
      single_title: language === 'en' ? 'Open' : '查看',
      single_url: url,
    },
  }
}

/** A text as markdown shows it: what somebody wrote into a record makes no link and no picture. */
function plain(text: string): string {
  return text.replace(/[\\`*_{}[\]<>()#+!|~-]/g, '\\$&')
}
