import { AppError, type Language, type Problem, problem, problemHint, problemMessage } from '../errors.ts'

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
  const unusable = fileProblem(fault)
  if (unusable !== undefined) return problemLines(unusable, language)
  return [fault instanceof Error ? (fault.stack ?? fault.message) : String(fault)]
}

/** A file or folder that the system does not let us have: its name and the reason are all that there is to know. */
function fileProblem(fault: unknown): Problem | undefined {
  const { code, path, message } = (fault ?? {}) as Partial<NodeJS.ErrnoException>
  if (code === undefined || path === undefined || message === undefined) return undefined
  const reason = message.slice(`${code}: `.length, message.lastIndexOf(', '))
  return problem('FILE_UNUSABLE', '', { params: { path, reason } })
}
