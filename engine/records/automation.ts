import type { Registry } from '../registry/registry.ts'
import type { RequestContext } from './context.ts'

/** Up to which rows of audit and events everything has followed, and until when the clock has been looked at. */
export interface EventMark {
  audit: string
  event: string
  clock: Date
}

/** What a connection is told, without the way by which it came. */
export interface ReceivedEvent {
  /** connection.event */
  readonly event: string
  readonly data: Readonly<Record<string, unknown>>
  /** Names of the files that come with it, by what the data calls them. */
  readonly files: Readonly<Record<string, string>>
}

/** What acts by itself, for those who play it at once on a clock of their own (scenarios). */
export interface Automation {
  /** Begins to watch: what is there by now sets nothing off. */
  begin(context: RequestContext): Promise<EventMark>
  /** Presses the button of a flow on a record, as the context's actor. @throws AppError where they may not */
  press(context: RequestContext, entity: string, id: string, flow: string): Promise<void>
  /** Another system tells what has happened: those who wait for it go on, those that it sets off begin. */
  receive(context: RequestContext, event: ReceivedEvent): Promise<void>
  /** Does all that follows from what has happened, and is due by the context's clock. */
  settle(context: RequestContext, mark: EventMark): Promise<void>
  /** When something is due by time alone; undefined where nothing is. */
  nextDue(context: RequestContext): Promise<Date | undefined>
}

const PORT = 'automation'

/** A port: what acts stands above those who play it. app.ts fills it. */
export function setAutomation(registry: Registry, automation: Automation): void {
  registry.ports.set(PORT, automation)
}

/** Undefined where nothing acts by itself. */
export function automationOf(registry: Registry): Automation | undefined {
  return registry.ports.get(PORT) as Automation | undefined
}
