import type { Executor } from '../../db/database.ts'
import { parseJson } from '../../db/values.ts'
import { AppError, type Problem, problem } from '../../errors.ts'
import { isRecord, pointer } from '../../model/pointer.ts'
import type { ChannelName } from '../../registry/connector.ts'

/** Ways by which people are told; the bell always, the rest where there is a connection. */
export const CHANNELS = ['in_app', 'mail', 'wecom', 'sms', 'dingtalk'] as const satisfies readonly (
  | 'in_app'
  | ChannelName
)[]
export type Channel = (typeof CHANNELS)[number]

/** Those that a person may switch off: what was told stays in the list of the bell. */
export const OPTIONAL_CHANNELS = CHANNELS.filter((one) => one !== 'in_app')

/** Of every kind of message that has no word of its own. */
export const ANY_KIND = '*'

/** How a person wants to be told. */
export interface Preference {
  /** Nothing but the bell within these hours, `HH:MM` by the person's own clock; what comes meanwhile waits. */
  readonly quiet?: { readonly from: string; readonly until: string; readonly weekend?: boolean }
  /** So many minutes are gathered into one message; 0 or absent: each at once. */
  readonly gather?: number
  /** Channels that are off, by kind of message (a message's name, a flow's where it has none, or `*`). */
  readonly off?: Readonly<Record<string, readonly string[]>>
}

const TIME = /^([01]\d|2[0-3]):[0-5]\d$/
const KIND = /^(\*|[a-z][a-z0-9_]{0,39})$/
const MOST_MINUTES = 24 * 60
const MOST_KINDS = 200

/**
 * A preference as it was sent.
 * @throws AppError with every problem
 */
export function parsePreference(raw: unknown): Preference {
  if (!isRecord(raw)) throw new AppError(problem('HTTP_BODY_NOT_OBJECT'))
  const problems: Problem[] = []
  for (const key of Object.keys(raw))
    if (!['quiet', 'gather', 'off'].includes(key))
      problems.push(
        problem('FIELD_UNKNOWN', pointer(key.slice(0, 80)), { params: { name: key.slice(0, 80) } }),
      )
  const quiet = raw.quiet === undefined || raw.quiet === null ? undefined : parseQuiet(raw.quiet, problems)
  const { gather } = raw
  const isCount = Number.isInteger(gather) && Number(gather) >= 0 && Number(gather) <= MOST_MINUTES
  if (gather !== undefined && !isCount) problems.push(unfit('/gather', `0 to ${MOST_MINUTES}`))
  const off = raw.off === undefined ? undefined : parseOff(raw.off, problems)
  if (problems.length > 0) throw new AppError(problems)
  return {
    ...(quiet === undefined ? {} : { quiet }),
    ...(gather === undefined ? {} : { gather: Number(gather) }),
    ...(off === undefined ? {} : { off }),
  }
}

function parseQuiet(raw: unknown, problems: Problem[]): Preference['quiet'] {
  if (!isRecord(raw)) {
    problems.push(unfit('/quiet', '{"from", "until"}'))
    return undefined
  }
  for (const key of Object.keys(raw))
    if (!['from', 'until', 'weekend'].includes(key))
      problems.push(
        problem('FIELD_UNKNOWN', `/quiet${pointer(key.slice(0, 80))}`, {
          params: { name: key.slice(0, 80) },
        }),
      )
  const { from, until, weekend } = raw
  if (typeof from !== 'string' || !TIME.test(from)) problems.push(unfit('/quiet/from', '22:00'))
  if (typeof until !== 'string' || !TIME.test(until)) problems.push(unfit('/quiet/until', '07:30'))
  if (from === until) problems.push(unfit('/quiet/until', 'another time than “from”', '与 from 不同的时间'))
  if (weekend !== undefined && typeof weekend !== 'boolean')
    problems.push(unfit('/quiet/weekend', 'true or false', 'true 或 false'))
  return {
    ...{ from: String(from), until: String(until) },
    ...(weekend === true ? { weekend } : {}),
  }
}

function parseOff(raw: unknown, problems: Problem[]): Preference['off'] {
  if (!isRecord(raw) || Object.keys(raw).length > MOST_KINDS) {
    problems.push(unfit('/off', 'channels by kind of message', '按消息种类列出渠道'))
    return undefined
  }
  for (const [kind, channels] of Object.entries(raw)) {
    const isFit =
      KIND.test(kind) &&
      Array.isArray(channels) &&
      channels.every((one) => (OPTIONAL_CHANNELS as readonly unknown[]).includes(one))
    if (!isFit) problems.push(unfit(`/off${pointer(kind.slice(0, 80))}`, OPTIONAL_CHANNELS.join(', ')))
  }
  return raw as Preference['off']
}

function unfit(path: string, en: string, chinese = en): Problem {
  return problem('META_VALUE_INVALID', path, {
    params: { reason: { en: `expected ${en}`, 'zh-CN': `应为 ${chinese}` } },
  })
}

/** Whether the person wants this kind of message through this channel. A word for the kind itself outweighs that for all. */
export function wants({ off = {} }: Preference, kind: string, channel: string): boolean {
  return !(off[kind] ?? off[ANY_KIND] ?? []).includes(channel)
}

export async function readPreference(db: Executor, schema: string, person: string): Promise<Preference> {
  const { rows } = await db.query<{ preference: string }>({
    text: `SELECT preference::text AS preference FROM ${schema}.tenon_preference WHERE person = $1::uuid`,
    values: [person],
  })
  return rows[0] === undefined ? {} : parseJson<Preference>(rows[0].preference)
}

export async function savePreference(
  db: Executor,
  schema: string,
  person: string,
  preference: Preference,
): Promise<void> {
  await db.query({
    text:
      `INSERT INTO ${schema}.tenon_preference (person, preference) VALUES ($1::uuid, $2::jsonb) ` +
      'ON CONFLICT (person) DO UPDATE SET preference = excluded.preference, updated_at = now()',
    values: [person, JSON.stringify(preference)],
  })
}
