import { useInfiniteQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useParams } from 'react-router'
import { duplicateGroups, type LikeGroup } from '../../api/merge.ts'
import type { Entity } from '../../api/types.ts'
import { Avatar } from '../../kit/Avatar.tsx'
import { Button } from '../../kit/Button.tsx'
import { Icon } from '../../kit/icons/Icon.tsx'
import { LoadingRows } from '../../kit/Loading.tsx'
import { useEntity } from '../../kit/model-context.tsx'
import { Page } from '../../kit/Page.tsx'
import { ProblemState, State } from '../../kit/State.tsx'
import { recordAddress } from '../frame/places.ts'
import { isPerson } from '../list/NameCell.tsx'
import { NotFound } from '../NotFound.tsx'
import { joinedGroups } from './joined-groups.ts'
import './merge.css'
import { useMergeSheet } from './use-merge-sheet.tsx'

/** What is probably there twice, group by group, each with the way to bring it together. */
export function DuplicatesScreen() {
  const entity = useEntity(useParams().entity)
  if (entity === undefined || !entity.rights.read) return <NotFound />
  return <Duplicates key={entity.name} entity={entity} />
}

/** Calls that are made without being asked for, while nothing has been found. */
const MOST_CALLS = 20

function Duplicates({ entity }: { readonly entity: Entity }) {
  const { t } = useTranslation()
  const query = useInfiniteQuery({
    queryKey: ['records', entity.name, 'duplicates'],
    queryFn: ({ pageParam, signal }) => duplicateGroups(entity.name, pageParam || undefined, signal),
    initialPageParam: '',
    getNextPageParam: (last) => last.page.next ?? undefined,
  })
  const pages = query.data?.pages ?? []
  const groups = joinedGroups(pages.flatMap(({ data }) => data))
  const looked = pages.reduce((sum, { page }) => sum + page.looked_at, 0)
  const { hasNextPage, isFetching, fetchNextPage } = query
  const goesOn = hasNextPage && groups.length === 0 && pages.length < MOST_CALLS
  useEffect(() => {
    if (goesOn && !isFetching) void fetchNextPage()
  }, [goesOn, isFetching, fetchNextPage])
  const list = `/records/${entity.name}`
  const isOver = query.isSuccess && !goesOn
  return (
    <Page
      title={t('merge.find')}
      line
      crumbs={[{ label: entity.plural, to: list }]}
      backTo={list}
      backLabel={entity.plural}
    >
      <div className="list-body">
        {query.isPending || goesOn ? <LoadingRows /> : null}
        {query.isError ? (
          <ProblemState
            error={query.error}
            title={t('merge.findFailed')}
            retry={() => void query.refetch()}
          />
        ) : null}
        {isOver && groups.length === 0 ? (
          <State joint="empty" title={t('merge.findNone')} text={t('merge.findNoneText')} />
        ) : null}
        <ul className="duplicate-groups">
          {groups.map((group) => (
            <Group key={group.records[0]?.id} entity={entity} group={group} />
          ))}
        </ul>
        {isOver && looked > 0 ? (
          <p className="row duplicate-foot t13 ink-3">
            <span role="status">{t('merge.lookedAt', { count: looked })}</span>
            {hasNextPage ? (
              <Button aria-busy={isFetching} onClick={() => void fetchNextPage()}>
                {t('merge.lookOn')}
              </Button>
            ) : null}
          </p>
        ) : null}
      </div>
    </Page>
  )
}

function Group({ entity, group }: { readonly entity: Entity; readonly group: LikeGroup }) {
  const { t } = useTranslation()
  const { open, sheet } = useMergeSheet(entity)
  const { records, fields } = group
  const labels = fields.map((name) => entity.fields.find((field) => field.name === name)?.label ?? name)
  const [first] = records
  const name = first?.label ?? ''
  return (
    <li className="duplicate-group" data-id={first?.id}>
      <div className="grow">
        <p className="t12 ink-3 duplicate-why">
          {t('merge.alikeIn', { fields: labels.join(t('merge.comma')) })}
        </p>
        <ul className="duplicate-names">
          {records.map(({ id, label }) => (
            <li key={id} className="row">
              <Avatar name={label} person={isPerson(entity)} />
              <Link className="strong cut" to={recordAddress(entity.name, id)}>
                {label}
              </Link>
            </li>
          ))}
        </ul>
      </div>
      {entity.rights.merge ? (
        <Button
          icon={<Icon name="merge" />}
          aria-label={t('merge.actOf', { title: name, count: records.length })}
          onClick={() => void open(records.map(({ id }) => id))}
        >
          {t('merge.act')}
        </Button>
      ) : null}
      {sheet}
    </li>
  )
}
