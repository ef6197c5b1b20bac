import { textIn } from '../../metadata/text.ts'
import {
  type Language,
  type LocalText,
  type Problem,
  problem,
  problemHint,
  problemMessage,
  type SimilarRecord,
} from '../errors.ts'
import type { RequestContext, SimilarFound } from './context.ts'
import type { FoundDuplicate } from './find-duplicates.ts'

/**
 * A found record as a problem of the field that was compared. Of a record that the actor may not read it tells that it is
 * there, and whose it is where the rule says so; how alike it is, only where the actor sees what was compared: step by step
 * one could come nearer to a hidden value.
 */
export function duplicateProblem(context: RequestContext, found: FoundDuplicate): Problem {
  const { record, own, rule } = found
  const similar = similarRecord(context, found)
  const code = rule.definition.then === 'block' ? 'DUPLICATE_BLOCKED' : 'DUPLICATE_WARNED'
  return problem(code, `${record.path}/${own.field.name}`, {
    similar,
    params: {
      field: inBoth((language) => textIn(own.field.label, language, own.field.name)),
      record: inBoth((language) => describe(found, similar, language)),
      what: whatOf(similar, found.likeness),
    },
  })
}

function similarRecord(context: RequestContext, found: FoundDuplicate): SimilarRecord {
  const { rule, target, id, isSeen, label } = found
  const owner = ownerOf(found)
  const access = context.access.entity(target.entity.name)
  const isKnown = access.read !== 'none' || access.create
  return {
    rule: rule.definition.name,
    entity: isKnown ? target.entity.name : null,
    id: isSeen ? id : null,
    label: isSeen ? label : null,
    ...(!isSeen && { hidden: true as const }),
    ...(owner !== undefined && { owner }),
    ...(found.isComparedSeen && { likeness: Math.round(found.likeness * 1000) / 1000 }),
  }
}

/** Undefined where it is not told, or where nobody owns such records. */
function ownerOf({ isSeen, owner, rule, target }: FoundDuplicate): SimilarRecord['owner'] {
  if (!target.entity.owned) return undefined
  const isTold = rule.definition.tell === 'owner'
  if (owner === null) return isSeen || isTold ? null : undefined
  if (owner.name === null || !(isTold || (isSeen && owner.isSeen))) return undefined
  return { id: isSeen ? owner.id : null, label: owner.name }
}

function describe(
  { target, isSeen }: FoundDuplicate,
  { entity, label, owner }: SimilarRecord,
  language: Language,
): string {
  const kind = entity === null ? undefined : textIn(target.entity.label, language, target.entity.name)
  const isEnglish = language === 'en'
  const whose =
    owner === undefined
      ? ''
      : owner === null
        ? { en: ', owned by nobody', 'zh-CN': '（暂无负责人）' }[language]
        : { en: `, owned by ${owner.label},`, 'zh-CN': `（负责人：${owner.label}）` }[language]
  if (isSeen) return isEnglish ? `${kind} “${label}”${whose}` : `${kind}“${label}”${whose}`
  return isEnglish
    ? `a record${kind === undefined ? '' : ` of ${kind}`} that you may not see${whose}`
    : `一条您无权查看的${kind ?? ''}记录${whose}`
}

function whatOf({ likeness, hidden }: SimilarRecord, found: number): LocalText {
  if (found === 1) return { en: 'the same', 'zh-CN': '相同' }
  if (likeness === undefined || hidden) return { en: 'a similar one', 'zh-CN': '相似' }
  const percent = Math.round(likeness * 100)
  return { en: `a similar one (${percent} %)`, 'zh-CN': `相似（${percent} %）` }
}

function inBoth(tell: (language: Language) => string): LocalText {
  return { en: tell('en'), 'zh-CN': tell('zh-CN') }
}

/** What was found and refused nothing, as an answer has it beside its data. */
export function presentFound(context: RequestContext, found: readonly SimilarFound[]): readonly unknown[] {
  const { language } = context.actor
  const texts = context.words?.problems
  return found.map(({ action, problem: told }) => {
    const hint = action === 'allow' ? undefined : problemHint(told, language, texts)
    return {
      action,
      path: told.path,
      message: problemMessage(told, language, texts),
      ...(hint !== undefined && { hint }),
      record: told.similar,
    }
  })
}
