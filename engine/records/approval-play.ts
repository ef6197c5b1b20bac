import type { Registry } from '../registry/registry.ts'
import type { RequestContext } from './context.ts'

/** Approvals, for those who play what people do with them (scenarios). */
export interface ApprovalPlay {
  /** @param act `submit`, `approve` … @throws AppError as the call of that name */
  act(context: RequestContext, act: string, entity: string, id: string, body: object): Promise<void>
  /** How the latest approval of a record stands, and whose turn it is; undefined where it was never submitted. */
  stateOf(
    context: RequestContext,
    id: string,
  ): Promise<{ readonly state: string; readonly waiting: readonly string[] } | undefined>
}

const PORT = 'approvals'

/** A port: approvals stand beside those who play them. app.ts fills it. */
export function setApprovalPlay(registry: Registry, play: ApprovalPlay): void {
  registry.ports.set(PORT, play)
}

/** Undefined where there are no approvals. */
export function approvalPlayOf(registry: Registry): ApprovalPlay | undefined {
  return registry.ports.get(PORT) as ApprovalPlay | undefined
}
