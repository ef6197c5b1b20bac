import { AppError, type Language, type Problem, problemHint, problemMessage } from '../errors.ts'

/** The language of the person at the shell. */
export function shellLanguage(env: Readonly<Record<string, string | undefined>>): Language {
  const locale = env.LC_ALL || env.LC_MESSAGES || env.LANG || ''
  return locale.toLowerCase().startsWith('zh') ? 'zh-CN' : 'en'
}

/** A problem in lines for a terminal: the message, then what to do. */
export function problemLines(fault: Problem, language: Language): string[] {
  const hint = problemHint(fault, language)
  // Messages about settings name them already.
  const isPlaced = fault.path !== '' && !fault.code.startsWith('START_')
  const place = isPlaced ? ` (${fault.path})` : ''
  return [`${problemMessage(fault, language)}${place}`, ...(hint === undefined ? [] : [`  → ${hint}`])]
}

/** What went wrong, for a terminal; an unexpected fault with its stack, since nobody else will see it. */
export function faultLines(fault: unknown, language: Language): string[] {
  if (fault instanceof AppError) return fault.problems.flatMap((one) => problemLines(one, language))
  return [fault instanceof Error ? (fault.stack ?? fault.message) : String(fault)]
}
