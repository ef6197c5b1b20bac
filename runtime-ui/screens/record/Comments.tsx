import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query'
import { Input } from 'antd'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { addComment, recordComments } from '../../api/records.ts'
import type { Entity, RecordData } from '../../api/types.ts'
import { Avatar } from '../../kit/Avatar.tsx'
import { Button } from '../../kit/Button.tsx'
import { InstantText } from '../../kit/DateText.tsx'
import { LoadingRows } from '../../kit/Loading.tsx'
import { ProblemState } from '../../kit/State.tsx'
import { MOD_KEY } from '../../kit/use-shortcut.ts'
import { referenceOf } from '../../values/references.ts'
import { MoreButton } from './MoreButton.tsx'
import { useRefusal } from './use-delete.ts'

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
      <Composer entity={entity} record={record} />
      {query.isPending ? <LoadingRows rows={3} /> : null}
      {query.isError ? (
        <ProblemState error={query.error} title={t('comment.failed')} retry={() => void query.refetch()} />
      ) : null}
      {query.isSuccess && comments.length === 0 ? (
        <p className="ink-3 t13 nothing">{t('comment.none')}</p>
      ) : null}
      <ul className="events">
        {comments.map((comment) => (
          <CommentRow key={comment.id} comment={comment} />
        ))}
      </ul>
      <MoreButton query={query} />
    </>
  )
}

function CommentRow({ comment }: { readonly comment: RecordData }) {
  const { t } = useTranslation()
  const author = referenceOf(comment.created_by)?.label ?? t('record.somebody')
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
        <p className="event-text">{String(comment.text)}</p>
      </div>
    </li>
  )
}

function Composer({ entity, record }: { readonly entity: Entity; readonly record: RecordData }) {
  const { t } = useTranslation()
  const queryClient = useQueryClient()
  const refuse = useRefusal()
  const running = useRef(false)
  const [text, setText] = useState('')
  const [busy, setBusy] = useState(false)
  const send = async (): Promise<void> => {
    if (text.trim() === '' || running.current) return
    running.current = true
    setBusy(true)
    try {
      await addComment(entity.name, record.id, text)
      setText('')
      for (const part of ['comments', 'timeline'])
        await queryClient.invalidateQueries({ queryKey: ['records', entity.name, 'one', record.id, part] })
    } catch (error) {
      refuse(error)
    } finally {
      running.current = false
      setBusy(false)
    }
  }
  return (
    <form
      className="composer"
      onSubmit={(event) => {
        event.preventDefault()
        void send()
      }}
    >
      <Input.TextArea
        variant="borderless"
        aria-label={t('comment.write')}
        placeholder={t('comment.write')}
        autoSize={{ minRows: 2, maxRows: 10 }}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.metaKey || event.ctrlKey)) void send()
        }}
      />
      <div className="row composer-foot">
        <span className="end t12 ink-3 no-phone">{MOD_KEY}↵</span>
        <Button
          type={text.trim() === '' ? 'default' : 'primary'}
          htmlType="submit"
          aria-busy={busy}
          disabled={text.trim() === ''}
        >
          {t('comment.send')}
        </Button>
      </div>
    </form>
  )
}
