import { textIn } from '../../metadata/text.ts'
import type { Executor } from '../db/database.ts'
import { parseJson } from '../db/values.ts'
import { AppError, type LocalText, type Problem, problem } from '../errors.ts'
import { approvalsOf } from '../model/approval-index.ts'
import type { CompiledEntity } from '../model/compiled.ts'
import type { RequestContext } from './context.ts'
import { personSql } from './people.ts'

/** What holds a record: a lock of an approval, or any approval that runs. */
export type Hold = 'locked' | 'running'

interface HeldRow {
  readonly approval: string
  readonly name: string
  readonly level: string | null
  readonly people: readonly (string | null)[]
}

const APPROVERS: LocalText = { en: 'its approvers', 'zh-CN': '审批人' }

/**
 * Who holds a record, and why it may not be written; undefined where no approval does.
 * @param path JSON pointer of what was refused
 */
export async function heldProblem(
  context: RequestContext,
  runner: Executor,
  entity: CompiledEntity,
  ids: readonly string[],
  hold: Hold,
  path: string,
): Promise<Problem | undefined> {
  const approvals = approvalsOf(context.model, entity)
  if (approvals === undefined) return undefined
  const { schema } = context.model
  const who = personSql(context.model, context.access, 't.person')
  const { rows } = await runner.query<Omit<HeldRow, 'people'> & { readonly people: string }>({
    text:
      `SELECT a.approval::text AS approval, a.name, a.level::text AS level, (SELECT coalesce(json_agg(${who.label}), '[]')::text ` +
      `FROM ${schema}.tenon_approval_turn t ${who.join} WHERE t.run = a.id AND t.round = a.round AND t.state = 'waiting') AS people ` +
      `FROM ${schema}.tenon_approval a WHERE a.record = ANY($1::uuid[]) AND a.state = 'running'` +
      `${hold === 'locked' ? ' AND a.locks' : ''} ORDER BY a.id LIMIT 1`,
    values: [ids],
  })
  const row = rows[0]
  if (row === undefined) return undefined
  return problem('RECORD_LOCKED', path, {
    params: heldWords(context, { ...row, people: parseJson(row.people) }),
  })
}

/** What an approval waits for, in words. */
export function heldWords({ model }: RequestContext, { approval, name, level, people }: HeldRow) {
  const known = [...model.translated.approval.values()].find(({ id }) => id === approval)
  const step = known?.levels.find(({ id }) => id === level)
  const names = people.flatMap((one) => one ?? [])
  const both = (tell: (language: 'en' | 'zh-CN') => string): LocalText => ({
    en: tell('en'),
    'zh-CN': tell('zh-CN'),
  })
  return {
    approval: both((language) => `“${textIn(known?.label, language, known?.name ?? name)}”`),
    level: both((language) =>
      step === undefined ? LEVEL[language] : `“${textIn(step.label, language, step.name)}”`,
    ),
    people: both((language) =>
      names.length === 0 ? APPROVERS[language] : names.join(language === 'en' ? ', ' : '、'),
    ),
  }
}

const LEVEL: LocalText = { en: 'its level', 'zh-CN': '当前层级' }

/** @throws AppError RECORD_LOCKED where an approval holds one of the records */
export async function assertFree(
  context: RequestContext,
  runner: Executor,
  entity: CompiledEntity,
  ids: readonly string[],
  hold: Hold,
  path = '',
): Promise<void> {
  const held = await heldProblem(context, runner, entity, ids, hold, path)
  if (held !== undefined) throw new AppError(held)
}
