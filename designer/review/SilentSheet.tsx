import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../runtime-ui/kit/Button.tsx'
import { InstantText } from '../../runtime-ui/kit/DateText.tsx'
import { Icon } from '../../runtime-ui/kit/icons/Icon.tsx'
import { LoadingRows } from '../../runtime-ui/kit/Loading.tsx'
import { Sheet } from '../../runtime-ui/kit/Sheet.tsx'
import { ProblemState } from '../../runtime-ui/kit/State.tsx'
import { kindIcon, labelText } from '../places.ts'
import { Looked } from './SilentNote.tsx'
import type { Difference, SilentExample, SilentRun, SilentSide, SilentWatched } from './silent-api.ts'
import { useSilentExamples } from './use-silent.ts'
import './silent.css'

interface SilentSheetProps {
  readonly id: string
  readonly run: SilentRun
  readonly open: boolean
  readonly onClose: () => void
}

/** Both sides of what was written while a draft ran silently: how often they differ, and where. */
export function SilentSheet({ id, run, open, onClose }: SilentSheetProps) {
  const { t } = useTranslation()
  return (
    <Sheet open={open} title={t('silent.comparison')} width={560} onClose={onClose}>
      {open ? <Comparison id={id} run={run} /> : null}
    </Sheet>
  )
}

function Comparison({ id, run }: Pick<SilentSheetProps, 'id' | 'run'>) {
  const { t } = useTranslation()
  const query = useSilentExamples(id, run.looked_at)
  const found = query.data?.run
  if (query.isError)
    return <ProblemState error={query.error} title={t('silent.failed')} retry={() => void query.refetch()} />
  if (found == null) return <LoadingRows rows={6} />
  return (
    <>
      <Looked run={found} />
      {found.definitions.map((watched) => (
        <Compared key={`${watched.kind}/${watched.name}`} watched={watched} />
      ))}
    </>
  )
}

/** Each as a key of its own, so that none is without words. */
const DIFFERS = {
  would_refuse: 'silent.wouldRefuse',
  would_accept: 'silent.wouldAccept',
  only_now: 'silent.onlyNow',
  only_draft: 'silent.onlyDraft',
  other_steps: 'silent.otherSteps',
  other_owner: 'silent.otherOwner',
  not_comparable: 'silent.notComparable',
} as const satisfies Readonly<Record<Difference, string>>

const CAME_BY = {
  time: 'silent.byTime',
  schedule: 'silent.bySchedule',
  button: 'silent.byButton',
  event: 'silent.byEvent',
} as const satisfies Readonly<Record<Exclude<SilentExample['by'], 'write'>, string>>

/** Examples that are shown at once. */
const SHOWN = 10

function Compared({ watched }: { readonly watched: SilentWatched }) {
  const { t, i18n } = useTranslation()
  const [shown, setShown] = useState(SHOWN)
  const { kind, name, label, same, differing, examples } = watched
  const title = labelText(label, i18n.language, name)
  const kinds = (Object.keys(DIFFERS) as Difference[]).filter((one) => differing[one] > 0)
  return (
    <section className="silent-compared" aria-label={title}>
      <h3 className="row h3">
        <Icon name={kindIcon(kind)} />
        <span className="grow">{title}</span>
      </h3>
      <ul className="silent-kinds">
        <li className="chip num">{t('silent.same', { count: same })}</li>
        {kinds.map((one) => (
          <li key={one} className={`chip num silent-kind ${one === 'not_comparable' ? '' : 'other'}`}>
            {t(DIFFERS[one], { count: differing[one] })}
          </li>
        ))}
      </ul>
      {examples.length === 0 ? null : (
        <ol className="silent-examples">
          {examples.slice(0, shown).map((example, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: two of one record and moment are told apart by nothing else
            <li key={`${example.at} ${example.record?.id ?? ''} ${index}`}>
              <Example example={example} kind={kind} />
            </li>
          ))}
        </ol>
      )}
      {examples.length > shown ? (
        <Button type="text" onClick={() => setShown(shown + SHOWN)}>
          {t('silent.more')}
        </Button>
      ) : null}
    </section>
  )
}

interface ExampleProps {
  readonly example: SilentExample
  readonly kind: SilentWatched['kind']
}

function Example({ example, kind }: ExampleProps) {
  const { t } = useTranslation()
  const { at, entity, record, is_new: isNew, by, now, draft, problem } = example
  const came = by === 'write' ? undefined : t(CAME_BY[by])
  const isAbout = entity !== null
  return (
    <>
      <p className="row silent-head t13">
        {record === null || entity === null ? (
          <span className="grow ink-2">
            {isAbout || came === undefined ? t(isNew ? 'silent.newRecord' : 'silent.unseen') : came}
          </span>
        ) : (
          <a className="grow cut link" href={`/records/${entity}/${record.id}`}>
            {record.label === '' ? record.id : record.label}
          </a>
        )}
        {isAbout && came !== undefined ? <span className="t12 ink-3 nowrap">{came}</span> : null}
        <span className="t12 ink-3 nowrap">
          <InstantText instant={at} />
        </span>
      </p>
      {problem === null ? (
        <dl className="t13 silent-sides">
          <dt className="ink-3">{t('silent.now')}</dt>
          <dd>{now === null ? '–' : <SideText side={now} kind={kind} />}</dd>
          <dt className="ink-3">{t('silent.draft')}</dt>
          <dd>{draft === null ? '–' : <SideText side={draft} kind={kind} />}</dd>
        </dl>
      ) : (
        <p className="t13 ink-2">{problem.message}</p>
      )}
    </>
  )
}

function SideText({ side, kind }: { readonly side: SilentSide; readonly kind: SilentWatched['kind'] }) {
  const { t } = useTranslation()
  if (side.does === 'refuses') return t('silent.refuses', { message: side.message })
  if (side.does === 'accepts') return t('silent.accepts')
  if (side.does === 'nothing') return t(kind === 'flow' ? 'silent.starts' : 'silent.leaves')
  if (side.does === 'gives') {
    const who = side.to === null ? t('silent.nobody') : (side.to.label ?? t('record.somebody'))
    return side.rule === null ? who : t('silent.byRule', { who, rule: side.rule })
  }
  if (side.steps.length === 0) return t('silent.noSteps')
  return (
    <ol className="silent-steps">
      {side.steps.map(({ text, fault }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a step may come twice, and none comes between
        <li key={index}>
          {text}
          {fault === null ? null : <span className="bad"> {t('silent.fails', { message: fault })}</span>}
        </li>
      ))}
      {side.more === 0 ? null : <li className="ink-2">{t('silent.moreSteps', { count: side.more })}</li>}
    </ol>
  )
}
