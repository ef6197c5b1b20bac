import { createTransport } from 'nodemailer'
import { type ChannelMessage, type ConnectorCall, defineConnector } from '../../engine/registry/connector.ts'
import { connectorFault } from '../../engine/registry/connector-fault.ts'

type Values = Readonly<Record<string, unknown>>

interface SmtpSettings {
  readonly host: string
  readonly port?: number
  readonly security?: 'tls' | 'starttls' | 'none'
  readonly user?: string
  readonly from: string
}

const TIMEOUT_MS = 10_000
const PORTS = { tls: 465, starttls: 587, none: 25 } as const

export const smtpConnector = defineConnector({
  name: 'smtp',
  label: { en: 'Mail server', 'zh-CN': '邮件服务器' },
  description: {
    en: 'Mails through a mail server of your own, beside the one that the operator has set.',
    'zh-CN': '通过自有邮件服务器发送邮件，可与系统邮件服务器并存。',
  },
  settings: {
    type: 'object',
    additionalProperties: false,
    required: ['host', 'from'],
    properties: {
      host: {
        ...{ title: 'Host', description: 'The server’s name.' },
        'x-zh': { title: '主机', description: '邮件服务器的主机名。' },
        ...{ type: 'string', pattern: '^[A-Za-z0-9.:-]{1,253}$' },
      },
      port: {
        ...{ title: 'Port', description: '465 with tls, 587 with starttls, 25 without, when absent.' },
        'x-zh': { title: '端口', description: '不写时：tls 为 465，starttls 为 587，none 为 25。' },
        ...{ type: 'integer', minimum: 1, maximum: 65535 },
      },
      security: {
        ...{
          title: 'Security',
          description: 'tls from the beginning, starttls, or none: then no password is sent.',
        },
        'x-zh': { title: '加密', description: 'tls 全程加密，starttls 升级加密，none 不加密且不发送密码。' },
        ...{ enum: ['tls', 'starttls', 'none'], default: 'starttls' },
      },
      user: {
        ...{ title: 'User', description: 'With which it is signed in; the password is a secret.' },
        'x-zh': { title: '用户', description: '登录用户名；密码为密钥。' },
        ...{ type: 'string', minLength: 1, maxLength: 200 },
      },
      from: {
        ...{ title: 'From', description: 'Name <address> or an address.' },
        'x-zh': { title: '发件人', description: '“名称 <地址>”或地址。' },
        ...{ type: 'string', maxLength: 200 },
        pattern: '^(?:[^<>\\r\\n]{0,100}<[^\\s@<>]+@[^\\s@<>]+>|[^\\s@<>]+@[^\\s@<>]+)$',
      },
    },
  },
  secrets: {
    password: {
      label: { en: 'Password', 'zh-CN': '密码' },
      description: { en: 'Of the user.', 'zh-CN': '登录用户的密码。' },
    },
  },
  operations: {
    send: {
      label: { en: 'Send a mail', 'zh-CN': '发送邮件' },
      input: {
        ...{ type: 'object', additionalProperties: false, required: ['to', 'title', 'text'] },
        properties: { to: { type: 'string' }, title: { type: 'string' }, text: { type: 'string' } },
      },
      output: { type: 'object', properties: { message_id: { type: 'string' } } },
      errors: ['MAIL_REFUSED'],
      run: (call, input) => send(call, input as unknown as Mail),
    },
  },
  channel: { name: 'mail', address: 'email', send: (call, message) => send(call, message) },
  check({ security, user }) {
    if (security !== 'none' || user === undefined) return []
    const reason = { en: 'no password goes out unencrypted', 'zh-CN': '未加密时不发送密码' }
    return [{ path: '/user', reason }]
  },
  examples: {
    valid: [
      { host: 'mail.example.com', from: 'crm@example.com', user: 'crm' },
      { host: 'mail.example.com', port: 2525, security: 'none', from: 'Tenon <crm@example.com>' },
    ],
    invalid: [
      {},
      { host: 'mail.example.com' },
      { host: 'mail.example.com', from: 'nobody' },
      { host: 'mail.example.com', from: 'crm@example.com', security: 'none', user: 'crm' },
      { host: 'mail.example.com', from: 'crm@example.com', password: 'x' },
    ],
  },
})

type Mail = Pick<ChannelMessage, 'to' | 'title' | 'text'> & Partial<Pick<ChannelMessage, 'html'>>

async function send(call: ConnectorCall, { to, title, text, html }: Mail): Promise<Values> {
  const {
    host,
    security = 'starttls',
    port = PORTS[security],
    user,
    from,
  } = call.settings as unknown as SmtpSettings
  const transport = createTransport({
    // The address that was judged is the one that is connected to; the certificate must be that of the name.
    ...{ host: await call.addressOf(host, port), port, tls: { servername: host } },
    ...{ secure: security === 'tls', requireTLS: security === 'starttls', ignoreTLS: security === 'none' },
    ...(user === undefined ? {} : { auth: { user, pass: call.secrets.password ?? '' } }),
    ...{ connectionTimeout: TIMEOUT_MS, greetingTimeout: TIMEOUT_MS, socketTimeout: TIMEOUT_MS },
    ...{ disableFileAccess: true, disableUrlAccess: true },
  })
  // The same for every try: mailboxes show a mail that comes twice once.
  const messageId = `<${call.key}@tenon.invalid>`
  try {
    const recipient = { name: '', address: to }
    await transport.sendMail({
      from,
      to: recipient,
      subject: title,
      text,
      messageId,
      ...(html ? { html } : {}),
    })
    return { message_id: messageId }
  } catch (error) {
    throw mailFault(error)
  } finally {
    transport.close()
  }
}

/** 5xx is the server's last word, but for those about us (sign-in), which an administrator can mend. */
function mailFault(error: unknown): Error {
  const { responseCode, code, message } = error as {
    readonly responseCode?: number
    readonly code?: string
    readonly message: string
  }
  if (code === 'EAUTH' || responseCode === 530)
    return connectorFault('MAIL_SIGN_IN_REFUSED', 'the server refuses user or password', { kind: 'again' })
  if (responseCode !== undefined && responseCode >= 500) return connectorFault('MAIL_REFUSED', message)
  return connectorFault('MAIL_UNREACHABLE', code ?? message, { kind: 'again' })
}
