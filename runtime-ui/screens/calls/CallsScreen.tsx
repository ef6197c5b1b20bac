import { useTranslation } from 'react-i18next'
import { useNavigate, useParams, useSearchParams } from 'react-router'
import type { Entity } from '../../api/types.ts'
import { Button } from '../../kit/Button.tsx'
import { LoadingRows } from '../../kit/Loading.tsx'
import { useEntity, useWork } from '../../kit/model-context.tsx'
import { Page } from '../../kit/Page.tsx'
import { ProblemState, State } from '../../kit/State.tsx'
import { readListState, viewOf } from '../list/list-state.ts'
import { useListQuestion } from '../list/use-list.ts'
import { useOwnViews } from '../list/views/use-own-views.ts'
import { NotFound } from '../NotFound.tsx'
import { CallCard } from './CallCard.tsx'
import './calls.css'
import { type Calling, callingOf } from './may-call.ts'
import { RoundOver } from './RoundOver.tsx'
import { countsOf, settle, stepBack } from './round.ts'
import { useRound } from './use-round.ts'

/** The records of a list called one after the other, in its order. */
export function CallsScreen() {
  const { model } = useWork()
  const entity = useEntity(useParams().entity)
  const calling = entity === undefined ? undefined : callingOf(entity, model.entities)
  if (entity === undefined || !entity.rights.read || calling === undefined) return <NotFound />
  return <Calls key={entity.name} entity={entity} calling={calling} />
}

function Calls({ entity: known, calling }: { readonly entity: Entity; readonly calling: Calling }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const entity = useOwnViews(known)
  const [search] = useSearchParams()
  const state = readListState(search)
  const question = useListQuestion(entity, viewOf(entity, state.view), state)
  const { round, change, anew, error, retry } = useRound(entity.name, search.toString(), question)
  const list = `/records/${entity.name}${search.size === 0 ? '' : `?${search}`}`
  const total = round?.ids.length ?? 0
  const id = round?.ids[round.at]
  const counts = round === undefined ? undefined : countsOf(round)
  return (
    <Page
      title={t('calls.title')}
      crumbs={[{ label: entity.plural, to: list }]}
      backTo={list}
      backLabel={entity.plural}
      line
      beside={
        total === 0 || round === undefined ? null : (
          <span className="row calls-progress t13 ink-2">
            <span className="num">{t('calls.progress', { at: Math.min(round.at + 1, total), total })}</span>
            <progress
              className="no-phone"
              aria-label={t('calls.done', { count: counts?.called ?? 0 })}
              value={Object.keys(round.results).length}
              max={total}
            />
          </span>
        )
      }
      acts={<Button onClick={() => void navigate(list)}>{t('calls.stop')}</Button>}
    >
      <div className="calls">
        {error === undefined ? null : (
          <ProblemState error={error} title={t('list.failed')} retry={() => void retry()} />
        )}
        {round === undefined && error === undefined ? <LoadingRows rows={6} /> : null}
        {round !== undefined && total === 0 ? (
          <State joint="empty" title={t('calls.nobody')} text={t('calls.nobodyText')} />
        ) : null}
        {round !== undefined && id !== undefined ? (
          <CallCard
            key={id}
            {...{ entity, calling, id }}
            onDone={(result) => change(settle(round, id, result))}
            onBack={round.at === 0 ? undefined : () => change(stepBack(round))}
          />
        ) : null}
        {round !== undefined && total > 0 && id === undefined ? (
          <RoundOver {...{ round, calling, list }} onChange={change} onAnew={anew} />
        ) : null}
      </div>
    </Page>
  )
}
