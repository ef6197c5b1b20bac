import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Button } from '../../runtime-ui/kit/Button.tsx'
import { faultOf } from '../../runtime-ui/kit/FaultNote.tsx'
import { type AssignmentTried, planChangeset } from '../api.ts'
import { AssignmentTrial } from '../review/AssignmentTrial.tsx'
import { useStore } from '../store/store.tsx'

/** What the table in the draft would have done with the last records, beside what was done. */
export function Trial({ kind, name }: { readonly kind: string; readonly name: string }) {
  const { t } = useTranslation()
  const { flush, fates } = useStore()
  const trial = useMutation({
    mutationFn: async () => {
      const changeset = await flush()
      if (changeset === undefined) return undefined
      const { simulations } = await planChangeset(changeset)
      return simulations.find(
        (one): one is AssignmentTried => one.effect === 'assigns' && one.definition.name === name,
      )
    },
  })
  const isChanged = fates.has(`${kind}/${name}`)
  return (
    <section className="process-trial" aria-label={t('process.try')}>
      <div className="row">
        <Button disabled={!isChanged} loading={trial.isPending} onClick={() => trial.mutate()}>
          {t('process.try')}
        </Button>
        <span className="t13 ink-2">{t(isChanged ? 'process.tryHelp' : 'process.tryLater')}</span>
      </div>
      {trial.isError ? (
        <p className="bad t13" role="alert">
          {faultOf(trial.error, t)}
        </p>
      ) : null}
      {trial.isSuccess && trial.data === undefined ? (
        <p className="t13 ink-2">{t('process.triedNothing')}</p>
      ) : null}
      {trial.data === undefined ? null : <AssignmentTrial trial={trial.data} />}
    </section>
  )
}
