import { Segmented } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../runtime-ui/kit/Button.tsx'
import { Icon } from '../../runtime-ui/kit/icons/Icon.tsx'
import type { Fault } from '../api.ts'
import { useProblemPlace } from './ProblemList.tsx'

interface ConflictsProps {
  readonly conflicts: readonly Fault[]
  readonly isBusy: boolean
  readonly onResolve: (sides: {
    readonly ours: readonly string[]
    readonly theirs: readonly string[]
  }) => void
}

/** Places that somebody else has changed and published meanwhile: for each the person says whose value stands. */
export function Conflicts({ conflicts, isBusy, onResolve }: ConflictsProps) {
  const { t } = useTranslation()
  const place = useProblemPlace(2, conflicts)
  const [theirs, setTheirs] = useState<ReadonlySet<string>>(new Set())
  const choose = (path: string, side: string): void => {
    const next = new Set(theirs)
    if (side === 'theirs') next.add(path)
    else next.delete(path)
    setTheirs(next)
  }
  const paths = conflicts.map(({ path }) => path)
  return (
    <section className="conflicts" role="alert" aria-label={t('drafts.conflict')}>
      <h2 className="h2 row">
        <Icon name="alert" />
        {t('drafts.conflict')}
      </h2>
      <p className="ink-2">{t('drafts.conflictText')}</p>
      <ul>
        {conflicts.map(({ path }) => (
          <li key={path} className="row conflict">
            <span className="grow strong">{place(path)}</span>
            <Segmented
              aria-label={place(path)}
              value={theirs.has(path) ? 'theirs' : 'ours'}
              options={(['ours', 'theirs'] as const).map((value) => ({
                value,
                label: t(`drafts.side.${value}`),
              }))}
              onChange={(side) => choose(path, side)}
            />
          </li>
        ))}
      </ul>
      <Button
        type="primary"
        aria-busy={isBusy}
        onClick={() =>
          onResolve({
            ours: paths.filter((path) => !theirs.has(path)),
            theirs: paths.filter((path) => theirs.has(path)),
          })
        }
      >
        {t('drafts.resolve')}
      </Button>
    </section>
  )
}
