import type { Registry } from '../registry/registry.ts'
import { assignAction } from './assign.ts'
import { branchAction } from './branch.ts'
import { callAction } from './call.ts'
import { createAction } from './create.ts'
import { documentAction } from './document.ts'
import { findAction } from './find.ts'
import { forEachAction } from './for-each.ts'
import { notifyAction } from './notify.ts'
import { runAction } from './run.ts'
import { stopAction } from './stop.ts'
import { tagAction } from './tag.ts'
import { updateAction } from './update.ts'
import { waitAction } from './wait.ts'

/** In the order of the designer's palette: what is needed most comes first. */
const BUILT_IN_ACTIONS = [
  notifyAction,
  updateAction,
  createAction,
  tagAction,
  assignAction,
  findAction,
  branchAction,
  forEachAction,
  waitAction,
  documentAction,
  callAction,
  runAction,
  stopAction,
] as const

/** Registers the engine's own actions, through the door that plugins use. */
export function registerBuiltInActions(registry: Registry): void {
  for (const action of BUILT_IN_ACTIONS) registry.addAction(action)
}
