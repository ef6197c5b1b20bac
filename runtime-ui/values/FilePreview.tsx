import './file-preview.css'
import { useQuery } from '@tanstack/react-query'
import { Modal } from 'antd'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { fileAddress } from '../api/records.ts'
import { IconButton } from '../kit/Button.tsx'
import { Icon } from '../kit/icons/Icon.tsx'
import { LoadingRows } from '../kit/Loading.tsx'
import { overlayPlace } from '../kit/overlays.ts'
import { type NamedFile, shownAs } from './file-kinds.ts'

export interface FilePreviewProps {
  readonly file: NamedFile
  readonly among: readonly NamedFile[]
  readonly onGo: (file: NamedFile) => void
  readonly onClose: () => void
}

/** Of a text so much is shown; the rest is in the file. */
const MOST_BYTES = 64 * 1024

/** A picture or a text in full size above the page; arrows go on to those beside it. */
export function FilePreview({ file, among, onGo, onClose }: FilePreviewProps) {
  const { t } = useTranslation()
  const at = among.findIndex(({ id }) => id === file.id)
  const [previous, next] = [among[at - 1], at === -1 ? undefined : among[at + 1]]
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      const to = event.key === 'ArrowLeft' ? previous : event.key === 'ArrowRight' ? next : undefined
      if (to === undefined) return
      event.preventDefault()
      onGo(to)
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [previous, next, onGo])
  return (
    <Modal
      open
      centered
      width="min(1080px, 94vw)"
      rootClassName="file-preview"
      getContainer={overlayPlace}
      closable={false}
      footer={null}
      onCancel={onClose}
      title={
        <div className="row">
          <span className="cut grow">{file.name}</span>
          {among.length < 2 ? null : (
            <>
              <IconButton
                label={t('file.previous')}
                icon={<Icon name="chevron_left" />}
                disabled={previous === undefined}
                onClick={() => previous !== undefined && onGo(previous)}
              />
              <span className="t13 ink-3 num nowrap">
                {t('file.place', { at: at + 1, of: among.length })}
              </span>
              <IconButton
                label={t('file.next')}
                icon={<Icon name="chevron_right" />}
                disabled={next === undefined}
                onClick={() => next !== undefined && onGo(next)}
              />
            </>
          )}
          <a
            className="icon-link"
            href={fileAddress(file.id)}
            download={file.name}
            aria-label={t('file.keep')}
            title={t('file.keep')}
          >
            <Icon name="download" />
          </a>
          <IconButton label={t('act.close')} icon={<Icon name="close" />} onClick={onClose} />
        </div>
      }
    >
      {shownAs(file) === 'picture' ? (
        <Picture key={file.id} file={file} />
      ) : (
        <Words key={file.id} file={file} />
      )}
    </Modal>
  )
}

function Picture({ file }: { readonly file: NamedFile }) {
  const { t } = useTranslation()
  const [isBroken, setIsBroken] = useState(false)
  if (isBroken) return <p className="ink-2 file-preview-none">{t('file.unreadable')}</p>
  return (
    <div className="file-preview-picture">
      <img src={fileAddress(file.id)} alt={file.name} onError={() => setIsBroken(true)} />
    </div>
  )
}

function Words({ file }: { readonly file: NamedFile }) {
  const { t } = useTranslation()
  const query = useQuery({
    queryKey: ['file-text', file.id],
    queryFn: async ({ signal }) => {
      const headers = { Range: `bytes=0-${MOST_BYTES - 1}` }
      const answer = await fetch(fileAddress(file.id), { headers, signal })
      if (!answer.ok) throw new Error(String(answer.status))
      const whole = Number(/\/(\d+)$/.exec(answer.headers.get('content-range') ?? '')?.[1] ?? 0)
      return { text: await answer.text(), isCut: whole > MOST_BYTES }
    },
    retry: false,
  })
  if (query.isError) return <p className="ink-2 file-preview-none">{t('file.unreadable')}</p>
  if (query.data === undefined) return <LoadingRows rows={4} />
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by keys */}
      <pre className="mono file-preview-text" tabIndex={0}>
        {query.data.text}
      </pre>
      {query.data.isCut ? <p className="t13 ink-3">{t('file.cut')}</p> : null}
    </>
  )
}
