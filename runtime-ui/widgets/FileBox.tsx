import { type ChangeEvent, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ApiProblem } from '../api/problem.ts'
import { fileAddress, uploadFile } from '../api/records.ts'
import { Button, IconButton } from '../kit/Button.tsx'
import { Icon } from '../kit/icons/Icon.tsx'
import { FileLink } from '../values/FileLink.tsx'
import { referenceOf } from '../values/references.ts'
import { ariaOf, type WidgetProps } from './widget.ts'

/** One uploaded file; it is sent at once and belongs to the record when the form is saved. */
export function FileBox(props: WidgetProps) {
  const { t } = useTranslation()
  const input = useRef<HTMLInputElement>(null)
  const stored = referenceOf(props.context.record?.[props.name])
  const [name, setName] = useState<string>()
  const [busy, setBusy] = useState(false)
  const id = typeof props.value === 'string' ? props.value : undefined
  const accept = typeof props.options.accept === 'string' ? props.options.accept : undefined

  const choose = async (event: ChangeEvent<HTMLInputElement>): Promise<void> => {
    const file = event.target.files?.[0]
    event.target.value = ''
    if (file === undefined || busy) return
    setBusy(true)
    try {
      const record = await uploadFile(file)
      setName(file.name)
      props.context.setFault(props.name, undefined)
      props.onChange(record.id)
    } catch (error) {
      const message = error instanceof ApiProblem && error.message !== '' ? error.message : t('file.failed')
      props.context.setFault(props.name, message)
    } finally {
      setBusy(false)
    }
  }

  const shownName = name ?? (stored?.id === id ? stored?.label : undefined) ?? t('value.file')
  return (
    <div className="file-box row">
      <input ref={input} type="file" hidden accept={accept} onChange={(event) => void choose(event)} />
      {id === undefined ? null : (
        <>
          {accept === 'image/*' ? (
            <img className="thumb" src={fileAddress(id)} alt="" />
          ) : (
            <Icon name="file" />
          )}
          <FileLink className="link cut grow" file={{ id, name: shownName, isPicture: accept === 'image/*' }}>
            {shownName}
          </FileLink>
          {props.readOnly ? null : (
            <IconButton
              label={t('file.remove')}
              icon={<Icon name="close" />}
              onClick={() => props.onChange(undefined)}
            />
          )}
        </>
      )}
      {props.readOnly ? null : (
        <Button
          {...ariaOf(props)}
          icon={<Icon name="paperclip" />}
          aria-busy={busy}
          onClick={() => input.current?.click()}
        >
          {busy ? t('file.sending') : t(id === undefined ? 'file.choose' : 'file.replace')}
        </Button>
      )}
    </div>
  )
}
