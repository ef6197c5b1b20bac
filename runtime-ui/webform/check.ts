import type { Tell } from './texts.ts'
import type { Answers, FieldProblem, FormPage } from './types.ts'

interface SchemaFault {
  readonly instancePath: string
  readonly keyword: string
  readonly params: Readonly<Record<string, unknown>>
}
type Validate = ((answers: Answers) => boolean) & { readonly errors?: readonly SchemaFault[] | null }

/** What the server’s precompiled validator says of the answers, the first fault of each field. */
export async function schemaProblems(
  page: FormPage,
  answers: Answers,
  tell: Tell,
): Promise<readonly FieldProblem[]> {
  const module = (await import(/* @vite-ignore */ page.validator)) as Readonly<Record<string, Validate>>
  const [validate] = Object.values(module).filter((one) => typeof one === 'function')
  if (validate === undefined || validate(answers)) return []
  const byField = new Map<string, FieldProblem>()
  for (const fault of validate.errors ?? []) {
    const at = fault.instancePath.split('/')[1] ?? ''
    if (!byField.has(at)) byField.set(at, { at, message: messageOf(fault, tell) })
  }
  return [...byField.values()]
}

function messageOf({ keyword, params }: SchemaFault, tell: Tell): string {
  const limit = String(params.limit ?? '')
  if (keyword === 'maxLength') return tell('tooLong', limit)
  if (keyword === 'minLength') return tell('tooShort', limit)
  if (keyword === 'minimum') return tell('tooSmall', limit)
  if (keyword === 'maximum') return tell('tooLarge', limit)
  if (keyword === 'type' && /number|integer/.test(String(params.type))) return tell('number')
  return tell('wrong')
}
