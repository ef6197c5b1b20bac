import { useQueries } from '@tanstack/react-query'
import { useRef } from 'react'
import { type RecordSession, type RecordState, startRecordRules } from '../../metadata/rules/record-rules.ts'
import { getRelatives } from '../api/forms.ts'
import type { FormDescription } from '../api/types.ts'
import type { Draft } from './draft.ts'
import { missingRelatives, type Relatives, worldOf } from './form-world.ts'

/**
 * How the form looks by its rules, worked out again as the draft changes. While what is behind a chosen lookup is on its
 * way, rules that look at it give what they gave before.
 */
export function useFormRules(form: FormDescription, draft: Draft, isNew: boolean): RecordState {
  const session = useRef<{ readonly of: FormDescription['rules']; readonly rules: RecordSession }>(undefined)
  // Another arrangement of the form has rules of its own.
  if (session.current?.of !== form.rules)
    session.current = { of: form.rules, rules: startRecordRules(form.rules) }
  const relatives = useRelatives(form, draft, isNew)
  const last = useRef<RecordState>(undefined)
  const isWaiting = missingRelatives(form, draft, isNew, relatives).length > 0
  const state = session.current.rules.judge(worldOf(form, draft, isNew, relatives))
  const shown = isWaiting && last.current !== undefined ? { ...state, ...keptOf(last.current) } : state
  if (!isWaiting) last.current = state
  return shown
}

/** What would flicker. */
function keptOf({ hidden, required, locked, hiddenSections, broken }: RecordState) {
  return { hidden, required, locked, hiddenSections, broken }
}

function useRelatives(form: FormDescription, draft: Draft, isNew: boolean): Relatives {
  const wanted = missingRelatives(form, draft, isNew, new Map())
  const answers = useQueries({
    queries: wanted.map(({ lookup, id }) => ({
      queryKey: ['form-relatives', form.entity, form.layout, lookup, id],
      queryFn: () => getRelatives(form.entity, form.layout, lookup, id),
      staleTime: 60_000,
    })),
  })
  return new Map(
    wanted.flatMap(({ lookup, id }, index) => {
      const data = answers[index]?.data
      return data === undefined ? [] : [[lookup, { id, ...data }] as const]
    }),
  )
}
