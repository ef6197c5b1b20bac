import { useInfiniteQuery } from '@tanstack/react-query'
import { type ChangeEvent, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { fileAddress, recordFiles } from '../../api/records.ts'
import type { Entity, RecordData } from '../../api/types.ts'
import { Button } from '../../kit/Button.tsx'
import { InstantText } from '../../kit/DateText.tsx'
import { formatFileSize } from '../../kit/format.ts'
import { Icon } from '../../kit/icons/Icon.tsx'
import { LoadingRows } from '../../kit/Loading.tsx'
import { useLanguage } from '../../kit/model-context.tsx'
import { ProblemState } from '../../kit/State.tsx'
import { FileLink } from '../../values/FileLink.tsx'
import { type NamedFile, shownAs } from '../../values/file-kinds.ts'
import { referenceOf } from '../../values/references.ts'
import { AttachTray } from './attach/AttachTray.tsx'
import { useAttaching } from './attach/AttachZone.tsx'
import { MoreButton } from './MoreButton.tsx'

/** The files of a record. */
export function Files({ entity, record }: { readonly entity: Entity; readonly record: RecordData }) {
  const { t } = useTranslation()
  const query = useInfiniteQuery({
    queryKey: ['records', entity.name, 'one', record.id, 'files'],
    queryFn: ({ pageParam }) => recordFiles(entity.name, record.id, pageParam || undefined),
    initialPageParam: '',
    getNextPageParam: (last) => last.page.next ?? undefined,
  })
  const files = query.data?.pages.flatMap((page) => page.data) ?? []
  const named = files.map(({ id, name }) => ({ id, name: String(name) }))
  return (
    <>
      <Upload />
      <AttachTray />
      {query.isPending ? <LoadingRows rows={3} /> : null}
      {query.isError ? (
        <ProblemState error={query.error} title={t('file.listFailed')} retry={() => void query.refetch()} />
      ) : null}
      {query.isSuccess && files.length === 0 ? <p className="ink-3 t13 nothing">{t('file.none')}</p> : null}
      <ul className="files">
        {files.map((file) => (
          <FileRow key={file.id} file={file} among={named} />
        ))}
      </ul>
      <MoreButton query={query} />
    </>
  )
}

interface FileRowProps {
  readonly file: RecordData
  readonly among: readonly NamedFile[]
}

function FileRow({ file, among }: FileRowProps) {
  const { t } = useTranslation()
  const language = useLanguage()
  const named = { id: file.id, name: String(file.name) }
  return (
    <li className="row file-row">
      {shownAs(named) === 'picture' ? (
        <img className="thumb" src={fileAddress(file.id)} alt="" loading="lazy" />
      ) : (
        <Icon name="file" />
      )}
      <FileLink className="cut strong grow" file={named} among={among}>
        {named.name}
      </FileLink>
      <span className="t12 ink-3 num nowrap">{formatFileSize(Number(file.size ?? 0), language)}</span>
      <span className="t12 ink-3 nowrap no-phone">
        {referenceOf(file.created_by)?.label ?? t('record.somebody')}
      </span>
      <span className="t12 ink-3 nowrap">
        <InstantText instant={String(file.created_at)} />
      </span>
    </li>
  )
}

function Upload() {
  const { t } = useTranslation()
  const attaching = useAttaching()
  const input = useRef<HTMLInputElement>(null)
  if (attaching === undefined) return null
  const choose = (event: ChangeEvent<HTMLInputElement>): void => {
    const chosen = [...(event.target.files ?? [])]
    event.target.value = ''
    attaching.attach(chosen)
  }
  return (
    <div className="upload">
      <input ref={input} type="file" multiple hidden aria-label={t('file.choose')} onChange={choose} />
      <Button icon={<Icon name="upload" />} onClick={() => input.current?.click()}>
        {t('file.upload')}
      </Button>
    </div>
  )
}
