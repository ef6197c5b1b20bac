import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useParams } from 'react-router'
import type { ProblemItem } from '../api/problem.ts'
import { listRecords, restoreRecord } from '../api/records.ts'
import type { Entity, RecordData, Reference } from '../api/types.ts'
import { AlikeDialog } from '../forms/AlikeDialog.tsx'
import { alikeIn } from '../forms/alike.ts'
import { Avatar } from '../kit/Avatar.tsx'
import { Button } from '../kit/Button.tsx'
import { InstantText } from '../kit/DateText.tsx'
import { Icon } from '../kit/icons/Icon.tsx'
import { LoadingRows } from '../kit/Loading.tsx'
import { useEntity } from '../kit/model-context.tsx'
import { Page } from '../kit/Page.tsx'
import { ProblemState, State } from '../kit/State.tsx'
import { toast } from '../kit/toast.tsx'
import { titleOf } from '../values/references.ts'
import { isPerson } from './list/NameCell.tsx'
import { NotFound } from './NotFound.tsx'
import { MergedAway } from './record/MergedWords.tsx'
import { MoreButton } from './record/MoreButton.tsx'
import { useRefusal } from './record/use-delete.ts'

/** The recycle bin of an entity: what was deleted, each with the way back. */
export function BinScreen() {
  const entity = useEntity(useParams().entity)
  if (entity === undefined || !entity.rights.read) return <NotFound />
  return <Bin key={entity.name} entity={entity} />
}

function Bin({ entity }: { readonly entity: Entity }) {
  const { t } = useTranslation()
  const query = useInfiniteQuery({
    queryKey: ['records', entity.name, 'bin'],
    queryFn: ({ pageParam, signal }) =>
      listRecords(
        entity.name,
        { deleted: 1, limit: 50, ...(pageParam === '' ? {} : { after: pageParam }) },
        signal,
      ),
    initialPageParam: '',
    getNextPageParam: (last) => last.page.next ?? undefined,
  })
  const pages = query.data?.pages ?? []
  const records = pages.flatMap((page) => page.data)
  const merged = Object.assign({}, ...pages.map((page) => page.merged)) as Readonly<Record<string, Reference>>
  const list = `/records/${entity.name}`
  return (
    <Page
      title={t('bin.title')}
      line
      crumbs={[{ label: entity.plural, to: list }]}
      backTo={list}
      backLabel={entity.plural}
    >
      <div className="list-body">
        {query.isPending ? <LoadingRows /> : null}
        {query.isError ? (
          <ProblemState error={query.error} title={t('bin.failed')} retry={() => void query.refetch()} />
        ) : null}
        {query.isSuccess && records.length === 0 ? (
          <State joint="empty" title={t('bin.empty')} text={t('bin.emptyText')} />
        ) : null}
        <ul className="bin">
          {records.map((record) => (
            <BinRow key={record.id} entity={entity} record={record} into={merged[record.id]} />
          ))}
        </ul>
        <MoreButton query={query} />
      </div>
    </Page>
  )
}

interface BinRowProps {
  readonly entity: Entity
  readonly record: RecordData
  /** The record into which it was merged. */
  readonly into: Reference | undefined
}

function BinRow({ entity, record, into }: BinRowProps) {
  const { t } = useTranslation()
  const queryClient = useQueryClient()
  const refuse = useRefusal()
  const [busy, setBusy] = useState(false)
  const [alike, setAlike] = useState<readonly ProblemItem[]>()
  const title = titleOf(entity, record)
  const at = record.deleted_at ?? record.updated_at
  const restore = async (accept: boolean): Promise<void> => {
    if (busy) return
    setBusy(true)
    try {
      await restoreRecord(entity.name, record.id, accept)
      await queryClient.invalidateQueries({ queryKey: ['records'] })
      toast({ text: t('bin.restored', { title }) })
    } catch (error) {
      const found = alikeIn(error)
      setAlike(found)
      if (found === undefined) refuse(error)
      setBusy(false)
    }
  }
  return (
    <li className="row bin-row" data-id={record.id}>
      <Avatar name={title} person={isPerson(entity)} />
      <span className="grow bin-name">
        <span className="cut strong">{title}</span>
        {into === undefined ? null : <MergedAway entity={entity} into={into} />}
      </span>
      {typeof at === 'string' ? (
        <span className="t12 ink-3 nowrap">
          <InstantText instant={at} />
        </span>
      ) : null}
      {entity.rights.restore ? (
        <Button
          icon={<Icon name="undo" />}
          aria-busy={busy}
          onClick={() => void restore(false)}
          aria-label={t('bin.restoreOf', { title })}
        >
          {t('bin.restore')}
        </Button>
      ) : null}
      {alike === undefined ? null : (
        <AlikeDialog
          entity={entity}
          items={alike}
          acceptLabel={t('alike.restore')}
          backLabel={t('alike.toBin')}
          busy={busy}
          onAccept={() => void restore(true)}
          onClose={() => setAlike(undefined)}
        />
      )}
    </li>
  )
}
