/** Answers that were asked for before the page's code had come, by their path. */
export type EarlyAnswers = Map<
  string,
  { readonly language: string; readonly answer: Promise<Response | undefined> }
>

/** Where they lie in the window. */
export const EARLY = 'tenonEarly'

const answersHere = (): EarlyAnswers | undefined =>
  (window as unknown as { readonly [EARLY]?: EarlyAnswers })[EARLY]

/** Whether anything was asked for before the page's code had come. */
export const wasAskedEarly = (): boolean => answersHere() !== undefined

/**
 * Takes an early answer, once: asking again is a new question.
 * @returns undefined where none was asked for, in another language, or nobody answered
 */
export async function takeEarly(path: string, language: string): Promise<Response | undefined> {
  const answers = answersHere()
  const early = answers?.get(path)
  if (answers === undefined || early === undefined) return undefined
  answers.delete(path)
  return early.language === language ? await early.answer : undefined
}
