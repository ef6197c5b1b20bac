import { Modal } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { textIn } from '../../metadata/text.ts'
import { saveExport } from '../../runtime-ui/api/export.ts'
import type { Entity } from '../../runtime-ui/api/types.ts'
import { Button } from '../../runtime-ui/kit/Button.tsx'
import { FaultNote, faultOf } from '../../runtime-ui/kit/FaultNote.tsx'
import { Icon } from '../../runtime-ui/kit/icons/Icon.tsx'
import { useLanguage, useWork } from '../../runtime-ui/kit/model-context.tsx'
import { overlayPlace } from '../../runtime-ui/kit/overlays.ts'
import type { TemplateItem } from './api.ts'

interface UninstallDialogProps {
  readonly template: TemplateItem
  readonly onClose: () => void
  /** Opens the draft that takes it away. */
  readonly onDraft: () => void
}

/** Offers what a template's entities hold as files, before the draft opens that takes them away. */
export function UninstallDialog({ template, onClose, onDraft }: UninstallDialogProps) {
  const { t } = useTranslation()
  const language = useLanguage()
  const { model } = useWork()
  const [saved, setSaved] = useState<ReadonlySet<string>>(new Set())
  const [busy, setBusy] = useState<string>()
  const [fault, setFault] = useState<string>()
  const label = textIn(template.label, language, template.name)
  const own = new Set(template.entities.map(({ name }) => name))
  // What another template brought too stays, and so do its records; what was renamed meanwhile is found by nobody here.
  const entities = model.entities.filter(({ name }) => own.has(name))
  const open = entities.filter(({ rights }) => rights.export)
  const left = open.filter(({ name }) => !saved.has(name))
  const save = async (wanted: readonly Entity[]): Promise<void> => {
    setFault(undefined)
    for (const { name } of wanted) {
      setBusy(name)
      try {
        await saveExport(name, { fields: '', language })
        setSaved((before) => new Set([...before, name]))
      } catch (error) {
        setFault(faultOf(error, t))
        break
      }
    }
    setBusy(undefined)
  }
  return (
    <Modal
      open
      width={520}
      getContainer={overlayPlace}
      closable={false}
      title={t('templates.uninstallTitle', { label })}
      onCancel={onClose}
      footer={[
        <Button key="stay" autoFocus onClick={onClose}>
          {t('act.cancel')}
        </Button>,
        <Button key="draft" danger disabled={busy !== undefined} onClick={onDraft}>
          {t('templates.uninstallIt')}
        </Button>,
      ]}
    >
      <FaultNote id="uninstall-fault" fault={fault} />
      <p className="ink-2">{t('templates.uninstallText')}</p>
      {entities.length === 0 ? null : (
        <>
          <div className="row template-save-head">
            <h3 className="h3">{t('templates.keepData')}</h3>
            {open.length < 2 ? null : (
              <Button
                className="end"
                size="small"
                disabled={left.length === 0 || busy !== undefined}
                onClick={() => void save(left)}
              >
                {t('templates.saveAll')}
              </Button>
            )}
          </div>
          <ul className="template-save">
            {entities.map((entity) => (
              <li key={entity.name} data-entity={entity.name}>
                <span className="grow cut">{entity.plural}</span>
                {!entity.rights.export ? (
                  <span className="t12 ink-3">{t('templates.mayNotSave')}</span>
                ) : (
                  <>
                    {saved.has(entity.name) ? (
                      <span className="row t12 good" role="status">
                        <Icon name="check" size="small" />
                        {t('templates.saved')}
                      </span>
                    ) : null}
                    <Button
                      type="text"
                      size="small"
                      icon={<Icon name="download" />}
                      aria-label={t('templates.saveOf', { entity: entity.plural })}
                      aria-busy={busy === entity.name}
                      disabled={busy !== undefined}
                      onClick={() => void save([entity])}
                    >
                      CSV
                    </Button>
                  </>
                )}
              </li>
            ))}
          </ul>
        </>
      )}
    </Modal>
  )
}
