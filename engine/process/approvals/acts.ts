import { AppError, type LocalText, type Problem, problem, quoted, refuse } from '../../errors.ts'
import { isRecordId, isStorableText } from '../../fields/parts/formats.ts'

/** What may be done to an approval of a record. */
export const APPROVAL_ACTS = [
  'submit',
  'approve',
  'reject',
  'return',
  'withdraw',
  'transfer',
  'add_signer',
] as const
export type ApprovalAct = (typeof APPROVAL_ACTS)[number]

export function isApprovalAct(name: string): name is ApprovalAct {
  return (APPROVAL_ACTS as readonly string[]).includes(name)
}

/** An act as it is asked for. */
export interface ActBody {
  /** The approval's name, where a record may have several. */
  readonly approval?: string
  readonly comment?: string
  /** Ids of files of the record. */
  readonly files?: readonly string[]
  /** The turn that is decided: what was shown, so that a second click never decides the next one. */
  readonly turn?: string
  /** The level to which it is sent back, by name; the submitter where none is said. */
  readonly to?: string
  /** What follows what is sent back: all levels again, or straight the one that sent it. */
  readonly then?: 'restart' | 'resume'
  /** To whom it goes, by id. */
  readonly person?: string
  /** Where a signer is added. */
  readonly place?: 'before' | 'after'
}

const KEYS: { readonly [A in ApprovalAct]: readonly (keyof ActBody)[] } = {
  submit: ['approval', 'comment', 'files'],
  approve: ['approval', 'turn', 'comment', 'files'],
  reject: ['approval', 'turn', 'comment', 'files'],
  return: ['approval', 'turn', 'comment', 'files', 'to', 'then'],
  withdraw: ['approval', 'comment', 'files'],
  transfer: ['approval', 'turn', 'comment', 'files', 'person'],
  add_signer: ['approval', 'turn', 'comment', 'files', 'person', 'place'],
}
const NEEDED: { readonly [A in ApprovalAct]?: readonly (keyof ActBody)[] } = {
  transfer: ['person'],
  add_signer: ['person', 'place'],
}

const MOST_COMMENT = 2_000
const MOST_FILES = 20

type Check = (value: unknown, at: string) => Problem | undefined

const TEXT: LocalText = { en: 'text', 'zh-CN': '文本' }
const ID: LocalText = { en: 'an id', 'zh-CN': '标识' }

const text: Check = (value, at) =>
  typeof value === 'string' ? undefined : problem('FIELD_TYPE_WRONG', at, { params: { expected: TEXT } })
const id: Check = (value, at) =>
  typeof value === 'string' && isRecordId(value)
    ? undefined
    : problem('FIELD_TYPE_WRONG', at, { params: { expected: ID } })
const oneOf =
  (...options: readonly string[]): Check =>
  (value, at) =>
    options.includes(value as string)
      ? undefined
      : problem('FIELD_OPTION_UNKNOWN', at, { params: { value: quoted(value) } })

const CHECKS: { readonly [K in keyof Required<ActBody>]: Check } = {
  approval: text,
  comment: (value, at) =>
    text(value, at) ??
    ((value as string).length > MOST_COMMENT
      ? problem('FIELD_TEXT_TOO_LONG', at, { params: { limit: MOST_COMMENT } })
      : unstorable(value as string, at)),
  files: (value, at) => {
    if (!Array.isArray(value)) return problem('FIELD_TYPE_WRONG', at, { params: { expected: LIST } })
    if (value.length > MOST_FILES)
      return problem('FIELD_LIST_TOO_LONG', at, { params: { limit: MOST_FILES } })
    return value.map((one, index) => id(one, `${at}/${index}`)).find((fault) => fault !== undefined)
  },
  turn: id,
  to: text,
  // biome-ignore lint/suspicious/noThenProperty: the key's name is the word of the language
  then: oneOf('restart', 'resume'),
  person: id,
  place: oneOf('before', 'after'),
}

const LIST: LocalText = { en: 'a list of ids', 'zh-CN': '标识列表' }

function unstorable(value: string, at: string): Problem | undefined {
  return isStorableText(value) ? undefined : problem('FIELD_TYPE_WRONG', at, { params: { expected: TEXT } })
}

/**
 * Reads what comes with an act; nothing at all is an empty body.
 * @throws AppError with every fault
 */
export function parseAct(act: ApprovalAct, body: unknown): ActBody {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) throw refuse('HTTP_BODY_NOT_OBJECT')
  const given = Object.entries(body).filter(([, value]) => value !== null && value !== undefined)
  const problems = given.flatMap(([key, value]): readonly Problem[] => {
    const at = `/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`
    if (!(KEYS[act] as readonly string[]).includes(key))
      return [problem('FIELD_UNKNOWN', at, { params: { name: key } })]
    const fault = CHECKS[key as keyof ActBody](value, at)
    return fault === undefined ? [] : [fault]
  })
  const missing = (NEEDED[act] ?? []).filter((key) => !given.some(([name]) => name === key))
  const all = [...problems, ...missing.map((key) => problem('FIELD_REQUIRED', `/${key}`))]
  if (all.length > 0) throw new AppError(all)
  return Object.fromEntries(given) as ActBody
}
