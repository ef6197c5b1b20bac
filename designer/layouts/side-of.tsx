import type { TFunction } from 'i18next'
import { Button } from '../../runtime-ui/kit/Button.tsx'
import { Icon } from '../../runtime-ui/kit/icons/Icon.tsx'
import { PartActs } from '../canvas/PartActs.tsx'
import type { Side } from '../canvas/Picture.tsx'
import { Inspector } from '../inspector/Inspector.tsx'
import { fieldIcon } from '../model/field-icons.ts'
import type { Json, Path } from '../store/json-value.ts'
import { AddFields, FieldSide } from './LayoutSide.tsx'
import type { LayoutPicture } from './layout-context.ts'
import { placeOf } from './layout-edit.ts'

/** What the picture shows itself: the inspector beside it has the rest. */
const IN_FORM: ReadonlySet<string> = new Set(['form', 'page'])
const IN_SECTION: ReadonlySet<string> = new Set(['fields'])
const OF_LAYOUT: ReadonlySet<string> = new Set(['label', 'for', 'where'])
const OF_SECTION: ReadonlySet<string> = new Set(['label', 'columns', 'visibleWhen'])
const IN_PAGE: ReadonlySet<string> = new Set(['highlights', 'tabs'])

interface SideQuestion {
  readonly kind: string
  readonly name: string
  readonly definition: Json
  readonly inForce: Json | undefined
  readonly readOnly: boolean
  readonly set: (path: Path, to: unknown) => void
  readonly t: TFunction
  readonly picture: LayoutPicture
  readonly surface: 'form' | 'page' | 'preview'
}

/** What stands beside the picture: what is selected, else the layout as a whole. */
export function sideOf(question: SideQuestion): Side {
  const { kind, name, definition, inForce, readOnly, set, t, picture, surface } = question
  const { selected, sections = [], highlights = [], tabs = [], acts, fieldOf, labelOf, tabLabel } = picture
  const inspector = (at: Path, without?: ReadonlySet<string>, always?: ReadonlySet<string>) => (
    <Inspector
      {...{ kind, name, definition, inForce, readOnly, set, at }}
      key={at.join('/')}
      {...(without === undefined ? {} : { without })}
      {...(always === undefined ? {} : { always })}
    />
  )
  const onClose = (): void => acts.select(undefined)
  if (selected !== undefined && 'section' in selected && sections[selected.section] !== undefined) {
    const at = selected.section
    return {
      title: labelOf(sections[at]!),
      beside: sections[at]!.name,
      icon: <Icon name="columns" />,
      onClose,
      acts: readOnly ? undefined : (
        <PartActs
          isFirst={at === 0}
          isLast={at === sections.length - 1}
          onMove={(by) => acts.moveSection(at, at + by)}
          onRemove={() => acts.removeSection(at)}
          removeWord={t('designer.remove')}
        >
          <Button size="small" icon={<Icon name="plus" />} onClick={() => acts.addSection(at)}>
            {t('layouts.addAfter')}
          </Button>
        </PartActs>
      ),
      content: (
        <>
          {readOnly ? null : <AddFields at={at} />}
          {inspector(['form', String(at)], IN_SECTION, OF_SECTION)}
        </>
      ),
    }
  }
  if (selected !== undefined && 'field' in selected) {
    const field = fieldOf(selected.field)
    const place = placeOf(sections, field.name)
    const isFirst = place?.section === 0 && place.at === 0
    const isLast =
      place?.section === sections.length - 1 && place.at === (sections.at(-1)?.fields.length ?? 0) - 1
    return {
      title: field.label,
      beside: field.name,
      icon: <Icon name={fieldIcon(field.type)} />,
      onClose,
      acts:
        readOnly || place === undefined ? undefined : (
          <PartActs
            {...{ isFirst, isLast }}
            onMove={(by) => acts.stepField(field.name, by)}
            onRemove={() => acts.removeField(field.name)}
          />
        ),
      content: <FieldSide name={field.name} />,
    }
  }
  if (selected !== undefined && 'highlight' in selected) {
    const field = fieldOf(selected.highlight)
    const at = highlights.indexOf(field.name)
    return {
      title: field.label,
      beside: field.name,
      icon: <Icon name={fieldIcon(field.type)} />,
      onClose,
      acts: readOnly ? undefined : (
        <PartActs
          isFirst={at === 0}
          isLast={at === highlights.length - 1}
          onMove={(by) => acts.moveHighlight(field.name, by)}
          onRemove={() => acts.removeHighlight(field.name)}
        />
      ),
      content: <p className="t13 ink-2">{t('layouts.highlightText')}</p>,
    }
  }
  if (selected !== undefined && 'tab' in selected && tabs[selected.tab] !== undefined) {
    const at = selected.tab
    return {
      title: tabLabel(tabs[at]!),
      beside: tabs[at]!.name,
      icon: <Icon name="table" />,
      onClose,
      acts: readOnly ? undefined : (
        <PartActs
          isFirst={at === 0}
          isLast={at === tabs.length - 1}
          onMove={(by) => acts.moveTab(at, at + by)}
          onRemove={() => acts.removeTab(at)}
        />
      ),
      content: inspector(['page', 'tabs', String(at)]),
    }
  }
  if (surface === 'page') {
    return {
      title: t('layouts.wholePage'),
      beside: name,
      content: inspector(['page'], IN_PAGE),
    }
  }
  return { title: t('layouts.whole'), beside: name, content: inspector([], IN_FORM, OF_LAYOUT) }
}
