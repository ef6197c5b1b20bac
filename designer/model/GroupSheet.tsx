import { Select } from 'antd'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { inEveryLanguage } from '../../runtime-ui/i18n/languages.ts'
import { Button } from '../../runtime-ui/kit/Button.tsx'
import { FaultNote } from '../../runtime-ui/kit/FaultNote.tsx'
import { Sheet } from '../../runtime-ui/kit/Sheet.tsx'
import { filledLabels, LabelFields } from '../CalledFields.tsx'
import { entityOptions, isEntityFound } from './entity-options.ts'
import { useModelPicture } from './model-context.ts'
import type { EntityCard } from './model-graph.ts'
import type { Group } from './model-groups.ts'
import { useRegroup } from './use-regroup.ts'

interface GroupSheetProps {
  readonly open: boolean
  /** The one that is changed; undefined for a new one. */
  readonly group: Group | undefined
  /** Entities that a new one begins with. */
  readonly begin: readonly string[]
  readonly cards: readonly EntityCard[]
  readonly onDone: (label: string) => void
  readonly onClose: () => void
}

/** Its button stands below, where no list of choices lies over it. */
const FORM = 'group-form'

/** What a group is called and which entities belong to it. */
export function GroupSheet({ open, group, onClose, ...rest }: GroupSheetProps) {
  const { t } = useTranslation()
  const [isBusy, setIsBusy] = useState(false)
  return (
    <Sheet
      open={open}
      title={group === undefined ? t('model.group.new') : t('model.group.edit', { group: group.label })}
      onClose={onClose}
      footer={
        <div className="row sheet-acts">
          <Button onClick={onClose}>{t('act.cancel')}</Button>
          <Button type="primary" htmlType="submit" form={FORM} loading={isBusy}>
            {t(group === undefined ? 'model.group.make' : 'model.group.change')}
          </Button>
        </div>
      }
    >
      {open ? <GroupForm {...{ group, onClose, ...rest }} onBusy={setIsBusy} /> : null}
    </Sheet>
  )
}

interface GroupFormProps extends Omit<GroupSheetProps, 'open'> {
  readonly onBusy: (isBusy: boolean) => void
}

function GroupForm({ group, begin, cards, onDone, onClose, onBusy }: GroupFormProps) {
  const { t, i18n } = useTranslation()
  const { called } = useModelPicture()
  const regroup = useRegroup()
  const [labels, setLabels] = useState<Readonly<Record<string, string>>>(
    typeof group?.text === 'string' ? inEveryLanguage(group.text) : (group?.text ?? {}),
  )
  const [names, setNames] = useState<readonly string[]>(group?.names ?? begin)
  const [fault, setFault] = useState<string>()
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault()
    const text = filledLabels(labels)
    const wrong =
      Object.keys(text).length === 0
        ? t('model.group.unnamed')
        : names.length === 0
          ? t('model.group.empty')
          : undefined
    setFault(wrong)
    if (wrong !== undefined) return
    onBusy(true)
    const out = (group?.names ?? []).filter((name) => !names.includes(name))
    const isDone = await regroup([
      { names: out, to: undefined },
      { names, to: text },
    ])
    onBusy(false)
    if (!isDone) return
    onDone(text[i18n.language] ?? text.en ?? Object.values(text)[0] ?? '')
    onClose()
  }
  return (
    <form id={FORM} className="role-form" onSubmit={(event) => void submit(event)} noValidate>
      <FaultNote id="group-fault" fault={fault} />
      <LabelFields id="group" labels={labels} onLabels={setLabels} />
      <div className="field">
        <label htmlFor="group-entities">{t('model.group.entities')}</label>
        <Select
          id="group-entities"
          mode="multiple"
          value={names}
          placeholder={t('model.group.choose')}
          showSearch={{ filterOption: isEntityFound }}
          options={entityOptions(cards, called)}
          onChange={setNames}
        />
        <p className="t12 ink-3">{t('model.group.help')}</p>
      </div>
    </form>
  )
}
