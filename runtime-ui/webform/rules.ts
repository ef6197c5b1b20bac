import { EMPTY_RECORD } from '../../metadata/rules/environment.ts'
import { type RecordWorld, startRecordRules } from '../../metadata/rules/record-rules.ts'
import type { FormParts } from './parts.ts'
import type { Answers, FormPage } from './types.ts'

export interface Judged {
  /** What is sent: of fields that are shown, those that say something. */
  readonly answers: Answers
  /** Fields that are asked for and say nothing. */
  readonly missing: readonly string[]
}

/** Runs the form’s rules, those that the server runs, at each change. @returns how the form stands now */
export function watchRules(page: FormPage, { form, boxes }: FormParts): () => Judged {
  const session = startRecordRules(page.rules)
  const byName = new Map(boxes.map((box) => [box.field.name, box]))
  const world = (): RecordWorld => ({
    isNew: true,
    said: (name) => (byName.has(name) ? (byName.get(name)?.value() ?? null) : undefined),
    ...{ stored: () => null, related: () => null, before: () => null },
    environment: {
      ...{ actor: EMPTY_RECORD, settings: EMPTY_RECORD },
      ...{ now: Date.now(), today: page.today, timeZone: page.time_zone },
    },
  })
  const judge = (): Judged => {
    const { hidden, required } = session.judge(world())
    const answers: Record<string, unknown> = {}
    const missing: string[] = []
    for (const box of boxes) {
      const { name, required: isAlways, dependsOn } = box.field
      const isShown = !hidden.has(name)
      const isRequired = isAlways || required.has(name)
      box.show(isShown)
      box.require(isRequired)
      if (dependsOn !== undefined) box.narrow(byName.get(dependsOn)?.value() ?? '')
      if (!isShown) continue
      const value = box.value()
      if (value !== undefined) answers[name] = value
      else if (isRequired) missing.push(name)
    }
    return { answers, missing }
  }
  form.addEventListener('input', judge)
  form.addEventListener('change', judge)
  judge()
  return judge
}
