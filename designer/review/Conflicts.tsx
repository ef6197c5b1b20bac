import { Radio, Segmented } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../runtime-ui/kit/Button.tsx'
import { Icon } from '../../runtime-ui/kit/icons/Icon.tsx'
import type { ChangesetItem, Fault } from '../api.ts'
import { useCalledAt } from '../inspector/use-called-at.ts'
import { useValueWord } from '../inspector/use-value-word.ts'
import { ValueWords } from '../inspector/ValueWords.tsx'
import { useProblemPlace } from './ProblemList.tsx'
import { type BothSides, useBothSides } from './use-both-sides.ts'

interface ConflictsProps {
  readonly conflicts: readonly Fault[]
  readonly title: string
  readonly text: string
  /** The draft whose places clash with what is in force: what both say is shown. */
  readonly items?: readonly ChangesetItem[]
  /** A window of its own bears the title, and each place says what the other has made of it. */
  readonly isWindow?: boolean
  readonly isBusy: boolean
  readonly onResolve: (sides: {
    readonly ours: readonly string[]
    readonly theirs: readonly string[]
  }) => void
}

const SIDES = ['ours', 'theirs'] as const
type Side = (typeof SIDES)[number]

/** Places that somebody else has changed meanwhile: for each the person says whose value stands. */
export function Conflicts({ conflicts, title, text, items, isWindow, isBusy, onResolve }: ConflictsProps) {
  const { t } = useTranslation()
  const place = useProblemPlace(2, conflicts, items)
  const sidesAt = useBothSides(items === undefined ? [] : conflicts, items ?? [])
  const [theirs, setTheirs] = useState<ReadonlySet<string>>(new Set())
  const choose = (path: string, side: Side): void => {
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
          <li key={path} className={items === undefined ? 'row draft-conflict' : 'draft-conflict'}>
            <span className="grow">
              <span className="strong">{place(path)}</span>
              {isWindow === true ? <span className="t13 ink-2 conflict-told">{message}</span> : null}
            </span>
            {items === undefined ? (
              <Segmented<Side>
                aria-label={place(path)}
                value={theirs.has(path) ? 'theirs' : 'ours'}
                options={SIDES.map((value) => ({ value, label: t(`drafts.side.${value}`) }))}
                onChange={(side) => choose(path, side)}
              />
            ) : (
              <Radio.Group
                className="draft-conflict-sides"
                aria-label={place(path)}
                value={theirs.has(path) ? 'theirs' : 'ours'}
                onChange={({ target }) => choose(path, target.value as Side)}
              >
                {SIDES.map((side) => (
                  <Radio key={side} value={side}>
                    <SideWords {...{ side }} sides={sidesAt(path)} />
                  </Radio>
                ))}
              </Radio.Group>
            )}
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

/** Where a value stands, and what it says. */
function SideWords({ side, sides }: { readonly side: Side; readonly sides: BothSides | undefined }) {
  const { t } = useTranslation()
  const word = useValueWord(sides === undefined ? [] : [sides.kind])
  const calledAt = useCalledAt()
  const where = t(`drafts.sideOf.${side}`)
  if (sides === undefined) return <span>{where}</span>
  const { kind, definition, path } = sides
  return (
    <>
      <span className="t12 ink-3 conflict-where">{where}</span>
      <ValueWords
        value={sides[side]}
        word={word(kind, path, definition, sides[side])}
        called={calledAt(kind, definition, path)}
      />
    </>
  )
}
