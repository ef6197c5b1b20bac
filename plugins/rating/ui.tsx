import { Rate } from 'antd'
import type { Display } from '../../runtime-ui/values/FieldValue.tsx'
import { ariaOf, type Widget } from '../../runtime-ui/widgets/widget.ts'

const DEFAULT_STARS = 5

/** Stars to click, or to choose with the arrow keys; a click on the chosen one clears the field. */
const RatingWidget: Widget = (props) => (
  <Rate
    {...ariaOf(props)}
    aria-label={props.label}
    count={typeof props.options.stars === 'number' ? props.options.stars : DEFAULT_STARS}
    value={typeof props.value === 'number' ? props.value : 0}
    disabled={props.readOnly}
    autoFocus={props.autoFocus}
    onChange={(stars) => props.onChange(stars === 0 ? undefined : stars)}
  />
)

/** The stars that were given; a screen reader hears the number. */
const RatingValue: Display = ({ value }) => (
  <span role="img" aria-label={`${String(value)} ★`}>
    <span aria-hidden="true">{'★'.repeat(Number(value))}</span>
  </span>
)

/** Widgets by the name that `ui:widget` gives, displays by the name of the field type. */
export const widgets = { rating: RatingWidget }
export const displays = { rating: RatingValue }
