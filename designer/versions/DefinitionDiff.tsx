import { useQueries } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { isProblem } from '../../runtime-ui/api/problem.ts'
import { Button } from '../../runtime-ui/kit/Button.tsx'
import { Icon } from '../../runtime-ui/kit/icons/Icon.tsx'
import { LoadingRows } from '../../runtime-ui/kit/Loading.tsx'
import { definitionAt, type VersionStep } from '../api.ts'
import { usePlaceWords } from '../inspector/use-place-words.ts'
import { useValueWord } from '../inspector/use-value-word.ts'
import { ValueWords } from '../inspector/ValueWords.tsx'
import { JsonView } from '../JsonView.tsx'
import { kindIcon } from '../places.ts'
import { roleChanges } from '../roles/roles-context.tsx'
import { differences, type Json } from '../store/json-value.ts'

interface DefinitionDiffProps {
  readonly from: number
  readonly to: number
  /** What was done with one definition. */
  readonly steps: readonly VersionStep[]
}

/** One definition between two versions: what was done in sentences; its places and its JSON side by side when asked for. */
export function DefinitionDiff({ from, to, steps }: DefinitionDiffProps) {
  const { t } = useTranslation()
  const [isOpen, setIsOpen] = useState(false)
  const { kind, name } = steps[0]!.definition
  return (
    <section className="compared" data-definition={`${kind}/${name}`}>
      <div className="row compared-head">
        <Icon name={kindIcon(kind)} />
        <ul className="grow">
          {steps.map((step) => (
            <li key={`${step.kind}${step.sentence}`}>
              {step.sentence}
              {step.note === undefined ? null : <span className="t13 ink-2"> {step.note}</span>}
            </li>
          ))}
        </ul>
        <span className="mono ink-3 cut no-phone">{name}</span>
        <Button size="small" type="text" aria-expanded={isOpen} onClick={() => setIsOpen(!isOpen)}>
          {t(isOpen ? 'versions.less' : 'versions.more')}
        </Button>
      </div>
      {isOpen ? <Places {...{ from, to, kind, name }} /> : null}
    </section>
  )
}

interface PlacesProps {
  readonly from: number
  readonly to: number
  readonly kind: string
  readonly name: string
}

function Places({ from, to, kind, name }: PlacesProps) {
  const { t } = useTranslation()
  const words = usePlaceWords([kind])
  const word = useValueWord([kind])
  const [asJson, setAsJson] = useState(false)
  const sides = useQueries({
    queries: [from, to].map((version) => ({
      queryKey: ['meta', 'definition at', version, kind, name],
      queryFn: () => definitionOrNone(version, kind, name),
      staleTime: Number.POSITIVE_INFINITY, // what was published stays as it was
    })),
  })
  const [before, after] = sides.map(({ data }) => data)
  if (before === undefined || after === undefined) return <LoadingRows rows={2} />
  const places =
    kind === 'role'
      ? roleChanges(before.definition, after.definition)
      : differences(before.definition, after.definition)
  return (
    <div className="compared-places">
      <table className="lines t13">
        <thead>
          <tr>
            <th scope="col">{t('versions.place')}</th>
            <th scope="col">{t('versions.side', { version: from })}</th>
            <th scope="col">{t('versions.side', { version: to })}</th>
          </tr>
        </thead>
        <tbody>
          {places.map((place) => (
            <tr key={`${place.fate ?? ''} ${place.path.join('/')}`}>
              <td>
                {words(
                  kind,
                  place.path,
                  place.fate === 'removed' ? before.definition : (after.definition ?? before.definition),
                ) || t('versions.whole')}
              </td>
              <td className="ink-2">
                <ValueWords
                  value={place.from}
                  word={word(kind, place.path, after.definition ?? before.definition, place.from)}
                />
              </td>
              <td>
                <ValueWords
                  value={place.to}
                  word={word(kind, place.path, after.definition ?? before.definition, place.to)}
                />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <Button size="small" type="text" aria-expanded={asJson} onClick={() => setAsJson(!asJson)}>
        {t(asJson ? 'versions.noJson' : 'versions.json')}
      </Button>
      {asJson ? (
        <div className="compared-json">
          {[before, after].map((side, at) => (
            <JsonView
              key={at === 0 ? 'from' : 'to'}
              value={side.definition ?? null}
              label={t('versions.side', { version: at === 0 ? from : to })}
            />
          ))}
        </div>
      ) : null}
    </div>
  )
}

async function definitionOrNone(
  version: number,
  kind: string,
  name: string,
): Promise<{ readonly definition: Json | undefined }> {
  try {
    return { definition: await definitionAt(version, kind, name) }
  } catch (error) {
    if (isProblem(error, 404)) return { definition: undefined } // it came later, or had gone
    throw error
  }
}
