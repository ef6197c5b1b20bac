import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Button, Segmented } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { InstantText } from '../runtime-ui/kit/DateText.tsx'
import { Icon } from '../runtime-ui/kit/icons/Icon.tsx'
import { useWork } from '../runtime-ui/kit/model-context.tsx'
import { Page } from '../runtime-ui/kit/Page.tsx'
import { ProblemState } from '../runtime-ui/kit/State.tsx'
import type { StoryLine } from './api.ts'
import { Listed } from './Listed.tsx'
import { NewDefinitionSheet } from './NewDefinitionSheet.tsx'
import { definitionAddress } from './places.ts'
import { listRequirements, type Proof, type RequirementItem, runScenarios } from './scenarios/api.ts'
import { useStore } from './store/store.tsx'

/** Requirements by number, what satisfies them and the scenarios that prove them; runs these and prints both sheets. */
export function RequirementsPage() {
  const { t, i18n } = useTranslation()
  const client = useQueryClient()
  const { mayEdit } = useStore()
  const isViewing = useWork().me.viewer !== undefined
  const key = ['meta', 'requirements', i18n.language]
  const register = useQuery({ queryKey: key, queryFn: listRequirements })
  const run = useMutation({
    mutationFn: runScenarios,
    onSuccess: () => client.invalidateQueries({ queryKey: ['meta', 'requirements'] }),
  })
  const requirements = register.data?.requirements ?? []
  const [chosen, setChosen] = useState<ProofState>()
  const [isBeginning, setIsBeginning] = useState(false)
  const proofs = requirements.flatMap((item) => item.proved_by)
  const counts = STATES.map((state) => ({
    state,
    count: proofs.filter((proof) => stateOf(proof) === state).length,
  })).filter(({ count }) => count > 0)
  // What was chosen and is no more, such as what failed and holds now, hides nothing.
  const only = counts.some(({ state }) => state === chosen) ? chosen : undefined
  const shown = requirements.flatMap((item): readonly RequirementItem[] => {
    if (only === undefined) return [item]
    const proved_by = item.proved_by.filter((proof) => stateOf(proof) === only)
    return proved_by.length === 0 ? [] : [{ ...item, proved_by }]
  })
  return (
    <Page
      title={t('designer.requirements')}
      line
      beside={<span className="count num">{register.data?.requirements.length}</span>}
    >
      <div className="list-head">
        <div className="list-tools requirement-tools">
          <Button type="primary" disabled={isViewing} loading={run.isPending} onClick={() => run.mutate()}>
            {t('designer.runScenarios')}
          </Button>
          {(['confirmation', 'acceptance'] as const).map((type) => (
            <a
              key={type}
              className="link"
              href={`/api/meta/requirements/sheet?type=${type}&language=${i18n.language}`}
              target="_blank"
              rel="noreferrer"
            >
              {t(`designer.sheet.${type}`)}
            </a>
          ))}
          {mayEdit('scenario') && !isViewing ? (
            <Button icon={<Icon name="plus" />} onClick={() => setIsBeginning(true)}>
              {t('designer.newScenario')}
            </Button>
          ) : null}
          <RanAt instant={register.data?.ran_at} />
        </div>
        {counts.length < 2 ? null : (
          <div className="list-tools requirement-states">
            <Segmented<ProofState | 'all'>
              aria-label={t('designer.scenario.states')}
              value={only ?? 'all'}
              options={[
                { value: 'all', label: t('designer.scenario.all', { count: proofs.length }) },
                ...counts.map(({ state, count }) => ({
                  value: state,
                  label: `${t(`designer.scenario.${state}`)} ${count}`,
                })),
              ]}
              onChange={(state) => setChosen(state === 'all' ? undefined : state)}
            />
          </div>
        )}
      </div>
      <Listed
        query={register}
        failed="designer.requirementsFailed"
        empty={requirements.length > 0 ? undefined : 'designer.noRequirements'}
      >
        {run.isError ? (
          <ProblemState error={run.error} title={t('designer.runFailed')} retry={() => run.mutate()} />
        ) : null}
        <ul className="definitions">
          {shown.map((item) => (
            <RequirementRow key={item.requirement} item={item} />
          ))}
        </ul>
      </Listed>
      <NewDefinitionSheet kind="scenario" open={isBeginning} onClose={() => setIsBeginning(false)} />
    </Page>
  )
}

/** What fails is looked for first. */
const STATES = ['failed', 'notRun', 'passed'] as const
type ProofState = (typeof STATES)[number]

const stateOf = ({ passed }: Proof): ProofState => (passed === null ? 'notRun' : passed ? 'passed' : 'failed')

function RanAt({ instant }: { readonly instant: string | null | undefined }) {
  const { t } = useTranslation()
  if (instant === undefined) return null
  return (
    <span className="t12 ink-3 requirement-ran">
      {instant === null ? (
        t('designer.neverRan')
      ) : (
        <>
          {t('designer.ranAt')} <InstantText instant={instant} />
        </>
      )}
    </span>
  )
}

function RequirementRow({ item }: { readonly item: RequirementItem }) {
  const { t } = useTranslation()
  const satisfiers = [...new Set(item.satisfied_by.map(({ label }) => label))].join(' · ')
  return (
    <li className="definition-row requirement-row" data-requirement={item.requirement}>
      <div className="grow">
        <div className="row">
          <span className="strong">{item.requirement}</span>
          <span className="chip">{t(`designer.priority.${item.priority ?? 'none'}`)}</span>
        </div>
        <p className="t13 ink-2">
          {satisfiers === '' ? t('designer.unsatisfied') : t('designer.satisfiedBy', { names: satisfiers })}
        </p>
        {item.proved_by.length === 0 ? <p className="t13 ink-3">{t('designer.unproved')}</p> : null}
        {item.proved_by.map((proof) => (
          <ProofStory key={proof.name} proof={proof} />
        ))}
      </div>
    </li>
  )
}

function ProofStory({ proof }: { readonly proof: Proof }) {
  const { t } = useTranslation()
  const { name, label, passed, story } = proof
  const state = stateOf(proof)
  const tone = passed === null ? '' : passed ? 'jade' : 'clay'
  return (
    <details className="proof" data-state={state} open={state === 'failed'}>
      <summary>
        <Icon name="chevron_right" size="small" />
        <span className="grow">{label}</span>
        <span className={`chip ${tone}`}>{t(`designer.scenario.${state}`)}</span>
      </summary>
      <ol className="story t13">
        {story.map((line) => (
          <StoryItem key={line.path} line={line} />
        ))}
      </ol>
      <Link className="link t13" to={definitionAddress('scenario', name)}>
        {t('scenarios.open')}
      </Link>
    </details>
  )
}

function StoryItem({ line }: { readonly line: StoryLine }) {
  const { t } = useTranslation()
  return (
    <li className={line.outcome === 'skipped' ? 'ink-3' : undefined}>
      {line.text}
      {line.outcome === 'skipped' ? ` (${t('designer.scenario.skipped')})` : null}
      {line.expected === undefined ? null : (
        <p className="bad">
          {t('designer.scenario.expected')}: {line.expected}
        </p>
      )}
      {line.found === undefined ? null : (
        <p className="bad">
          {t('designer.scenario.found')}: {line.found}
        </p>
      )}
    </li>
  )
}
