import { Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { type Text, textIn } from '../../metadata/text.ts'
import { Icon } from '../../runtime-ui/kit/icons/Icon.tsx'
import { choiceOfBoard } from '../begin/first-steps.ts'
import { addressOf, definitionIn } from '../store/draft.ts'
import { useStore } from '../store/store.tsx'
import { NEW, type Places } from './placed.ts'
import type { Column, Making } from './proposal.ts'

interface PlacesPartProps {
  readonly making: Making
  readonly places: Places
  readonly onPlaces: (places: Places) => void
}

/** Where the entity is found, who works with it, and the board of its cards. */
export function PlacesPart({ making, places, onPlaces }: PlacesPartProps) {
  const { t, i18n } = useTranslation()
  const { apps, roles, mayMake } = useOffered()
  const called = textIn(making.label, i18n.language, making.name)
  const choices = choicesOf(making)
  return (
    <section className="from-file-places">
      <div className="field">
        <label htmlFor="from-file-app">{t('fromFile.app')}</label>
        <Select
          id="from-file-app"
          className="wide"
          value={places.app ?? ''}
          options={[
            ...apps,
            ...(mayMake('app') ? [{ value: NEW, label: t('fromFile.newApp', { name: called }) }] : []),
            { value: '', label: t('fromFile.noApp') },
          ]}
          suffixIcon={<Icon name="chevron_down" />}
          onChange={(next: string) => onPlaces({ ...places, app: next === '' ? undefined : next })}
        />
      </div>
      <div className="field">
        <label htmlFor="from-file-people">{t('fromFile.people')}</label>
        <Select
          id="from-file-people"
          className="wide"
          mode="multiple"
          value={[...places.people]}
          options={[
            ...(mayMake('role') ? [{ value: NEW, label: t('fromFile.newRole', { name: called }) }] : []),
            ...roles,
          ]}
          showSearch={{ optionFilterProp: 'label' }}
          suffixIcon={<Icon name="chevron_down" />}
          onChange={(next: string[]) => onPlaces({ ...places, people: next })}
        />
        <p className="t12 ink-3">{t('fromFile.peopleHelp')}</p>
      </div>
      {choices.length === 0 ? null : (
        <div className="field">
          <label htmlFor="from-file-board">{t('fromFile.board')}</label>
          <Select
            id="from-file-board"
            className="wide"
            value={boardIn(making, places.board) ?? ''}
            options={[
              ...choices.map(({ name, label, header }) => ({
                value: name,
                label: t('fromFile.boardBy', { field: textIn(label, i18n.language, header) }),
              })),
              { value: '', label: t('fromFile.noBoard') },
            ]}
            suffixIcon={<Icon name="chevron_down" />}
            onChange={(next: string) => onPlaces({ ...places, board: next })}
          />
          <p className="t12 ink-3">{t('begin.text.board')}</p>
        </div>
      )}
    </section>
  )
}

const choicesOf = ({ columns }: Making): readonly Column[] =>
  columns.filter(({ isTaken, type }) => isTaken && type === 'select')

/** The choice of the board as long as it is one: '' for no board, undefined where nobody has said so. */
export function boardIn(making: Making, board: string | undefined): string | undefined {
  if (board === '') return undefined
  const choices = choicesOf(making)
  return choices.some(({ name }) => name === board) ? board : choiceOfBoard(choices)
}

/** Where it stands before anybody has chosen: in the first app there is, else in one of its own with a role of its own. */
export function useFirstPlaces(): Places {
  const { apps, roles, mayMake } = useOffered()
  const [app] = apps
  // The role that every workspace begins with is the administrators', who see all as it is.
  const isAlone = roles.length < 2
  return {
    app: app?.value ?? (mayMake('app') ? NEW : undefined),
    people: isAlone && mayMake('role') ? [NEW] : [],
    board: undefined,
  }
}

/** Definitions in force, or new in the draft, that may be changed. */
function useOffered() {
  const { i18n } = useTranslation()
  const { draft, items, index, fates, mayEdit } = useStore()
  const of = (kind: string) => {
    if (!mayEdit(kind)) return []
    const keys = new Set([...index.keys(), ...fates.keys()])
    return [...keys]
      .filter((key) => addressOf(key).kind === kind && fates.get(key) !== 'removed')
      .map((key) => {
        const { name } = addressOf(key)
        const known =
          index.get(key) ?? definitionIn(draft, addressOf(key), items.get(key)?.definition ?? undefined)
        return { value: name, label: textIn(known?.label as Text, i18n.language, name) }
      })
  }
  return { apps: of('app'), roles: of('role'), mayMake: mayEdit }
}
