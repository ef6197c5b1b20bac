import { useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { isProblem } from '../../runtime-ui/api/problem.ts'
import { toast } from '../../runtime-ui/kit/toast.tsx'
import {
  checkChangeset,
  discardChangeset,
  type Fault,
  openChangeset,
  type Plan,
  planChangeset,
  publishChangeset,
  putDefinition,
  removeDefinition,
} from '../api.ts'
import type { Json } from './json-value.ts'
import { type Change, conflictsOf, fatesOf, type RoleDraft, roleIn } from './role-draft.ts'
import { useRoles, useRolesInForce } from './roles-context.tsx'

/** Where the way from a draft to a version stands. */
export type Review =
  | { readonly state: 'preparing' }
  | { readonly state: 'failed'; readonly error: unknown }
  | { readonly state: 'problems'; readonly problems: readonly Fault[] }
  | { readonly state: 'conflict'; readonly conflicts: readonly Change[] }
  | {
      readonly state: 'planned' | 'publishing'
      readonly id: string
      readonly plan: Plan
      readonly moved: boolean
    }

/**
 * Takes the draft through a changeset: filled, checked, planned, and when the person says so published. A changeset
 * that does not come to that is discarded again.
 */
export function useReview(open: boolean, onClose: () => void) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const { draft, act } = useRoles()
  const readInForce = useRolesInForce()
  const [review, setReview] = useState<Review>({ state: 'preparing' })
  const changeset = useRef<string>(undefined)
  const isOver = useRef(false)

  const drop = useCallback((): void => {
    const id = changeset.current
    changeset.current = undefined
    // Nobody waits for it; one that stays behind is a draft like any other.
    if (id !== undefined) void discardChangeset(id).catch(() => undefined)
  }, [])

  /** @param over the person's values stand over those that others published meanwhile */
  const prepare = async (over: boolean, moved = false): Promise<void> => {
    drop()
    setReview({ state: 'preparing' })
    try {
      const fates = fatesOf(draft)
      const standing = [...fates].filter(([, fate]) => fate === 'changed').map(([role]) => role)
      const inForce = await readInForce(standing)
      const conflicts = over ? [] : conflictsOf(draft, inForce)
      if (conflicts.length > 0) return setReview({ state: 'conflict', conflicts })
      const id = await openChangeset(
        t('roles.changesetLabel', { roles: [...fates.keys()].join(t('account.comma')) }),
      )
      changeset.current = id
      await fill(id, draft, fates, inForce)
      const problems = await checkChangeset(id)
      if (problems.length > 0) {
        drop()
        return setReview({ state: 'problems', problems })
      }
      setReview({ state: 'planned', id, plan: await planChangeset(id), moved })
    } catch (error) {
      drop()
      setReview({ state: 'failed', error })
    }
    if (isOver.current) drop()
  }

  const prepareRef = useRef(prepare)
  prepareRef.current = prepare
  useEffect(() => {
    isOver.current = !open
    if (!open) return
    void prepareRef.current(false)
    return () => {
      isOver.current = true
      drop()
    }
  }, [open, drop])

  const publish = async (reason?: string): Promise<void> => {
    if (review.state !== 'planned') return
    const { id, plan } = review
    setReview({ ...review, state: 'publishing' })
    try {
      const { version } = await publishChangeset(id, plan.hash, reason)
      changeset.current = undefined
      act({ type: 'clear' })
      onClose()
      await client.invalidateQueries()
      toast({ text: version === undefined ? t('roles.publishing') : t('roles.published', { version }) })
    } catch (error) {
      // What is in force has moved: the plan is made anew, and read again before it is confirmed.
      if (isProblem(error, 409)) return prepare(false, true)
      drop()
      setReview({ state: 'failed', error })
    }
  }

  return {
    review,
    publish: (reason?: string) => void publish(reason),
    again: () => void prepare(review.state === 'conflict'),
  }
}

async function fill(
  id: string,
  draft: RoleDraft,
  fates: ReadonlyMap<string, string>,
  inForce: ReadonlyMap<string, Json>,
): Promise<void> {
  for (const [role, fate] of fates) {
    if (fate === 'removed') await removeDefinition(id, 'role', role)
    else await putDefinition(id, 'role', role, roleIn(draft, role, inForce.get(role)))
  }
}
