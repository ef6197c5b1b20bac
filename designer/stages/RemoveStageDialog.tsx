import { Modal, Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../runtime-ui/kit/Button.tsx'
import { Icon } from '../../runtime-ui/kit/icons/Icon.tsx'
import { overlayPlace } from '../../runtime-ui/kit/overlays.ts'
import { useStagesPicture } from './stages-context.ts'

interface RemoveStageDialogProps {
  readonly at: number
  readonly onClose: () => void
  readonly onRemove: (into: string) => void
}

/** Asks which stage takes the records of one that goes. */
export function RemoveStageDialog({ at, onClose, onRemove }: RemoveStageDialogProps) {
  const { t } = useTranslation()
  const { stages, label, countOf } = useStagesPicture()
  // The one before it, else the one behind: what stood there goes back a step.
  const [into, setInto] = useState(stages[at === 0 ? 1 : at - 1]?.name ?? '')
  const count = countOf(at)
  const stage = label(stages[at])
  return (
    <Modal
      open
      width={440}
      getContainer={overlayPlace}
      closable={false}
      title={t('stages.removeTitle', { stage })}
      onCancel={onClose}
      footer={[
        <Button key="stay" onClick={onClose}>
          {t('act.cancel')}
        </Button>,
        <Button key="remove" danger onClick={() => onRemove(into)}>
          {t('stages.removeIt')}
        </Button>,
      ]}
    >
      <p className="ink-2">
        {count === undefined ? t('stages.removeText') : t('stages.removeCount', { count })}
      </p>
      <label className="stage-into" htmlFor="stage-into">
        {t('stages.into')}
      </label>
      <Select
        id="stage-into"
        className="wide"
        value={into}
        options={stages
          .filter((_one, place) => place !== at)
          .map((one) => ({ value: one.name, label: label(one) }))}
        suffixIcon={<Icon name="chevron_down" />}
        onChange={setInto}
      />
    </Modal>
  )
}
