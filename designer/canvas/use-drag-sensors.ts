import { MouseSensor, TouchSensor, useSensor, useSensors } from '@dnd-kit/core'

/** Pixels that something is pulled before it is dragged: less is a click. */
const PULL = 6
/** Milliseconds that a finger rests before it drags: less scrolls. */
const REST_MS = 250

/** How things are dragged in a picture: keys have ways of their own. */
export const useDragSensors = () =>
  useSensors(
    useSensor(MouseSensor, { activationConstraint: { distance: PULL } }),
    useSensor(TouchSensor, { activationConstraint: { delay: REST_MS, tolerance: PULL } }),
  )
