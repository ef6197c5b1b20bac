import { Segmented } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../runtime-ui/kit/Button.tsx'
import { Icon } from '../../runtime-ui/kit/icons/Icon.tsx'
import type { Fault } from '../api.ts'
import { useProblemPlace } from './ProblemList.tsx'

interface ConflictsProps {
  readonly conflicts: readonly Fault[]
  readonly title: string
  readonly text: string
  /** A window of its own bears the title, and each place says what the other has made of it. */
  readonly isWindow?: boolean
  readonly isBusy: boolean
  readonly onResolve: (sides: {
    readonly ours: readonly string[]
    readonly theirs: readonly string[]
  }) => void
}

/** Places that somebody else has changed meanwhile: for each the person says whose value stands. */
export function Conflicts({ conflicts, title, text, isWindow, isBusy, onResolve }: ConflictsProps) {
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
    <section className="conflicts" role="alert" aria-label={title}>
      {isWindow === true ? null : (
        <h2 className="h2 row">
          <Icon name="alert" />
          {title}
        </h2>
      )}
      <p className="ink-2">{text}</p>
      <ul>
        {conflicts.map(({ path, message }) => (
          <li key={path} className="row draft-conflict">
            <span className="grow">
              <span className="strong">{place(path)}</span>
              {isWindow === true ? <span className="t13 ink-2 conflict-told">{message}</span> : null}
            </span>
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
