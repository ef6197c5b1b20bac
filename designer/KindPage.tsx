import { useQuery } from '@tanstack/react-query'
import { Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useParams } from 'react-router'
import { textIn } from '../metadata/text.ts'
import { Icon } from '../runtime-ui/kit/icons/Icon.tsx'
import { Page } from '../runtime-ui/kit/Page.tsx'
import { listDefinitions, listKinds } from './api.ts'
import { Listed } from './Listed.tsx'
import { definitionAddress, kindIcon, labelText } from './places.ts'

/** All definitions of one kind, each with its sentence. */
export function KindPage() {
  const { t, i18n } = useTranslation()
  const { kind = '' } = useParams()
  const [text, setText] = useState('')
  const kinds = useQuery({ queryKey: ['meta', 'kinds', i18n.language], queryFn: listKinds })
  const list = useQuery({
    queryKey: ['meta', 'definitions', kind, i18n.language],
    queryFn: () => listDefinitions(kind),
  })
  const wanted = text.trim().toLowerCase()
  const shown = (list.data ?? []).filter((item) =>
    `${item.name} ${textIn(item.label, i18n.language, '')}`.toLowerCase().includes(wanted),
  )
  return (
    <Page
      title={labelText(kinds.data?.find((item) => item.kind === kind)?.label, i18n.language, kind)}
      beside={<span className="count num">{list.data?.length}</span>}
    >
      <div className="list-head">
        <div className="list-tools">
          <Input
            className="search-box"
            type="search"
            prefix={<Icon name="search" />}
            aria-label={t('designer.search')}
            placeholder={t('designer.search')}
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
        </div>
      </div>
      <Listed
        query={list}
        failed="designer.listFailed"
        empty={shown.length > 0 ? undefined : wanted === '' ? 'designer.none' : 'designer.noneFound'}
      >
        <ul className="definitions">
          {shown.map((item) => (
            <li key={item.name} className="definition-row">
              <Icon name={kindIcon(kind)} />
              <div className="grow">
                <div className="row">
                  <Link className="strong cut definition-link" to={definitionAddress(kind, item.name)}>
                    {textIn(item.label, i18n.language, item.name)}
                  </Link>
                  <span className="mono ink-3 cut">{item.name}</span>
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
    </Page>
  )
}
