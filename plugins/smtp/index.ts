import type { Registry } from '../../engine/registry/registry.ts'
import { smtpConnector } from './smtp-connector.ts'

/** What the engine calls when it starts: the plugin registers what it brings. */
export function register(registry: Registry): void {
  registry.addConnector(smtpConnector)
}
