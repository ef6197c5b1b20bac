import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import {
  keepReport,
  promoteReport,
  type ReportAnswer,
  type ReportQuestion,
  removeReport,
} from '../../api/reports.ts'
import { Button } from '../../kit/Button.tsx'
import { FaultNote, faultOf } from '../../kit/FaultNote.tsx'
import { Icon } from '../../kit/icons/Icon.tsx'
import { Menu } from '../../kit/Menu.tsx'
import { useWork } from '../../kit/model-context.tsx'
import { Sheet } from '../../kit/Sheet.tsx'

export interface OwnMenuProps {
  readonly answer: ReportAnswer
  readonly question: ReportQuestion
}

/** What becomes of a report as it stands here: kept as one's own; what is one's own, shared with everybody or deleted. */
export function OwnMenu({ answer, question }: OwnMenuProps) {
  const { t } = useTranslation()
  const { me } = useWork()
  const client = useQueryClient()
  const navigate = useNavigate()
  const [isNaming, setNaming] = useState(false)
  const refresh = () => client.invalidateQueries({ queryKey: ['reports'] })
  const promote = useMutation({
    mutationFn: () => promoteReport(answer.name),
    onSuccess: () =>
      Promise.all([refresh(), client.invalidateQueries({ queryKey: ['report', answer.name] })]),
  })
  const remove = useMutation({
    mutationFn: () => removeReport(answer.name),
    onSuccess: async () => {
      await refresh()
      void navigate('/reports')
    },
  })
  if (me.viewer !== undefined) return null
  const isOwn = answer.belongsTo !== null
  const fault = promote.error ?? remove.error
  const items = [
    { key: 'keep', label: t('report.keep'), onClick: () => setNaming(true) },
    ...(isOwn && me.definitions.includes('report')
      ? [{ key: 'promote', label: t('report.promote'), onClick: () => promote.mutate() }]
      : []),
    ...(isOwn
      ? [{ key: 'remove', label: t('report.remove'), danger: true, onClick: () => remove.mutate() }]
      : []),
  ]
  return (
    <>
      <FaultNote id="own-fault" fault={fault === null ? undefined : faultOf(fault, t)} />
      <Menu items={items}>
        <Button icon={<Icon name="more" />}>{t('report.own')}</Button>
      </Menu>
      <KeepSheet answer={answer} question={question} open={isNaming} onClose={() => setNaming(false)} />
    </>
  )
}

function KeepSheet({
  answer,
  question,
  open,
  onClose,
}: OwnMenuProps & { readonly open: boolean; readonly onClose: () => void }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const navigate = useNavigate()
  const [label, setLabel] = useState('')
  const keep = useMutation({
    mutationFn: () => keepReport(answer.name, label, question),
    onSuccess: async (name) => {
      await client.invalidateQueries({ queryKey: ['reports'] })
      onClose()
      void navigate(`/reports/${name}`)
    },
  })
  return (
    <Sheet open={open} title={t('report.keep')} onClose={onClose}>
      <form
        className="report-keep"
        onSubmit={(event) => {
          event.preventDefault()
          if (label.trim() !== '') keep.mutate()
        }}
      >
        <p className="t13 ink-2">{t('report.keepText')}</p>
        <label className="t13 strong" htmlFor="report-keep-name">
          {t('report.keepName')}
        </label>
        <Input
          id="report-keep-name"
          value={label}
          maxLength={120}
          autoFocus
          aria-describedby="keep-fault"
          onChange={(event) => setLabel(event.target.value)}
        />
        <FaultNote id="keep-fault" fault={keep.error === null ? undefined : faultOf(keep.error, t)} />
        <Button type="primary" htmlType="submit" loading={keep.isPending}>
          {t('report.keepDo')}
        </Button>
      </form>
    </Sheet>
  )
}
