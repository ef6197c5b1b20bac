import { useQuery, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { getProfile, saveProfile } from '../../api/account.ts'
import type { RecordData } from '../../api/types.ts'
import { useNoEnter } from '../../forms/use-no-enter.ts'
import { Button } from '../../kit/Button.tsx'
import { FaultNote, faultOf } from '../../kit/FaultNote.tsx'
import { LoadingRows } from '../../kit/Loading.tsx'
import { useLanguage, useWork } from '../../kit/model-context.tsx'
import { ProblemState } from '../../kit/State.tsx'
import { toast } from '../../kit/toast.tsx'
import { referenceOf } from '../../values/references.ts'
import { Choice } from '../../widgets/Choice.tsx'
import { DateTimeBox } from '../../widgets/DateTimeBox.tsx'
import { MultiChoice } from '../../widgets/MultiChoice.tsx'
import { RecordPicker } from '../../widgets/RecordPicker.tsx'
import { TimeBox } from '../../widgets/TimeBox.tsx'
import type { WidgetProps } from '../../widgets/widget.ts'
import { dayOptions, draftOf, type ProfileDraft, patchOf, zoneOptions } from './profile-fields.ts'
import { Section } from './Section.tsx'

/** Who one is, and when one works. */
export function ProfileSection() {
  const { t } = useTranslation()
  const query = useQuery({ queryKey: ['profile'], queryFn: getProfile })
  return (
    <Section title={t('account.profile')}>
      {query.isPending ? <LoadingRows rows={4} /> : null}
      {query.isError ? (
        <ProblemState error={query.error} title={t('account.failed')} retry={() => void query.refetch()} />
      ) : null}
      {query.isSuccess ? (
        <>
          <ProfileFacts profile={query.data} />
          <ProfileForm profile={query.data} />
        </>
      ) : null}
    </Section>
  )
}

function ProfileFacts({ profile }: { readonly profile: RecordData }) {
  const { t } = useTranslation()
  const teams = [profile.team, ...(Array.isArray(profile.teams) ? (profile.teams as unknown[]) : [])]
  const facts = [
    ['name', profile.name],
    ['email', profile.email],
    ['phone', profile.phone],
    ['teams', teams.flatMap((team) => referenceOf(team)?.label ?? []).join(t('account.comma'))],
  ] as const
  return (
    <dl className="account-facts t13">
      {facts.map(([name, value]) =>
        typeof value === 'string' && value !== '' ? (
          <div key={name} className="account-fact">
            <dt>{t(`account.${name}`)}</dt>
            <dd>{value}</dd>
          </div>
        ) : null,
      )}
    </dl>
  )
}

const NO_CONTEXT = {
  entity: undefined,
  record: null,
  setFault: () => undefined,
  WidgetByName: () => null,
} as const

const FORM_ID = 'profile-form'

function ProfileForm({ profile }: { readonly profile: RecordData }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const { model } = useWork()
  const queryClient = useQueryClient()
  const stored = draftOf(profile)
  const [draft, setDraft] = useState<ProfileDraft>(stored)
  const [busy, setBusy] = useState(false)
  const [fault, setFault] = useState<string>()
  const patch = patchOf(stored, draft)
  useNoEnter(FORM_ID)
  const put = (name: keyof ProfileDraft) => (value: unknown) => setDraft({ ...draft, [name]: value })
  const box = (
    name: keyof ProfileDraft,
    options: readonly object[] = [],
    placeholder?: string,
  ): WidgetProps => ({
    id: `profile-${name}`,
    name,
    label: t(`account.${name}`),
    value: draft[name],
    onChange: put(name),
    options: { options, placeholder },
    readOnly: false,
    required: false,
    invalid: false,
    describedBy: undefined,
    autoFocus: false,
    context: NO_CONTEXT,
  })
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault()
    if (busy) return
    setBusy(true)
    setFault(undefined)
    try {
      const next = await saveProfile(patch)
      queryClient.setQueryData(['profile'], next)
      setDraft(draftOf(next))
      toast({ text: t('account.saved') })
    } catch (error) {
      const labels = Object.fromEntries(Object.keys(draft).map((name) => [name, t(`account.${name}`)]))
      setFault(faultOf(error, t, labels))
    }
    setBusy(false)
  }
  return (
    <form id={FORM_ID} className="account-form" onSubmit={(event) => void submit(event)} noValidate>
      <FaultNote id="profile-fault" fault={fault} />
      <div className="account-grid">
        <Labelled name="time_zone">
          <Choice
            {...box('time_zone', zoneOptions(), t('account.zoneOfWorkspace', { zone: model.timeZone }))}
          />
        </Labelled>
        <Labelled name="working_days">
          <MultiChoice {...box('working_days', dayOptions(language), t('account.daysOfWorkspace'))} />
        </Labelled>
        <Labelled name="works_from">
          <TimeBox {...box('works_from')} />
        </Labelled>
        <Labelled name="works_until">
          <TimeBox {...box('works_until')} />
        </Labelled>
        <Labelled name="absent_from">
          <DateTimeBox {...box('absent_from')} />
        </Labelled>
        <Labelled name="absent_until">
          <DateTimeBox {...box('absent_until')} />
        </Labelled>
        {model.entities.some(({ name, rights }) => name === 'user' && rights.read) ? (
          <Labelled name="deputy">
            <RecordPicker
              entity="user"
              aria={{ id: 'profile-deputy' }}
              value={typeof draft.deputy === 'string' ? draft.deputy : undefined}
              known={[referenceOf(profile.deputy)].flatMap((known) => known ?? [])}
              onChange={put('deputy')}
            />
          </Labelled>
        ) : null}
      </div>
      <span className="row">
        <Button type="primary" htmlType="submit" aria-busy={busy} disabled={Object.keys(patch).length === 0}>
          {t('act.save')}
        </Button>
      </span>
    </form>
  )
}

function Labelled({ name, children }: { readonly name: keyof ProfileDraft; readonly children: ReactNode }) {
  const { t } = useTranslation()
  return (
    <div className="field">
      <label htmlFor={`profile-${name}`}>{t(`account.${name}`)}</label>
      {children}
    </div>
  )
}
