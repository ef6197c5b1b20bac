import { Icon } from '../../runtime-ui/kit/icons/Icon.tsx'
import { StageMarks } from './StageMarks.tsx'
import { StageTop } from './StageTop.tsx'
import { useStagesPicture } from './stages-context.ts'

/** The stages one below the other: on a phone instead of the picture. */
export function StageOutline() {
  const { stages, acts } = useStagesPicture()
  return (
    <ol className="outline">
      {stages.map((stage, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a stage is its place in the list until it is moved.
        <li key={at}>
          <button type="button" className="outline-row" onClick={() => acts.select(at)}>
            <span className="grow stage-outlined">
              <StageTop at={at} />
              <StageMarks stage={stage} isFirst={at === 0} />
            </span>
            <Icon name="chevron_right" size="small" />
          </button>
        </li>
      ))}
    </ol>
  )
}
