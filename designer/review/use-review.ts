import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { isProblem } from '../../runtime-ui/api/problem.ts'
import { faultOf } from '../../runtime-ui/kit/FaultNote.tsx'
import { toast } from '../../runtime-ui/kit/toast.tsx'
import {
  type Fault,
  getChangeset,
  type Plan,
  planChangeset,
  proveChangeset,
  publishChangeset,
  resolveChangeset,
} from '../api.ts'
import { checkChangeset, type Taken } from '../store/check-api.ts'
import { useStore } from '../store/store.tsx'

/** What stands between a draft and a version. */
export type Review =
  | { readonly state: 'problems'; readonly problems: readonly Fault[]; readonly taken: readonly Taken[] }
  /** Places that others have changed as well, and published. */
  | { readonly state: 'conflict'; readonly conflicts: readonly Fault[] }
  | {
      readonly state: 'planned'
      readonly plan: Plan
      readonly taken: readonly Taken[]
      readonly warnings: readonly Fault[]
    }

const MOVED = 'META_BASE_MOVED'

/** What is being done with the draft. */
type Act = 'publish' | 'change'

/** Takes a draft from what is written to a version: checked, planned, and published when the person says so. */
export function useReview(id: string) {
  const { t, i18n } = useTranslation()
  const client = useQueryClient()
  const navigate = useNavigate()
  const { changeset, flush, open } = useStore()
  const [busy, setBusy] = useState<Act>()
  const [hasMoved, setHasMoved] = useState(false)
  const draft = useQuery({ queryKey: ['meta', 'changeset', id, 'reviewed'], queryFn: () => getChangeset(id) })
  const review = useQuery({
    queryKey: ['meta', 'plan', id, i18n.language],
    queryFn: async (): Promise<Review> => {
      if (changeset?.id === id) await flush()
      const { problems, taken, warnings } = await checkChangeset(id)
      const conflicts = problems.filter(({ code }) => code === MOVED)
      if (conflicts.length > 0) return { state: 'conflict', conflicts }
      if (problems.length > 0) return { state: 'problems', problems, taken }
      return { state: 'planned', plan: await planChangeset(id), taken, warnings }
    },
    // The news of its own version comes while it is being published: it is no draft any more then.
    enabled: busy !== 'publish',
    retry: false,
    gcTime: 0,
  })

  const planned = review.data?.state === 'planned' ? review.data : undefined
  // The steps are read while the scenarios are run, which may take some seconds.
  const proof = useQuery({
    queryKey: ['meta', 'plan', id, 'proof', planned?.plan.hash, i18n.language],
    queryFn: () => proveChangeset(id),
    enabled: planned !== undefined && busy !== 'publish',
    retry: false,
    gcTime: 0,
  })
  const plan = planned === undefined ? undefined : { ...planned.plan, scenarios: proof.data ?? null }

  const run = async (what: Act, act: () => Promise<void>): Promise<void> => {
    setBusy(what)
    try {
      await act()
      // What is published is no draft any more: until its page is left nothing asks about it.
      if (what === 'publish') return
    } catch (error) {
      // What is in force has moved: the plan is made anew, and read again before it is confirmed.
      if (isProblem(error, 409) && error.code !== 'META_AGREEMENT_MISSING') {
        setHasMoved(true)
        await review.refetch()
      } else toast({ kind: 'problem', text: faultOf(error, t) })
    }
    setBusy(undefined)
  }

  /** What was found before does not hold any more: it is not shown while the draft is looked at once more. */
  const anew = async (): Promise<void> => {
    await Promise.all([client.resetQueries({ queryKey: ['meta', 'plan', id] }), draft.refetch()])
  }

  return {
    ...{ draft, review, plan, proof, hasMoved },
    isPublishing: busy === 'publish',
    isBusy: busy !== undefined,
    publish: (plan: Plan, wish: Parameters<typeof publishChangeset>[2]) =>
      void run('publish', async () => {
        const { version } = await publishChangeset(id, plan.hash, wish)
        if (changeset?.id === id) open(undefined)
        // The draft is none any more: it is not to be planned once more before its page is left.
        await client.invalidateQueries({ predicate: ({ queryKey }) => queryKey[1] !== 'plan' })
        toast({ text: version === undefined ? t('drafts.publishing') : t('drafts.published', { version }) })
        await navigate('/designer/versions')
      }),
    /** Changes the stored draft, and looks at it anew. */
    fix: (change: () => Promise<void>) =>
      void run('change', async () => {
        await change()
        if (changeset?.id === id) open(id)
        await anew()
      }),
    resolve: (sides: Parameters<typeof resolveChangeset>[1]) =>
      void run('change', async () => {
        await resolveChangeset(id, sides)
        if (changeset?.id === id) open(id)
        await anew()
      }),
  }
}
