import type { Registry } from '../registry/registry.ts'
import { httpConnector } from './http.ts'

export function registerBuiltInConnectors(registry: Registry): void {
  registry.addConnector(httpConnector)
}
