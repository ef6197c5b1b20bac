import type { Answer, Answers, Parameter, TemplateItem } from './api.ts'

/** What the fields begin with: what was answered before, else what the template proposes. */
export function firstAnswers(parameters: readonly Parameter[], answers: Answers): Answers {
  return Object.fromEntries(
    parameters.flatMap(({ name, default: proposed }): [string, Answer][] => {
      const answer = answers[name] ?? proposed
      return answer === undefined ? [] : [[name, answer]]
    }),
  )
}

/** What is sent: lines without what is empty; what nobody has answered is left out. */
export function sentAnswers(parameters: readonly Parameter[], answers: Answers): Answers {
  return Object.fromEntries(
    parameters.flatMap(({ name, type }): [string, Answer][] => {
      const answer = answers[name] ?? EMPTY[type]
      if (answer === undefined) return []
      if (!Array.isArray(answer)) return [[name, answer]]
      return [[name, answer.map((line: string) => line.trim()).filter((line: string) => line !== '')]]
    }),
  )
}

/** An empty field is an answer of these types. */
const EMPTY: { readonly [T in Parameter['type']]: Answer | undefined } = {
  ...{ text: '', list: [], boolean: false, integer: undefined, select: undefined, color: undefined },
}

/** What a newer version asks that nobody has answered here. */
export const newIn = ({ parameters, answers }: TemplateItem): readonly Parameter[] =>
  parameters.filter(({ name }) => !Object.hasOwn(answers, name))
