import type { RJSFSchema, RJSFValidationError, ValidatorType } from '@rjsf/utils'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useCallback, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { likesOfDraft } from '../../api/merge.ts'
import type { ProblemItem } from '../../api/problem.ts'
import type { FormDescription } from '../../api/types.ts'
import { askedOf, askedOfChange } from '../../forms/alike.ts'
import { bodyOfCreate } from '../../forms/form-data.ts'
import type { FormState } from '../../forms/form-state.ts'

/** So long nothing is typed before the server is asked; who leaves a field asks at once. */
const PAUSE_MS = 400
const NONE: readonly ProblemItem[] = []

export interface AlikeNow {
  readonly items: readonly ProblemItem[]
  /** A field was left. */
  readonly askNow: () => void
}

/**
 * Records that are there already and like the one that is being filled in or changed: asked again when what duplicate rules look at
 * has changed, never for anything else. What is answered to an older question is not heard.
 */
export function useAlikeNow(
  form: FormDescription,
  id: string | undefined,
  shown: Pick<FormState, 'base' | 'data' | 'hidden'>,
  validator: ValidatorType,
  isOff: boolean,
): AlikeNow {
  const { i18n } = useTranslation()
  const { base, data, hidden } = shown
  const said = isOff ? {} : bodyOfCreate(form.schema, data, hidden)
  const current = id === undefined ? askedOf(form.alike, said) : askedOfChange(form.alike, base, said)
  const text = current === undefined ? '' : JSON.stringify(current)
  const latest = useRef(text)
  latest.current = text
  const [asked, setAsked] = useState('')
  useEffect(() => {
    if (text === '') setAsked('')
    const timer = setTimeout(() => setAsked(text), PAUSE_MS)
    return () => clearTimeout(timer)
  }, [text])
  const askNow = useCallback(() => setAsked(latest.current), [])
  const query = useQuery({
    queryKey: ['alike', form.entity, id, asked, i18n.language],
    queryFn: ({ signal }) => {
      const body = JSON.parse(asked) as Readonly<Record<string, unknown>>
      // What is half typed would be refused, and with it what is known already.
      const faulty = new Set(
        validator.validateFormData(body, form.schema as RJSFSchema).errors.map((error) => fieldOf(error)),
      )
      const sound = Object.fromEntries(Object.entries(body).filter(([name]) => !faulty.has(name)))
      const isEnough = id === undefined ? askedOf(form.alike, sound) !== undefined : hasAny(sound)
      return isEnough ? likesOfDraft(form.entity, id, sound, signal) : NONE
    },
    enabled: asked !== '',
    placeholderData: keepPreviousData,
    staleTime: 30_000,
    gcTime: 60_000,
    // A note that nobody waits for: what goes wrong, saving will tell.
    retry: false,
  })
  return { items: asked === '' || text === '' || query.isError ? NONE : (query.data ?? NONE), askNow }
}

const hasAny = (body: object): boolean => Object.keys(body).length > 0

const fieldOf = ({ property }: RJSFValidationError): string =>
  (property ?? '').replace(/^\./, '').split(/[.[]/)[0]!
