import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useSearchParams } from 'react-router'
import {
  answerRequest,
  type ChangeRequest,
  listRequests,
  REQUEST_STATES,
  type RequestState,
} from '../../api/requests.ts'
import { Button } from '../../kit/Button.tsx'
import { InstantText } from '../../kit/DateText.tsx'
import { Icon } from '../../kit/icons/Icon.tsx'
import { LoadingRows } from '../../kit/Loading.tsx'
import { useWork } from '../../kit/model-context.tsx'
import { Page } from '../../kit/Page.tsx'
import { ProblemState, State } from '../../kit/State.tsx'
import { toast } from '../../kit/toast.tsx'
import { MoreButton } from '../record/MoreButton.tsx'
import { useRefusal } from '../record/use-delete.ts'
import { AnswerSheet } from './AnswerSheet.tsx'
import { openRequest } from './open-request.ts'
import './requests.css'

/** What people wish to be different: all of it for who looks after definitions, one's own for everybody else. */
export function RequestsScreen() {
  const { t } = useTranslation()
  const [search, setSearch] = useSearchParams()
  const state = REQUEST_STATES.find((one) => one === search.get('state')) ?? 'open'
  return (
    <Page
      title={t('requests.title')}
      acts={
        <Button icon={<Icon name="plus" />} onClick={openRequest}>
          {t('request.title')}
        </Button>
      }
    >
      <nav className="tabs request-tabs" aria-label={t('requests.title')}>
        {REQUEST_STATES.map((one) => (
          <button
            key={one}
            type="button"
            className={one === state ? 'plain-button tab-item on' : 'plain-button tab-item'}
            aria-current={one === state ? 'true' : undefined}
            onClick={() => setSearch({ state: one }, { replace: true })}
          >
            {t(`request.state.${one}`)}
          </button>
        ))}
      </nav>
      <List key={state} state={state} />
    </Page>
  )
}

function List({ state }: { readonly state: RequestState }) {
  const { t } = useTranslation()
  const [answered, setAnswered] = useState<ChangeRequest>()
  const query = useInfiniteQuery({
    queryKey: ['requests', state],
    queryFn: ({ pageParam }) => listRequests(state, pageParam || undefined),
    initialPageParam: '',
    getNextPageParam: (last) => last.page.next ?? undefined,
    refetchOnWindowFocus: true,
  })
  if (query.isPending) return <LoadingRows />
  if (query.isError)
    return <ProblemState error={query.error} title={t('request.failed')} retry={() => void query.refetch()} />
  const requests = query.data.pages.flatMap((page) => page.data)
  if (requests.length === 0)
    return <State joint="empty" title={t(`request.none.${state}`)} text={t(`request.noneText.${state}`)} />
  return (
    <div className="requests">
      <ul>
        {requests.map((one) => (
          <RequestRow key={one.id} request={one} onAnswer={() => setAnswered(one)} />
        ))}
      </ul>
      <MoreButton query={query} />
      {answered === undefined ? null : (
        <AnswerSheet request={answered} onClose={() => setAnswered(undefined)} />
      )}
    </div>
  )
}

interface RowProps {
  readonly request: ChangeRequest
  readonly onAnswer: () => void
}

function RequestRow({ request, onAnswer }: RowProps) {
  const { t } = useTranslation()
  const { me } = useWork()
  const nameOf = (person: ChangeRequest['asked_by']): string =>
    person?.id === me.user.id ? t('request.you') : (person?.label ?? t('request.somebody'))
  const { record } = request
  const isKeeper = me.definitions.length > 0 && me.viewer === undefined
  return (
    <li className="request" data-id={request.id}>
      <div className="grow request-words">
        <p className="request-text">{request.text}</p>
        {request.expected === null ? null : (
          <p className="ink-2">
            <span className="ink-3">{t('request.expectedThere')}</span> {request.expected}
          </p>
        )}
        <p className="t12 ink-3 request-meta">
          <span>{t('request.asked', { who: nameOf(request.asked_by) })}</span>
          <InstantText instant={request.asked_at} />
          <Link className="link cut" to={request.page}>
            {record === null ? t('request.openPage') : record.label}
          </Link>
        </p>
        {request.state === 'open' ? null : (
          <p className="request-answer">
            <span className="t12 ink-3">
              {t(`request.state.${request.state}`)} · {nameOf(request.closed_by)}
            </span>
            {request.answer === null ? null : <span>{request.answer}</span>}
          </p>
        )}
      </div>
      {isKeeper ? <KeeperAct request={request} onAnswer={onAnswer} /> : null}
    </li>
  )
}

/** What who looks after definitions does about it. */
function KeeperAct({ request, onAnswer }: RowProps) {
  const { t } = useTranslation()
  const queryClient = useQueryClient()
  const refuse = useRefusal()
  const reopening = useMutation({
    mutationFn: () => answerRequest(request.id, 'open', ''),
    onSuccess: () => toast({ text: t('request.saved.open') }),
    onError: refuse,
    onSettled: () => queryClient.invalidateQueries({ queryKey: ['requests'] }),
  })
  if (request.state === 'open') return <Button onClick={onAnswer}>{t('request.close')}</Button>
  return (
    <Button type="text" aria-busy={reopening.isPending} onClick={() => reopening.mutate()}>
      {t('request.reopen')}
    </Button>
  )
}
