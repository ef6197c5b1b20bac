import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate, useSearchParams } from 'react-router'
import { textIn } from '../../metadata/text.ts'
import { Button } from '../../runtime-ui/kit/Button.tsx'
import { Icon } from '../../runtime-ui/kit/icons/Icon.tsx'
import type { IconName } from '../../runtime-ui/kit/icons/paths.ts'
import { LoadingRows } from '../../runtime-ui/kit/Loading.tsx'
import { useWork } from '../../runtime-ui/kit/model-context.tsx'
import { Page } from '../../runtime-ui/kit/Page.tsx'
import { ProblemState } from '../../runtime-ui/kit/State.tsx'
import { openTour } from '../../runtime-ui/screens/tour/open-tour.ts'
import { listWhole } from '../api.ts'
import { BringRows } from '../from-file/RowsToBring.tsx'
import { importAddress, useKeptFiles } from '../from-file/use-kept-files.ts'
import { NewDefinitionSheet } from '../NewDefinitionSheet.tsx'
import { definitionAddress } from '../places.ts'
import { DraftBar } from '../review/DraftBar.tsx'
import { useReviewAct } from '../review/use-review-act.ts'
import { addressOf, definitionIn } from '../store/draft.ts'
import type { Json } from '../store/json-value.ts'
import { useStore, useTakeAll } from '../store/store.tsx'
import { type FirstStep, firstSteps, type Named, ownEntities, type StepName } from './first-steps.ts'
import './begin.css'

const ICONS: Readonly<Record<StepName, IconName>> = {
  entity: 'cube',
  pages: 'columns',
  board: 'table',
  role: 'shield',
  rule: 'lock',
}

/** The first hour: three ways to begin, and then what an entity needs until people work with it. */
export function BeginPage() {
  const { t, i18n } = useTranslation()
  const { me, model } = useWork()
  const { fates, mayEdit } = useStore()
  const whole = useQuery({
    queryKey: ['meta', 'definitions', 'whole', model.version, i18n.language],
    queryFn: () => listWhole(),
  })
  const definitions = useDrafted(whole.data?.map(({ definition }) => definition as Json & Named))
  const [search, setSearch] = useSearchParams()
  const chosen = search.get('entity')
  const own = ownEntities(definitions)
  const entity =
    own.find(({ name }) => name === chosen) ??
    own.findLast(({ name }) => fates.has(`entity/${name}`)) ??
    own[0]
  const steps = firstSteps(definitions, entity)
  const mayInstall = me.administration.includes('publish')
  const isInForce = entity !== undefined && model.entities.some(({ name }) => name === entity.name)
  const called = (one: Json & Named): string => textIn(one.label as string, i18n.language, one.name)
  return (
    <Page title={t('begin.title')} acts={mayEdit('entity') ? <DraftBar /> : null}>
      {whole.isError ? (
        <ProblemState
          error={whole.error}
          title={t('designer.listFailed')}
          retry={() => void whole.refetch()}
        />
      ) : whole.isPending ? (
        <LoadingRows />
      ) : (
        <div className="begin">
          <p className="begin-lead">
            {t(own.length === 0 ? 'begin.lead' : 'begin.leadMore')}{' '}
            <button type="button" className="plain-button link" onClick={openTour}>
              {t('begin.tour')}
            </button>
          </p>
          {own.length === 0 ? <Ways isFirst mayInstall={mayInstall} /> : null}
          {entity === undefined ? null : (
            <section aria-labelledby="begin-steps" className="begin-steps">
              <h2 className="h2" id="begin-steps">
                {t('begin.stepsOf', { entity: called(entity) })}
              </h2>
              {own.length < 2 ? null : (
                <p className="row begin-others">
                  {own.map((one) => (
                    <Button
                      key={one.name}
                      size="small"
                      type={one === entity ? 'primary' : 'default'}
                      aria-pressed={one === entity}
                      onClick={() => setSearch({ entity: one.name }, { replace: true })}
                    >
                      {called(one)}
                    </Button>
                  ))}
                </p>
              )}
              <ol>
                {steps.map((step) => (
                  <Step key={step.name} step={step} entity={entity} />
                ))}
                <PublishStep isInForce={isInForce} />
                <RowsStep entity={entity.name} isInForce={isInForce} />
                <li className="begin-step" data-step="people">
                  <Mark isDone={false} icon="users" />
                  <div className="grow">
                    <h3 className="h3">{t('begin.people')}</h3>
                    <p className="t13 ink-2">{t('begin.peopleText')}</p>
                  </div>
                  <a className="link" href="/records/user">
                    {t('begin.invite')}
                  </a>
                </li>
              </ol>
            </section>
          )}
          {/* Who has begun goes on; another beginning comes after that. */}
          {own.length === 0 ? null : <Ways isFirst={false} mayInstall={mayInstall} />}
        </div>
      )}
    </Page>
  )
}

/** What is in force, as the draft has it, with what it adds. */
function useDrafted(inForce: readonly (Json & Named)[] = []): readonly (Json & Named)[] {
  const { draft, items, fates } = useStore()
  const found = new Map(inForce.map((one) => [`${one.kind}/${one.name}`, one]))
  for (const key of fates.keys()) {
    const now = definitionIn(draft, addressOf(key), items.get(key)?.definition ?? found.get(key))
    if (now === undefined) found.delete(key)
    else found.set(key, { ...now, ...addressOf(key) })
  }
  return [...found.values()]
}

interface WaysProps {
  readonly isFirst: boolean
  readonly mayInstall: boolean
}

/** From a spreadsheet, from a template, or by hand. */
function Ways({ isFirst, mayInstall }: WaysProps) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const [isMaking, setIsMaking] = useState(false)
  return (
    <div className={isFirst ? 'begin-ways' : 'begin-ways small'}>
      <button type="button" className="begin-way" onClick={() => void navigate('/designer/from-file')}>
        <Icon name="table" />
        <span className="h3">{t('begin.fromFile')}</span>
        <span className="t13 ink-2">{t('begin.fromFileText')}</span>
      </button>
      {mayInstall ? (
        <button type="button" className="begin-way" onClick={() => void navigate('/designer/templates')}>
          <Icon name="download" />
          <span className="h3">{t('begin.template')}</span>
          <span className="t13 ink-2">{t('begin.templateText')}</span>
        </button>
      ) : null}
      <button type="button" className="begin-way" onClick={() => setIsMaking(true)}>
        <Icon name="plus" />
        <span className="h3">{t('begin.byHand')}</span>
        <span className="t13 ink-2">{t('begin.byHandText')}</span>
      </button>
      <NewDefinitionSheet kind="entity" open={isMaking} onClose={() => setIsMaking(false)} />
    </div>
  )
}

interface StepProps {
  readonly step: FirstStep
  readonly entity: Json & Named
}

function Step({ step: { name, done, proposed }, entity }: StepProps) {
  const { t } = useTranslation()
  const takeAll = useTakeAll()
  const make = (): Promise<boolean> =>
    takeAll(
      proposed.map((definition) => ({
        of: { kind: definition.kind, name: definition.name },
        change: () => ({ kind: 'create', definition }),
      })),
    )
  const isStuck = done === undefined && proposed.length === 0
  return (
    <li className={`begin-step${done === undefined ? '' : ' done'}`} data-step={name}>
      <Mark isDone={done !== undefined} icon={ICONS[name]} />
      <div className="grow">
        <h3 className="h3">{t(`begin.step.${name}`)}</h3>
        <p className="t13 ink-2">
          {isStuck ? t(name === 'rule' ? 'begin.stuck.rule' : 'begin.stuck.board') : t(`begin.text.${name}`)}
        </p>
      </div>
      {done !== undefined ? (
        <Link className="link" to={definitionAddress(done.kind, done.name)}>
          {t('begin.look')}
        </Link>
      ) : isStuck ? (
        <Link className="link" to={definitionAddress('entity', entity.name)}>
          {t('begin.addField')}
        </Link>
      ) : (
        <Button onClick={() => void make()}>{t('begin.propose')}</Button>
      )}
    </li>
  )
}

function PublishStep({ isInForce }: { readonly isInForce: boolean }) {
  const { t } = useTranslation()
  const { fates } = useStore()
  const review = useReviewAct()
  const isDone = isInForce && fates.size === 0
  return (
    <li className={`begin-step${isDone ? ' done' : ''}`} data-step="publish">
      <Mark isDone={isDone} icon="upload" />
      <div className="grow">
        <h3 className="h3">{t('begin.publish')}</h3>
        <p className="t13 ink-2">{t(isDone ? 'begin.published' : 'begin.publishText')}</p>
      </div>
      {isDone ? null : (
        <Button disabled={fates.size === 0} onClick={() => void review()}>
          {t('drafts.review')}
        </Button>
      )}
    </li>
  )
}

/** The rows of the file that the entity was made of, else of any. */
function RowsStep({ entity, isInForce }: { readonly entity: string; readonly isInForce: boolean }) {
  const { t } = useTranslation()
  const kept = useKeptFiles().find((one) => one.entity === entity)
  const file = kept?.file.name
  const text = file === undefined ? 'begin.rowsText' : isInForce ? 'begin.rowsReady' : 'begin.rowsLater'
  return (
    <li className="begin-step" data-step="rows">
      <Mark isDone={false} icon="table" />
      <div className="grow">
        <h3 className="h3">{t('begin.rows')}</h3>
        <p className="t13 ink-2">{t(text, { file })}</p>
      </div>
      {isInForce ? (
        <a className="link" href={`/records/${encodeURIComponent(entity)}`}>
          {t('begin.open')}
        </a>
      ) : null}
      {!isInForce ? null : kept === undefined ? (
        <a className="link" href={importAddress(entity)}>
          {t('fromFile.import')}
        </a>
      ) : (
        <BringRows entity={entity} rows={kept.rows} />
      )}
    </li>
  )
}

function Mark({ isDone, icon }: { readonly isDone: boolean; readonly icon: IconName }) {
  const { t } = useTranslation()
  return (
    <span className="begin-mark">
      <Icon name={isDone ? 'check' : icon} />
      {isDone ? <span className="visually-hidden">{t('begin.done')}</span> : null}
    </span>
  )
}
