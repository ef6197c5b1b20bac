import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate, useParams } from 'react-router'
import { textIn } from '../metadata/text.ts'
import { Button } from '../runtime-ui/kit/Button.tsx'
import { Icon } from '../runtime-ui/kit/icons/Icon.tsx'
import { Page } from '../runtime-ui/kit/Page.tsx'
import { type DefinitionItem, listDefinitions, listKinds } from './api.ts'
import { Listed } from './Listed.tsx'
import { NewDefinitionSheet } from './NewDefinitionSheet.tsx'
import { definitionAddress, kindIcon, labelText } from './places.ts'
import { DraftBar } from './review/DraftBar.tsx'
import { FateChip } from './review/FateChip.tsx'
import { SearchBox } from './SearchBox.tsx'
import { addressOf, definitionIn } from './store/draft.ts'
import { useStore } from './store/store.tsx'

/** All definitions of one kind, each with its sentence. */
export function KindPage() {
  const { t, i18n } = useTranslation()
  const { kind = '' } = useParams()
  const navigate = useNavigate()
  const [text, setText] = useState('')
  const kinds = useQuery({ queryKey: ['meta', 'kinds', i18n.language], queryFn: listKinds })
  const list = useQuery({
    queryKey: ['meta', 'definitions', kind, i18n.language],
    queryFn: () => listDefinitions(kind),
  })
  const { draft, items, fates, mayEdit } = useStore()
  const [isBeginning, setIsBeginning] = useState(false)
  const made = [...fates].flatMap(([key, fate]) => {
    const of = addressOf(key)
    if (fate !== 'new' || of.kind !== kind) return []
    const now = definitionIn(draft, of, items.get(key)?.definition ?? undefined)
    return [{ kind, name: of.name, label: now?.label as DefinitionItem['label'], sentence: undefined }]
  })
  const wanted = text.trim().toLowerCase()
  const shown = [...made, ...(list.data ?? [])].filter((item) =>
    `${item.name} ${textIn(item.label, i18n.language, '')}`.toLowerCase().includes(wanted),
  )
  return (
    <Page
      title={labelText(kinds.data?.find((item) => item.kind === kind)?.label, i18n.language, kind)}
      beside={<span className="count num">{list.data?.length}</span>}
      acts={
        mayEdit(kind) ? (
          <>
            <DraftBar />
            {kind === 'entity' ? (
              <Button icon={<Icon name="table" />} onClick={() => void navigate('/designer/from-file')}>
                {t('fromFile.act')}
              </Button>
            ) : null}
            <Button icon={<Icon name="plus" />} onClick={() => setIsBeginning(true)}>
              {t('designer.new')}
            </Button>
          </>
        ) : null
      }
    >
      <div className="list-head">
        <div className="list-tools">
          <SearchBox label={t('designer.search')} value={text} onChange={setText} />
        </div>
      </div>
      <Listed
        query={list}
        failed="designer.listFailed"
        empty={shown.length > 0 ? undefined : wanted === '' ? 'designer.none' : 'designer.noneFound'}
      >
        <ul className="definitions">
          {shown.map((item) => (
            <li
              key={item.name}
              className={
                fates.get(`${kind}/${item.name}`) === 'removed' ? 'definition-row gone' : 'definition-row'
              }
            >
              <Icon name={kindIcon(kind)} />
              <div className="grow">
                <div className="row">
                  <Link className="strong cut definition-link" to={definitionAddress(kind, item.name)}>
                    {textIn(item.label, i18n.language, item.name)}
                  </Link>
                  <span className="mono ink-3 cut">{item.name}</span>
                  <FateChip fate={fates.get(`${kind}/${item.name}`)} />
                </div>
                {item.sentence === undefined ? null : (
                  <p className="t13 ink-2 definition-sentence">{textIn(item.sentence, i18n.language, '')}</p>
                )}
              </div>
              <Icon name="chevron_right" size="small" />
            </li>
          ))}
        </ul>
      </Listed>
      <NewDefinitionSheet kind={kind} open={isBeginning} onClose={() => setIsBeginning(false)} />
    </Page>
  )
}
