import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { FaultNote, faultOf } from '../../runtime-ui/kit/FaultNote.tsx'
import { LoadingRows } from '../../runtime-ui/kit/Loading.tsx'
import { Page } from '../../runtime-ui/kit/Page.tsx'
import { State } from '../../runtime-ui/kit/State.tsx'
import { FilePlace } from '../../runtime-ui/screens/import/FilePlace.tsx'
import { kindAddress } from '../places.ts'
import { DraftBar } from '../review/DraftBar.tsx'
import { useStore } from '../store/store.tsx'
import { MakingForm } from './MakingForm.tsx'
import { proposeEntity } from './proposal.ts'
import '../../runtime-ui/screens/import/import.css'
import './from-file.css'

/** An entity out of a spreadsheet: its columns become fields, to be looked over before they land in the draft. */
export function FromFilePage() {
  const { t } = useTranslation()
  const { mayEdit } = useStore()
  const proposal = useMutation({ mutationFn: proposeEntity })
  const back = kindAddress('entity')
  return (
    <Page
      title={t('fromFile.title')}
      crumbs={[{ label: t('fromFile.entities'), to: back }]}
      backTo={back}
      backLabel={t('fromFile.entities')}
      line
      acts={mayEdit('entity') ? <DraftBar /> : null}
    >
      {!mayEdit('entity') ? (
        <State joint="locked" title={t('state.denied')} text={t('designer.denied')} />
      ) : (
        <div className="import-body from-file">
          {proposal.isError ? <FaultNote id="from-file-fault" fault={faultOf(proposal.error, t)} /> : null}
          {proposal.isPending ? (
            <div aria-busy="true">
              <p className="t13 ink-2" role="status">
                {t('import.reading', { name: proposal.variables.name })}
              </p>
              <LoadingRows rows={6} />
            </div>
          ) : null}
          {proposal.isIdle || proposal.isError ? (
            <FilePlace text={t('fromFile.text')} onFile={(file) => proposal.mutate(file)} />
          ) : null}
          {proposal.isSuccess ? (
            <MakingForm
              key={proposal.data.file}
              proposal={proposal.data}
              file={proposal.variables}
              onAnother={proposal.reset}
            />
          ) : null}
        </div>
      )}
    </Page>
  )
}
