import type { MessageDefinition } from '../../metadata/types.ts'
import type { CompiledModel } from '../model/compiled.ts'

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

/** The workspace's own text of a message of the engine, or the built-in one. */
export function systemMessage(model: CompiledModel, name: SystemMessage): MessageDefinition {
  return model.definitions.message.get(name) ?? BUILT_IN_MESSAGES[name]
}

/** The message of that name, the engine's own ones included. */
export function findMessage(model: CompiledModel, name: string): MessageDefinition | undefined {
  const own = Object.hasOwn(BUILT_IN_MESSAGES, name) ? BUILT_IN_MESSAGES[name as SystemMessage] : undefined
  return model.definitions.message.get(name) ?? own
}
