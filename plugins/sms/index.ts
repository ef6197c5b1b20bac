import type { Registry } from '../../engine/registry/registry.ts'
import { smsConnector } from './sms-connector.ts'

/** What the engine calls when it starts: the plugin registers what it brings. */
export function register(registry: Registry): void {
  registry.addConnector(smsConnector)
}
