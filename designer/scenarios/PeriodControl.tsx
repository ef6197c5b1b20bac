import { PeriodPicker } from '../../runtime-ui/screens/reports/PeriodPicker.tsx'
import { useInspected } from '../inspector/inspected.ts'
import type { Path } from '../store/json-value.ts'

/** Whether a place of a scenario is the time for which a report is looked at. */
export const isPeriod = (kind: string, path: Path): boolean =>
  kind === 'scenario' && path.length === 3 && path[0] === 'steps' && path[2] === 'period'

interface PeriodControlProps {
  readonly path: Path
  readonly value: unknown
  readonly title: string
}

/** A time as whoever looks at the report picks it; without one the report begins with its own. */
export function PeriodControl({ path, value, title }: PeriodControlProps) {
  const { readOnly, set } = useInspected()
  return (
    <PeriodPicker
      label={title}
      hasOwn
      disabled={readOnly}
      value={typeof value === 'string' ? value : undefined}
      onChange={(next) => set(path, next)}
    />
  )
}
