import { type ChangeEvent, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { IconButton } from '../../../kit/Button.tsx'
import { Icon } from '../../../kit/icons/Icon.tsx'
import { useIsTouch } from '../../../kit/use-media.ts'
import { useAttaching } from './AttachZone.tsx'

/** Files from this device, or from its camera where it is held in the hand. */
export function AttachButtons() {
  const { t } = useTranslation()
  const isTouch = useIsTouch()
  const attaching = useAttaching()
  const files = useRef<HTMLInputElement>(null)
  const camera = useRef<HTMLInputElement>(null)
  if (attaching === undefined) return null
  const take = (event: ChangeEvent<HTMLInputElement>): void => {
    const chosen = [...(event.target.files ?? [])]
    event.target.value = ''
    attaching.attach(chosen)
  }
  return (
    <>
      <input ref={files} type="file" multiple hidden aria-label={t('attach.some')} onChange={take} />
      <IconButton
        label={t('attach.some')}
        icon={<Icon name="paperclip" />}
        onClick={() => files.current?.click()}
      />
      {isTouch ? (
        <>
          <input
            ref={camera}
            type="file"
            accept="image/*"
            capture="environment"
            hidden
            aria-label={t('attach.camera')}
            onChange={take}
          />
          <IconButton
            label={t('attach.camera')}
            icon={<Icon name="camera" />}
            onClick={() => camera.current?.click()}
          />
        </>
      ) : null}
    </>
  )
}
