import { useInfiniteQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { type CommentFile, type Mention, recordComments } from '../../api/records.ts'
import type { Entity, RecordData } from '../../api/types.ts'
import { Avatar } from '../../kit/Avatar.tsx'
import { InstantText } from '../../kit/DateText.tsx'
import { LoadingRows } from '../../kit/Loading.tsx'
import { useWork } from '../../kit/model-context.tsx'
import { ProblemState } from '../../kit/State.tsx'
import { referenceOf } from '../../values/references.ts'
import { CommentBody } from './CommentBody.tsx'
import { CommentForm } from './composer/CommentForm.tsx'
import { MoreButton } from './MoreButton.tsx'

/** What people said about a record, newest first, and the box to say something. */
export function Comments({ entity, record }: { readonly entity: Entity; readonly record: RecordData }) {
  const { t } = useTranslation()
  const query = useInfiniteQuery({
    queryKey: ['records', entity.name, 'one', record.id, 'comments'],
    queryFn: ({ pageParam }) => recordComments(entity.name, record.id, pageParam || undefined),
    initialPageParam: '',
    getNextPageParam: (last) => last.page.next ?? undefined,
  })
  const comments = query.data?.pages.flatMap((page) => page.data) ?? []
  return (
    <>
      <CommentForm entity={entity} record={record} isCard />
      {query.isPending ? <LoadingRows rows={3} /> : null}
      {query.isError ? (
        <ProblemState error={query.error} title={t('comment.failed')} retry={() => void query.refetch()} />
      ) : null}
      {query.isSuccess && comments.length === 0 ? (
        <p className="ink-3 t13 nothing">{t('comment.none')}</p>
      ) : null}
      <ul className="events">
        {comments.map((comment) => (
          <CommentRow key={comment.id} entity={entity} record={record} comment={comment} />
        ))}
      </ul>
      <MoreButton query={query} />
    </>
  )
}

interface CommentRowProps {
  readonly entity: Entity
  readonly record: RecordData
  readonly comment: RecordData
}

function CommentRow({ entity, record, comment }: CommentRowProps) {
  const { t } = useTranslation()
  const { me } = useWork()
  const by = referenceOf(comment.created_by)
  const author = by?.label ?? t('record.somebody')
  return (
    <li className="event">
      <Avatar name={author} person size="medium" />
      <div className="grow">
        <div className="row event-head">
          <span className="strong cut">{author}</span>
          <span className="t12 ink-3 end nowrap">
            <InstantText instant={String(comment.created_at)} />
          </span>
        </div>
        <CommentBody
          entity={entity}
          record={record}
          isOwn={by?.id === me.user.id}
          comment={{
            ...{ id: comment.id, text: String(comment.text) },
            edited_at: (comment.edited_at ?? null) as string | null,
            mentions: comment.mentions as readonly Mention[],
            files: comment.files as readonly CommentFile[],
          }}
        />
      </div>
    </li>
  )
}
