import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSearchParams } from 'react-router'
import { type InboxItem, inbox } from '../../api/approvals.ts'
import { Button } from '../../kit/Button.tsx'
import { Icon } from '../../kit/icons/Icon.tsx'
import { LoadingRows } from '../../kit/Loading.tsx'
import { Page } from '../../kit/Page.tsx'
import { ProblemState, State } from '../../kit/State.tsx'
import { MoreButton } from '../record/MoreButton.tsx'
import { AwaySheet } from './AwaySheet.tsx'
import { InboxRow } from './InboxRow.tsx'
import { ManySheet } from './ManySheet.tsx'
import { WordSheet } from './WordSheet.tsx'
import './approvals.css'
import './inbox.css'

const STATES = ['waiting', 'done', 'mine'] as const
type InboxState = (typeof STATES)[number]

/** What waits for the person's decision, what they have decided, what they have submitted. */
export function ApprovalsScreen() {
  const { t } = useTranslation()
  // In the address, so that coming back from a record comes back here.
  const [search, setSearch] = useSearchParams()
  const state = STATES.find((one) => one === search.get('state')) ?? STATES[0]
  const [away, setAway] = useState(false)
  return (
    <Page
      title={t('approval.title')}
      acts={
        <Button icon={<Icon name="calendar" />} onClick={() => setAway(true)}>
          {t('approval.away.act')}
        </Button>
      }
    >
      <nav className="tabs inbox-tabs" aria-label={t('approval.title')}>
        {STATES.map((one) => (
          <button
            key={one}
            type="button"
            className={one === state ? 'plain-button tab-item on' : 'plain-button tab-item'}
            aria-current={one === state ? 'true' : undefined}
            onClick={() => setSearch(one === STATES[0] ? {} : { state: one })}
          >
            {t(`approval.inbox.${one}`)}
          </button>
        ))}
      </nav>
      <List key={state} state={state} />
      {away ? <AwaySheet onClose={() => setAway(false)} /> : null}
    </Page>
  )
}

interface Word {
  readonly word: 'approve' | 'reject'
  readonly item: InboxItem
}

function List({ state }: { readonly state: InboxState }) {
  const { t, i18n } = useTranslation()
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const [asked, setAsked] = useState<Word>()
  const query = useInfiniteQuery({
    queryKey: ['approvals', 'inbox', state, i18n.language],
    queryFn: ({ pageParam }) => inbox(state, pageParam || undefined),
    initialPageParam: '',
    getNextPageParam: (last) => last.page.next ?? undefined,
  })
  if (query.isPending) return <LoadingRows />
  if (query.isError)
    return (
      <ProblemState
        error={query.error}
        title={t('approval.inbox.failed')}
        retry={() => void query.refetch()}
      />
    )
  const items = query.data.pages.flatMap((page) => page.data)
  if (items.length === 0)
    return (
      <State
        joint="empty"
        title={t(`approval.inbox.none.${state}`)}
        text={t(`approval.inbox.noneText.${state}`)}
      />
    )
  const toggle = (turn: string) => {
    const next = new Set(chosen)
    if (!next.delete(turn)) next.add(turn)
    setChosen(next)
  }
  return (
    <div className="inbox">
      {state === 'waiting' ? (
        <p className="inbox-sentence">
          {t('approval.inbox.sentence', { count: query.data.pages[0]?.count ?? 0 })}
        </p>
      ) : null}
      <ul className="inbox-list">
        {items.map((item) => (
          <InboxRow
            key={item.id}
            item={item}
            isChosen={item.turn !== null && chosen.has(item.turn)}
            onChoose={toggle}
            onWord={(word) => setAsked({ word, item })}
          />
        ))}
      </ul>
      <MoreButton query={query} />
      {chosen.size === 0 ? null : <BulkBar turns={[...chosen]} onDone={() => setChosen(new Set())} />}
      {asked?.item.record.id == null || asked.item.entity === null ? null : (
        <WordSheet
          word={asked.word}
          entity={asked.item.entity}
          id={asked.item.record.id}
          title={asked.item.record.label ?? ''}
          turn={asked.item.turn ?? undefined}
          version={asked.item.record.version}
          onClose={() => setAsked(undefined)}
        />
      )}
    </div>
  )
}

/** Several at once: the word first, then what goes with it. */
function BulkBar({ turns, onDone }: { readonly turns: readonly string[]; readonly onDone: () => void }) {
  const { t } = useTranslation()
  const [word, setWord] = useState<'approve' | 'reject'>()
  const chosen = t('approval.inbox.chosen', { count: turns.length })
  return (
    <>
      <div className="inbox-bulk" role="toolbar" aria-label={chosen}>
        <span className="grow">{chosen}</span>
        <Button type="primary" onClick={() => setWord('approve')}>
          {t('approval.approve')}
        </Button>
        <Button onClick={() => setWord('reject')}>{t('approval.reject')}</Button>
      </div>
      {word === undefined ? null : (
        <ManySheet {...{ word, turns, onDone }} onClose={() => setWord(undefined)} />
      )}
    </>
  )
}
