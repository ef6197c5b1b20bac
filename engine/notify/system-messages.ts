import { textIn } from '../../metadata/text.ts'
import type { MessageDefinition } from '../../metadata/types.ts'
import type { Actor } from '../access/actor.ts'
import type { LocalText } from '../errors.ts'
import type { CompiledModel } from '../model/compiled.ts'
import { parseTemplate } from '../model/kinds/message-template.ts'
import type { Spoken } from '../registry/words.ts'
import { textTo } from './notices.ts'

/** The names of the messages that the engine sends by itself. */
export type SystemMessage = 'invitation' | 'password_reset'

/** What is sent where the workspace has no definition of that name. */
export const BUILT_IN_MESSAGES: Readonly<Record<SystemMessage, MessageDefinition>> = {
  invitation: {
    kind: 'message',
    name: 'invitation',
    label: { en: 'Invitation', 'zh-CN': '邀请' },
    subject: {
      en: '{{or_else sender "Your team"}} invites you to Tenon',
      'zh-CN': '{{or_else sender "您的团队"}}邀请您使用 Tenon',
    },
    body: {
      en: `Hello {{name}},

an account for {{email}} is waiting for you. Choose a password to begin:

{{link}}

The link is valid once, until {{expires_at}}.`,
      'zh-CN': `{{name}}，您好：

您的账号 {{email}} 已创建，请点击以下链接设置密码并开始使用：

{{link}}

该链接仅可使用一次，有效期至 {{expires_at}}。`,
    },
  },
  password_reset: {
    kind: 'message',
    name: 'password_reset',
    label: { en: 'Password reset', 'zh-CN': '重设密码' },
    subject: { en: 'Choose a new password', 'zh-CN': '重设您的密码' },
    body: {
      en: `Hello {{name}},

a new password was asked for the account {{email}}. Choose it here:

{{link}}

The link is valid once, until {{expires_at}}. If this was not you, leave it: your password stays as it is.`,
      'zh-CN': `{{name}}，您好：

有人为账号 {{email}} 申请了重设密码，请点击以下链接设置新密码：

{{link}}

该链接仅可使用一次，有效期至 {{expires_at}}。如非本人操作，请忽略本邮件，原密码不变。`,
    },
  },
}

const PARTS = ['subject', 'body'] as const

/** The engine's own messages in English as further languages say them in `notices.json`: `invitation.subject` and so on. */
export const MESSAGE_TEXTS: Readonly<Record<string, string>> = Object.fromEntries(
  Object.values(BUILT_IN_MESSAGES).flatMap((message) =>
    PARTS.map((part) => [`${message.name}.${part}`, textIn(message[part], 'en', '')]),
  ),
)

/** What is wrong with such a text: nobody may get a mail that cannot be filled, or one without its link. */
export function messageTextFault(key: string, text: string): LocalText | undefined {
  if (!Object.hasOwn(MESSAGE_TEXTS, key)) return undefined
  const { faults, paths } = parseTemplate(text)
  if (faults[0] !== undefined) return faults[0]
  const isLinked = !key.endsWith('.body') || paths.some(({ path }) => path === 'link')
  return isLinked ? undefined : { en: '{{link}} is missing', 'zh-CN': '缺少 {{link}}' }
}

/** A message of the engine, as somebody reads it: in the workspace's own words, or in the built-in ones. */
export function systemMessage(
  model: CompiledModel,
  name: SystemMessage,
  to: Pick<Actor, 'language' | 'reading'> & Spoken,
): Pick<MessageDefinition, 'subject' | 'body'> {
  const own = model.translated.message.get(name)
  if (own !== undefined) return { subject: textTo(own.subject, to, ''), body: textTo(own.body, to, '') }
  const { subject, body } = BUILT_IN_MESSAGES[name]
  const notices = to.words?.notices
  return {
    subject: notices?.[`${name}.subject`] ?? textIn(subject, to.language, ''),
    body: notices?.[`${name}.body`] ?? textIn(body, to.language, ''),
  }
}

/** The message of that name, the engine's own ones included. */
export function findMessage(model: CompiledModel, name: string): MessageDefinition | undefined {
  const own = Object.hasOwn(BUILT_IN_MESSAGES, name) ? BUILT_IN_MESSAGES[name as SystemMessage] : undefined
  return model.definitions.message.get(name) ?? own
}
