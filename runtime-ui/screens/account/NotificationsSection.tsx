import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Checkbox, Select } from 'antd'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import {
  getPreference,
  type OwnPreference,
  type Preference,
  savePreference,
} from '../../api/notifications.ts'
import { Button } from '../../kit/Button.tsx'
import { FaultNote, faultOf } from '../../kit/FaultNote.tsx'
import { Icon } from '../../kit/icons/Icon.tsx'
import { LoadingRows } from '../../kit/Loading.tsx'
import { ProblemState } from '../../kit/State.tsx'
import { toast } from '../../kit/toast.tsx'
import { ANY_KIND, isOn, withChannel } from './notification-draft.ts'
import { Section } from './Section.tsx'

const KEY = ['notification-preference']
const MINUTES = [0, 15, 30, 60, 240] as const
const QUIET = { from: '22:00', until: '07:30' } as const

/** How one wants to be told: through what, when not, how many at once. */
export function NotificationsSection() {
  const { t } = useTranslation()
  const query = useQuery({ queryKey: KEY, queryFn: getPreference })
  return (
    <Section title={t('notifications.title')} text={t('account.notificationsText')}>
      {query.isPending ? <LoadingRows rows={3} /> : null}
      {query.isError ? (
        <ProblemState error={query.error} title={t('account.failed')} retry={() => void query.refetch()} />
      ) : null}
      {query.isSuccess ? <PreferenceForm own={query.data} /> : null}
    </Section>
  )
}

function PreferenceForm({ own }: { readonly own: OwnPreference }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const [draft, setDraft] = useState<Preference>(own.preference)
  const [busy, setBusy] = useState(false)
  const [fault, setFault] = useState<string>()
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault()
    if (busy) return
    setBusy(true)
    setFault(undefined)
    try {
      const saved = await savePreference(draft)
      client.setQueryData(KEY, saved)
      setDraft(saved.preference)
      toast({ text: t('account.notificationsSaved') })
    } catch (error) {
      setFault(faultOf(error, t))
    }
    setBusy(false)
  }
  return (
    <form className="account-form" id="notifications" onSubmit={(event) => void submit(event)} noValidate>
      <FaultNote id="notifications-fault" fault={fault} />
      <ChannelTable own={own} draft={draft} onChange={setDraft} />
      <QuietHours draft={draft} onChange={setDraft} />
      <div className="field account-narrow">
        <label htmlFor="gather">{t('account.gather')}</label>
        <Select
          id="gather"
          value={draft.gather ?? 0}
          suffixIcon={<Icon name="chevron_down" />}
          options={[...new Set([...MINUTES, draft.gather ?? 0])].map((value) => ({
            value,
            label: value === 0 ? t('account.gatherNone') : t('account.gatherMinutes', { count: value }),
          }))}
          onChange={(gather) => setDraft({ ...draft, gather })}
        />
      </div>
      <span className="row">
        <Button type="primary" htmlType="submit" aria-busy={busy}>
          {t('act.save')}
        </Button>
      </span>
    </form>
  )
}

interface PartProps {
  readonly draft: Preference
  readonly onChange: (draft: Preference) => void
}

function ChannelTable({ own, draft, onChange }: PartProps & { readonly own: OwnPreference }) {
  const { t } = useTranslation()
  if (own.channels.length === 0) return <p className="t13 ink-3">{t('account.onlyBell')}</p>
  const kinds = [{ name: ANY_KIND, label: t('account.anyKind') }, ...own.kinds]
  return (
    <div className="channel-scroll">
      <table className="channel-table t13">
        <thead>
          <tr>
            <th scope="col">{t('account.kind')}</th>
            {own.channels.map((channel) => (
              <th key={channel} scope="col">
                {t(`channel.${channel}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {kinds.map(({ name, label }) => (
            <tr key={name}>
              <th scope="row">{label}</th>
              {own.channels.map((channel) => (
                <td key={channel}>
                  <Checkbox
                    aria-label={`${label}: ${t(`channel.${channel}`)}`}
                    checked={isOn(draft, name, channel)}
                    onChange={(event) =>
                      onChange(withChannel(draft, { kind: name, channel, on: event.target.checked }))
                    }
                  />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function QuietHours({ draft, onChange }: PartProps) {
  const { t } = useTranslation()
  const { quiet, ...rest } = draft
  const put = (change: object): void => onChange({ ...rest, quiet: { ...QUIET, ...quiet, ...change } })
  return (
    <fieldset className="quiet">
      <Checkbox
        checked={quiet !== undefined}
        onChange={(event) => onChange(event.target.checked ? { ...rest, quiet: QUIET } : rest)}
      >
        {t('account.quiet')}
      </Checkbox>
      {quiet === undefined ? null : (
        <span className="row quiet-times">
          {(['from', 'until'] as const).map((end) => (
            <label key={end} className="row t13">
              {t(`account.quiet.${end}`)}
              <input
                type="time"
                className="quiet-time"
                value={quiet[end]}
                required
                onChange={(event) => put({ [end]: event.target.value })}
              />
            </label>
          ))}
          <Checkbox
            checked={quiet.weekend === true}
            onChange={(event) => put({ weekend: event.target.checked })}
          >
            {t('account.quiet.weekend')}
          </Checkbox>
        </span>
      )}
      <p className="t12 ink-3">{t('account.quietText')}</p>
    </fieldset>
  )
}
