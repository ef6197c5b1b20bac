import { useQuery } from '@tanstack/react-query'
import { Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { useNavigate, useParams } from 'react-router'
import { Icon } from '../../runtime-ui/kit/icons/Icon.tsx'
import { LoadingRows } from '../../runtime-ui/kit/Loading.tsx'
import { Page } from '../../runtime-ui/kit/Page.tsx'
import { ProblemState, State } from '../../runtime-ui/kit/State.tsx'
import { compareVersions, listVersions, type VersionStep } from '../api.ts'
import { DefinitionDiff } from './DefinitionDiff.tsx'
import { RestoreButton } from './RestoreButton.tsx'
import { useVersionLabel } from './version-label.ts'
import './versions.css'

/** What changed from one version to another: in words, definition by definition; side by side on demand. */
export function ComparePage() {
  const { t, i18n } = useTranslation()
  const navigate = useNavigate()
  const { from = '', to = '' } = useParams()
  const versions = useQuery({ queryKey: ['meta', 'versions'], queryFn: listVersions })
  const diff = useQuery({
    queryKey: ['meta', 'diff', from, to, i18n.language],
    queryFn: () => compareVersions(Number(from), Number(to)),
    retry: false,
  })
  const labelOf = useVersionLabel()
  const options = (versions.data ?? []).map((one) => ({
    value: String(one.version),
    label: `${one.version} · ${labelOf(one)}`,
  }))
  const inForce = String(versions.data?.[0]?.version ?? '')
  const choose = (next: { readonly from?: string; readonly to?: string }): void =>
    void navigate(`/designer/versions/${next.from ?? from}/${next.to ?? to}`, { replace: true })
  return (
    <Page
      title={t('versions.compare', { from, to })}
      crumbs={[{ label: t('designer.versions'), to: '/designer/versions' }]}
      backTo="/designer/versions"
      backLabel={t('designer.versions')}
      line
      acts={from === inForce || inForce === '' ? null : <RestoreButton version={Number(from)} />}
    >
      <div className="compare">
        <div className="row compare-tools">
          <Select
            aria-label={t('versions.from')}
            value={from}
            options={options}
            onChange={(value) => choose({ from: value })}
            suffixIcon={<Icon name="chevron_down" />}
          />
          <Icon name="arrow_right" />
          <Select
            aria-label={t('versions.to')}
            value={to}
            options={options}
            onChange={(value) => choose({ to: value })}
            suffixIcon={<Icon name="chevron_down" />}
          />
        </div>
        {diff.isPending ? <LoadingRows rows={6} /> : null}
        {diff.isError ? (
          <ProblemState error={diff.error} title={t('versions.failed')} retry={() => void diff.refetch()} />
        ) : null}
        {diff.data?.steps.length === 0 ? <State joint="empty" title={t('versions.same')} /> : null}
        {byDefinition(diff.data?.steps ?? []).map((steps) => (
          <DefinitionDiff
            key={`${from} ${to} ${steps[0]!.definition.kind}/${steps[0]!.definition.name}`}
            from={Number(from)}
            to={Number(to)}
            steps={steps}
          />
        ))}
      </div>
    </Page>
  )
}

function byDefinition(steps: readonly VersionStep[]): readonly (readonly VersionStep[])[] {
  const groups = new Map<string, VersionStep[]>()
  for (const step of steps) {
    const key = `${step.definition.kind}/${step.definition.name}`
    groups.set(key, [...(groups.get(key) ?? []), step])
  }
  return [...groups.values()]
}
