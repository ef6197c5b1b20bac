import { type ChannelMessage, type ConnectorCall, defineConnector } from '../../engine/registry/connector.ts'
import { cut, objectIn } from '../../engine/registry/connector-answer.ts'
import { codeOf, connectorFault, statusFault } from '../../engine/registry/connector-fault.ts'
import { signedUrl } from './aliyun-signature.ts'

type Values = Readonly<Record<string, unknown>>

interface SmsSettings {
  readonly gateway: 'json' | 'aliyun'
  readonly url?: string
  readonly sign?: string
  readonly template?: string
  readonly keyId?: string
  readonly most?: number
}

const ALIYUN = 'https://dysmsapi.aliyuncs.com'
const MOST = 300
const LIMITED_MS = 60_000

export const smsConnector = defineConnector({
  name: 'sms',
  label: { en: 'SMS', 'zh-CN': '短信' },
  description: {
    en: 'Text messages to phones: by a gateway that takes JSON, or Alibaba Cloud.',
    'zh-CN': '向手机发送短信：接收 JSON 的网关，或阿里云短信。',
  },
  settings: {
    type: 'object',
    additionalProperties: false,
    required: ['gateway'],
    properties: {
      gateway: {
        ...{
          title: 'Gateway',
          description:
            'json: POST {"to", "text", "sign", "key"} with the key as a bearer token; aliyun: SendSms.',
        },
        'x-zh': {
          title: '网关',
          description: 'json：以 Bearer 密钥 POST {"to", "text", "sign", "key"}；aliyun：阿里云 SendSms。',
        },
        enum: ['json', 'aliyun'],
      },
      url: {
        ...{ title: 'Address', description: 'Of the gateway; that of Alibaba Cloud when absent.' },
        'x-zh': { title: '地址', description: '网关地址；不写则为阿里云地址。' },
        ...{ type: 'string', pattern: '^https?://[^\\s?#@]+$', maxLength: 300 },
      },
      sign: {
        ...{ title: 'Sign', description: 'The signature that stands before the text, as it was approved.' },
        'x-zh': { title: '签名', description: '经审核的短信签名。' },
        ...{ type: 'string', minLength: 1, maxLength: 40 },
      },
      template: {
        ...{
          title: 'Template',
          description: 'Alibaba Cloud’s template code; it is filled with title and text.',
        },
        'x-zh': { title: '模板', description: '阿里云模板代码，变量为 title 与 text。' },
        ...{ type: 'string', pattern: '^[A-Za-z0-9_]{1,60}$' },
      },
      keyId: {
        ...{ title: 'Access key id', description: 'Of Alibaba Cloud.' },
        'x-zh': { title: 'AccessKey ID', description: '阿里云 AccessKey ID。' },
        ...{ type: 'string', pattern: '^[A-Za-z0-9]{1,60}$' },
      },
      most: {
        ...{ title: 'Longest text', description: 'Characters of a message at most.' },
        'x-zh': { title: '最长字数', description: '一条短信的最多字数。' },
        ...{ type: 'integer', minimum: 20, maximum: 1000, default: MOST },
      },
    },
  },
  secrets: {
    key: {
      label: { en: 'Key', 'zh-CN': '密钥' },
      description: {
        en: 'The gateway’s key, or the access key secret.',
        'zh-CN': '网关密钥，或 AccessKey Secret。',
      },
      required: true,
    },
  },
  operations: {
    send: {
      label: { en: 'Send a text message', 'zh-CN': '发送短信' },
      input: {
        ...{ type: 'object', additionalProperties: false, required: ['to', 'text'] },
        properties: { to: { type: 'string' }, title: { type: 'string' }, text: { type: 'string' } },
      },
      output: { type: 'object', properties: { id: { type: 'string' } } },
      errors: ['SMS_NUMBER_INVALID'],
      run: (call, input) => send(call, input as unknown as Sent),
    },
  },
  channel: { name: 'sms', address: 'phone', perMinute: 10, send: (call, message) => send(call, message) },
  check(settings) {
    const { gateway } = settings as unknown as SmsSettings
    const needed = gateway === 'json' ? ['url'] : ['sign', 'template', 'keyId']
    return needed.flatMap((key) =>
      settings[key] === undefined
        ? [{ path: `/${key}`, reason: { en: `${gateway} needs it`, 'zh-CN': `${gateway} 须填写` } }]
        : [],
    )
  },
  examples: {
    valid: [
      { gateway: 'json', url: 'https://sms.example.com/send', sign: '榫卯' },
      { gateway: 'aliyun', sign: '榫卯', template: 'SMS_1234', keyId: 'LTAI1234' },
    ],
    invalid: [
      {},
      { gateway: 'json' },
      { gateway: 'pigeon', url: 'https://sms.example.com' },
      { gateway: 'aliyun', sign: '榫卯' },
      { gateway: 'json', url: 'https://sms.example.com', key: 'x' },
    ],
  },
})

type Sent = Pick<ChannelMessage, 'to' | 'text'> & Partial<Pick<ChannelMessage, 'title'>>

async function send(call: ConnectorCall, message: Sent): Promise<Values> {
  const settings = call.settings as unknown as SmsSettings
  return settings.gateway === 'json'
    ? await sendJson(call, settings, message)
    : await sendAliyun(call, settings, message)
}

async function sendJson(
  call: ConnectorCall,
  { url = '', sign, most = MOST }: SmsSettings,
  { to, title, text }: Sent,
): Promise<Values> {
  const answer = await call.request({
    ...{ method: 'POST', url },
    headers: {
      'content-type': 'application/json',
      authorization: `Bearer ${call.secrets.key ?? ''}`,
      'idempotency-key': call.key,
    },
    body: JSON.stringify({ to, text: wordsOf(title, text, most), ...(sign ? { sign } : {}), key: call.key }),
  })
  if (answer.status === 422 || answer.status === 400)
    throw connectorFault('SMS_NUMBER_INVALID', `the gateway refuses it: ${answer.text.slice(0, 200)}`)
  if (answer.status < 200 || answer.status >= 300)
    throw statusFault(answer.status, `answered ${answer.status}`, undefined, answer.headers['retry-after'])
  const { id } = answer.text.trim() === '' ? { id: '' } : objectIn({ ...answer, status: 200 })
  return { id: String(id ?? '') }
}

/** SendSms of Alibaba Cloud (2017-05-25). `OutId` is the key: its receipts tell it. */
async function sendAliyun(
  call: ConnectorCall,
  { url = ALIYUN, sign = '', template = '', keyId = '', most = MOST }: SmsSettings,
  { to, title = '', text }: Sent,
): Promise<Values> {
  const question = {
    ...{ Action: 'SendSms', Version: '2017-05-25', Format: 'JSON', RegionId: 'cn-hangzhou' },
    ...{ PhoneNumbers: to.replace(/^\+86/, ''), SignName: sign, TemplateCode: template, OutId: call.key },
    TemplateParam: JSON.stringify({ title: cut(title, 40), text: wordsOf(undefined, text || title, most) }),
  }
  const target = signedUrl(url, question, { keyId, secret: call.secrets.key ?? '', now: call.now() })
  const answer = await call.request({ method: 'GET', url: target })
  // A refusal comes with 400 and a code of its own.
  const { Code, Message, BizId } = objectIn({
    ...answer,
    status: answer.status === 400 ? 200 : answer.status,
  })
  if (Code === 'OK') return { id: String(BizId ?? '') }
  const [code, words] = [String(Code), `${String(Code)} ${String(Message ?? '')}`]
  if (/LIMIT_CONTROL|Throttling/.test(code))
    throw connectorFault(codeOf(code), words, { kind: 'limited', afterMs: LIMITED_MS })
  if (/SYSTEM_ERROR|InternalError|ServiceUnavailable/.test(code))
    throw connectorFault(codeOf(code), words, { kind: 'again' })
  throw connectorFault(/MOBILE_NUMBER/.test(code) ? 'SMS_NUMBER_INVALID' : codeOf(code), words)
}

function wordsOf(title: string | undefined, text: string, most: number): string {
  return cut([title, text].filter(Boolean).join(' '), most)
}
