import { type AuditFault, type AuditReport, MAX_FAULTS, verifyAudit } from '../audit/verify.ts'
import { listWorkspaces } from '../db/migrate.ts'
import { quoteName } from '../db/values.ts'
import { type LocalText, refuse } from '../errors.ts'
import { parseWords } from './arguments.ts'
import type { Command, CommandContext } from './command.ts'

const FAULTS: { readonly [K in AuditFault['kind']]: (id: string) => LocalText } = {
  row_altered: (id) => ({ en: `Row ${id} was altered.`, 'zh-CN': `第 ${id} 行被改动。` }),
  row_removed: (id) => ({ en: `Row ${id} was removed.`, 'zh-CN': `第 ${id} 行被删除。` }),
  row_inserted: (id) => ({ en: `Row ${id} was inserted afterwards.`, 'zh-CN': `第 ${id} 行是事后插入的。` }),
  seal_altered: (id) => ({ en: `Seal ${id} was altered.`, 'zh-CN': `第 ${id} 号封存批次被改动。` }),
  seal_missing: (id) => ({ en: `Seal ${id} is missing.`, 'zh-CN': `缺少第 ${id} 号封存批次。` }),
  seal_key_unknown: (id) => ({
    en: `Seal ${id} was made with a secret that is not there.`,
    'zh-CN': `第 ${id} 号封存批次所用的密钥不存在。`,
  }),
}

/** Walks the audit's chain of seals in one workspace or in all. */
const verifyCommand: Command = {
  name: 'audit verify',
  usage: '[--workspace <name>]',
  summary: {
    en: 'Checks that nobody altered, removed or inserted a row of the audit.',
    'zh-CN': '检查审计记录是否被改动、删除或插入。',
  },
  async run(context, args) {
    const { options } = parseWords(args, { workspace: { type: 'string' } }, [0, 0])
    const { database, secretKeys } = await context.openCore()
    const all = await listWorkspaces(database)
    const wanted = all.filter(({ name }) => options.workspace === undefined || name === options.workspace)
    if (wanted.length === 0) {
      throw refuse('WORKSPACE_UNKNOWN', '', { params: { name: options.workspace ?? '' } })
    }
    let isWhole = true
    for (const { name, schema } of wanted) {
      const report = await verifyAudit(database, quoteName(schema), secretKeys)
      tell(context, name, report)
      isWhole &&= report.faults.length === 0
    }
    return isWhole ? 0 : 1
  },
}

function tell(context: CommandContext, workspace: string, report: AuditReport): void {
  const { rows, seals, unsealed, last, faults } = report
  context.print(
    context.say({
      en: `${workspace}: ${rows} rows, ${seals} seals, ${unsealed} rows too new for a seal.`,
      'zh-CN': `${workspace}：${rows} 行，${seals} 个封存批次，另有 ${unsealed} 行尚未封存。`,
    }),
  )
  for (const { kind, id } of faults) context.print(`✗ ${context.say(FAULTS[kind](id))}`)
  if (faults.length === MAX_FAULTS) {
    context.print(context.say({ en: 'There may be more.', 'zh-CN': '可能还有更多问题。' }))
  }
  if (faults.length === 0)
    context.print(`✓ ${context.say({ en: 'Nothing was altered.', 'zh-CN': '未发现改动。' })}`)
  if (last === undefined) return
  // Who keeps this line elsewhere can tell a chain that was cut short from one that never was longer.
  context.print(
    context.say({
      en: `The last seal is number ${last.number}: ${last.mac}`,
      'zh-CN': `最后一个封存批次为第 ${last.number} 号：${last.mac}`,
    }),
  )
}

export const auditCommands: readonly Command[] = [verifyCommand]
