import { useQueryClient } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type CommentFile, deleteComment, type Mention, restoreComment } from '../../api/records.ts'
import type { Entity, RecordData } from '../../api/types.ts'
import { IconButton } from '../../kit/Button.tsx'
import { Icon } from '../../kit/icons/Icon.tsx'
import { Menu } from '../../kit/Menu.tsx'
import { useEntity } from '../../kit/model-context.tsx'
import { toast } from '../../kit/toast.tsx'
import { CommentFiles } from './CommentFiles.tsx'
import { CommentText } from './CommentText.tsx'
import { useRefusal } from './use-delete.ts'

const CommentEdit = lazy(async () => ({ default: (await import('./CommentEdit.tsx')).CommentEdit }))

export interface CommentBodyProps {
  readonly entity: Entity
  readonly record: RecordData
  readonly comment: {
    readonly id: string
    readonly text: string
    readonly edited_at: string | null
    readonly mentions: readonly Mention[]
    readonly files: readonly CommentFile[]
  }
  /** Whether who looks at it has written it. */
  readonly isOwn: boolean
}

/** What somebody said with the files that came with it; their own they change and take back. */
export function CommentBody({ entity, record, comment, isOwn }: CommentBodyProps) {
  const { t } = useTranslation()
  const queryClient = useQueryClient()
  const refuse = useRefusal()
  const [isEdited, setIsEdited] = useState(false)
  const mayRemove = useEntity('comment')?.rights.delete === true || isOwn
  const refresh = async (): Promise<void> => {
    for (const part of ['comments', 'files', 'timeline'])
      await queryClient.invalidateQueries({ queryKey: ['records', entity.name, 'one', record.id, part] })
  }
  const restore = async (): Promise<void> => {
    try {
      await restoreComment(entity.name, record.id, comment.id)
      toast({ text: t('comment.restored') })
      await refresh()
    } catch (error) {
      refuse(error)
    }
  }
  const remove = async (): Promise<void> => {
    try {
      await deleteComment(entity.name, record.id, comment.id)
      toast({ text: t('comment.deleted'), undo: restore })
      await refresh()
    } catch (error) {
      refuse(error)
    }
  }
  const items = [
    ...(isOwn
      ? [{ key: 'edit', icon: <Icon name="edit" />, label: t('act.edit'), onClick: () => setIsEdited(true) }]
      : []),
    ...(mayRemove
      ? [{ key: 'delete', icon: <Icon name="trash" />, label: t('act.delete'), onClick: () => void remove() }]
      : []),
  ]
  if (isEdited)
    return (
      <>
        <Suspense fallback={<CommentText text={comment.text} mentions={comment.mentions} />}>
          <CommentEdit
            entity={entity}
            record={record}
            comment={comment}
            onCancel={() => setIsEdited(false)}
            onSaved={async () => {
              await refresh()
              setIsEdited(false)
            }}
          />
        </Suspense>
        <CommentFiles files={comment.files} />
      </>
    )
  return (
    <div className="comment-body">
      <div className="grow">
        <CommentText text={comment.text} mentions={comment.mentions} />
        {comment.edited_at === null ? null : <span className="t12 ink-3">{t('comment.edited')}</span>}
        <CommentFiles files={comment.files} />
      </div>
      {items.length === 0 ? null : (
        <Menu items={items} placement="bottomRight">
          <IconButton
            size="small"
            className="comment-acts"
            label={t('comment.acts')}
            icon={<Icon name="more" size="small" />}
          />
        </Menu>
      )}
    </div>
  )
}
