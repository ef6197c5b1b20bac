import { Panel } from '@xyflow/react'
import { useTranslation } from 'react-i18next'
import { Icon } from '../../runtime-ui/kit/icons/Icon.tsx'
import { lookOf } from './step-look.ts'
import { useStepsPicture } from './steps-context.ts'

/** What a flow can do, to be dragged onto a line. Keys and touch add from the plus of the line itself. */
export function Palette() {
  const { t } = useTranslation()
  const { actions, setDragged } = useStepsPicture()
  return (
    <Panel position="top-left" className="step-palette">
      <ul aria-label={t('steps.palette')}>
        {actions.map(({ name, title, help }) => (
          <li
            key={name}
            title={help}
            draggable
            data-action={name}
            onDragStart={(event) => {
              event.dataTransfer.effectAllowed = 'copyMove'
              event.dataTransfer.setData('text/plain', title)
              setDragged({ action: name })
            }}
            onDragEnd={() => setDragged(undefined)}
          >
            <Icon name={lookOf(name).icon} />
            <span className="t12">{title}</span>
          </li>
        ))}
      </ul>
    </Panel>
  )
}
