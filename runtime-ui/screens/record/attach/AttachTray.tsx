import { useTranslation } from 'react-i18next'
import { IconButton } from '../../../kit/Button.tsx'
import { formatFileSize } from '../../../kit/format.ts'
import { Icon } from '../../../kit/icons/Icon.tsx'
import { useLanguage } from '../../../kit/model-context.tsx'
import { FileLink } from '../../../values/FileLink.tsx'
import { useAttaching } from './AttachZone.tsx'
import type { Attached, Attaching } from './use-attached.ts'

/** What one is attaching: how far it is, what went wrong, and the way to take it back. */
export function AttachTray() {
  const { t } = useTranslation()
  const attaching = useAttaching()
  if (attaching === undefined || attaching.all.length === 0) return null
  return (
    <section className="attach-tray" aria-label={t('attach.files')}>
      <ul>
        {attaching.all.map((one) => (
          <TrayRow key={one.key} one={one} attaching={attaching} />
        ))}
      </ul>
    </section>
  )
}

function TrayRow({ one, attaching }: { readonly one: Attached; readonly attaching: Attaching }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const { file, state, sent, id, reason } = one
  const { name } = file
  return (
    <li className={`row attach-row ${state}`} data-state={state}>
      <Icon name={state === 'failed' ? 'alert' : file.type.startsWith('image/') ? 'image' : 'file'} />
      <span className="grow attach-words">
        <span className="row attach-name">
          {id === undefined ? (
            <span className="cut">{name}</span>
          ) : (
            <FileLink className="cut link" file={{ id, name }}>
              {name}
            </FileLink>
          )}
          {state === 'failed' ? null : (
            <span className="t12 ink-3 num nowrap">{formatFileSize(file.size, language)}</span>
          )}
        </span>
        {state === 'sending' ? (
          <progress className="attach-bar" max={1} value={sent} aria-label={t('attach.sending', { name })} />
        ) : null}
        {state === 'failed' ? (
          <span className="t12 attach-reason" role="alert">
            {t('attach.failed', { reason })}
          </span>
        ) : null}
      </span>
      {state === 'done' || state === 'waiting' ? (
        <span className="t12 ink-3 nowrap" role="status">
          {t(state === 'done' ? 'attach.done' : 'attach.waiting')}
        </span>
      ) : null}
      {state === 'failed' && one.again === true ? (
        <IconButton
          size="small"
          label={t('attach.retry', { name })}
          icon={<Icon name="refresh" size="small" />}
          onClick={() => attaching.retry(one)}
        />
      ) : null}
      {state === 'done' || state === 'failed' ? (
        <IconButton
          size="small"
          label={t(state === 'done' ? 'attach.remove' : 'attach.dismiss', { name })}
          icon={<Icon name={state === 'done' ? 'trash' : 'close'} size="small" />}
          onClick={() => void attaching.remove(one)}
        />
      ) : null}
    </li>
  )
}
