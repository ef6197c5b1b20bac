import type { Registry } from '../../engine/registry/registry.ts'
import { dingtalkConnector } from './dingtalk-connector.ts'

/** What the engine calls when it starts: the plugin registers what it brings. */
export function register(registry: Registry): void {
  registry.addConnector(dingtalkConnector)
}
